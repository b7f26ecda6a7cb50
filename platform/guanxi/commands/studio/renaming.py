"""Giving a field another API name in the draft, wherever it is named."""

import asyncio

from guanxi.commands.actor import Actor
from guanxi.commands.studio.drafting import Definitions, Drafted, alike
from guanxi.commands.studio.editing import keep_edit
from guanxi.commands.studio.fields import CHANGED, entity_in, field_in
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.extension import layered
from guanxi.definitions.uses_rename import RenameRefused, rename
from guanxi.errors import Conflict, Invalid, Problem


async def rename_field(
    workspace: Workspace, actor: Actor, draft: Drafted, entity: str, path: str, name: str
) -> None:
    """Rename a field of the draft; it keeps its values.

    Raises:
        Invalid: it cannot be called so, or belongs to a pack.
        Conflict: the draft has moved on meanwhile.
        NotFound: there is no such field.
    """
    field_in(entity_in(draft.definitions, entity), path)
    try:
        # Every formula is read for the names in it, which takes a moment.
        documents = await asyncio.to_thread(rename, draft.documents, entity, path, name)
    except RenameRefused as refused:
        raise Invalid(refused.sentence, [Problem("/name", "name", refused.sentence)]) from refused
    wanted = {(one.kind, one.name): one.data for one in layered(documents).documents}

    def change(definitions: Definitions) -> None:
        for key, data in wanted.items():
            if not alike(draft.definitions.get(key), data):
                if not alike(draft.definitions.get(key), definitions.get(key)):
                    raise Conflict(CHANGED)
                definitions[key] = data

    async def work(turn: Turn) -> None:
        await keep_edit(turn, change)

    await workspace.write(actor, work)
