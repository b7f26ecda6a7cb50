"""The approval of a record: running, or the last one that ended."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.card import card_of
from guanxi.commands.approvals.case import open_case
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.views import ApprovalView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.instances import last_instance


async def approval_card(workspace: Workspace, actor: Actor, entity: str, id_: int) -> ApprovalView | None:
    """The card, or None when the record never needed an approval. Raises NotFound like reading the record."""

    async def work(turn: Turn) -> ApprovalView | None:
        definition = entity_of(turn, entity)
        await find_record(turn, definition, id_)
        instance = await last_instance(turn.session, entity, id_)
        return await card_of(turn, await open_case(turn, instance)) if instance is not None else None

    return await workspace.read(actor, work)
