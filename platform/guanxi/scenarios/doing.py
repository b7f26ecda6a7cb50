"""What a scenario does, as the public commands that people's clicks end in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.cancel_instance import cancel_instance
from guanxi.commands.approvals.move_instance import move_instance
from guanxi.commands.approvals.recall_instance import recall_instance
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.add_approver import add_approver
from guanxi.commands.tasks.ask_about_task import ask_about_task
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.claim_task import claim_task
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.delegate_task import delegate_task
from guanxi.commands.tasks.release_task import release_task
from guanxi.commands.tasks.remove_approver import remove_approver
from guanxi.commands.tasks.reply_to_task import reply_to_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.tasks.skip_task import skip_task
from guanxi.commands.tasks.transfer_task import transfer_task
from guanxi.commands.workspace import Workspace
from guanxi.scenarios.names import Names


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of a step with everything looked up.

    `entity` and `record` are the record that it is about, `instance` is its process, `task` the id of the
    task, `who` the other person; `said` is the action as the scenario has it, `values` what the record gets.
    """

    workspace: Workspace
    names: Names
    actor: Actor
    entity: str
    record: int
    said: Mapping[str, Any]
    values: Mapping[str, Any]
    task: int = 0
    who: int = 0
    instance: int = 0

    @property
    def comment(self) -> str:
        """The remark."""
        return str(self.said.get("comment", ""))


async def press(deed: Deed) -> None:
    """Press a transition or action."""
    said = {name: deed.said[name] for name in ("comment", "input") if name in deed.said}
    if "chosen" in deed.said:
        said["chosen"] = {
            step: [str(deed.names.id_of("user", one)) for one in who]
            for step, who in deed.said["chosen"].items()
        }
    await perform_action(
        deed.workspace, deed.actor, deed.entity, deed.record, deed.said["action"], payload=said
    )


async def create(deed: Deed) -> None:
    """Make a record, which later steps call by its name."""
    entity = deed.said["entity"]
    values = deed.names.with_ids((await deed.workspace.live()).entities[entity], deed.said["values"])
    view = await create_record(deed.workspace, deed.actor, entity, values)
    deed.names.add(entity, deed.said["record"], view.id)


async def edit(deed: Deed) -> None:
    """Save values of the record; lines keep their identity by their place."""
    view = await read_record(deed.workspace, deed.actor, deed.entity, deed.record)
    values = deed.names.with_ids(view.entity, deed.values)
    for field in view.entity.line_fields:
        if field.name in values:
            ids = [str(line["id"]) for line in view.values.get(field.name) or ()]
            values[field.name] = [
                {"id": ids[at], **line} if at < len(ids) else line
                for at, line in enumerate(values[field.name])
            ]
    await update_record(deed.workspace, deed.actor, deed.entity, deed.record, values, version=view.version)


async def delete(deed: Deed) -> None:
    """Delete the record."""
    view = await read_record(deed.workspace, deed.actor, deed.entity, deed.record)
    await delete_record(deed.workspace, deed.actor, deed.entity, deed.record, version=view.version)


async def decide(deed: Deed) -> None:
    """Answer a task."""
    add = deed.names.id_of("user", deed.said["add"]) if "add" in deed.said else None
    await decide_task(
        deed.workspace, deed.actor, deed.task, deed.said["answer"], deed.comment, beside=Beside(add)
    )


async def send_back(deed: Deed) -> None:
    """Return a task."""
    await return_task(deed.workspace, deed.actor, deed.task, deed.said["to"], deed.comment)


async def transfer(deed: Deed) -> None:
    """Hand a task on for good."""
    await transfer_task(deed.workspace, deed.actor, deed.task, deed.who, deed.comment)


async def delegate(deed: Deed) -> None:
    """Hand a task on to get it back."""
    await delegate_task(deed.workspace, deed.actor, deed.task, deed.who, deed.comment)


async def ask(deed: Deed) -> None:
    """Ask for information."""
    await ask_about_task(deed.workspace, deed.actor, deed.task, deed.who, deed.comment)


async def reply(deed: Deed) -> None:
    """Give information or advice."""
    await reply_to_task(deed.workspace, deed.actor, deed.task, deed.comment)


async def add(deed: Deed) -> None:
    """Add an approver."""
    await add_approver(deed.workspace, deed.actor, deed.task, deed.who, deed.said["where"], deed.comment)


async def remove(deed: Deed) -> None:
    """Take an added approver out again."""
    await remove_approver(deed.workspace, deed.actor, deed.task, deed.who)


async def claim(deed: Deed) -> None:
    """Take a task."""
    await claim_task(deed.workspace, deed.actor, deed.task)


async def release(deed: Deed) -> None:
    """Give a task back."""
    await release_task(deed.workspace, deed.actor, deed.task)


async def skip(deed: Deed) -> None:
    """Leave a task out."""
    await skip_task(deed.workspace, deed.actor, deed.task, deed.comment)


async def cancel(deed: Deed) -> None:
    """End the process of the record."""
    await cancel_instance(deed.workspace, deed.actor, deed.instance, deed.comment)


async def move(deed: Deed) -> None:
    """Move the process of the record back to a step."""
    await move_instance(deed.workspace, deed.actor, deed.instance, deed.said["to"], deed.comment)


async def assign(deed: Deed) -> None:
    """Give a task to somebody."""
    await assign_task(deed.workspace, deed.actor, deed.task, deed.who, comment=deed.comment)


async def recall(deed: Deed) -> None:
    """Take the record back."""
    await recall_instance(deed.workspace, deed.actor, deed.instance, deed.comment)


DEEDS: Mapping[str, Callable[[Deed], Awaitable[None]]] = {
    "press": press,
    "create": create,
    "edit": edit,
    "delete": delete,
    "decide": decide,
    "return": send_back,
    "transfer": transfer,
    "delegate": delegate,
    "ask": ask,
    "reply": reply,
    "add": add,
    "remove": remove,
    "claim": claim,
    "release": release,
    "skip": skip,
    "assign": assign,
    "cancel": cancel,
    "move": move,
    "recall": recall,
}
"""Every action of a person, by its type."""
