"""What a scenario does, as the public commands that people's clicks end in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.workspace import Workspace
from guanxi.scenarios.names import Names


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of a step with everything looked up.

    `entity` and `record` are the record that it is about, `task` the id of the task, `who` the other person;
    `said` is the action as the scenario has it, `values` what the record gets by it.
    """

    workspace: Workspace
    names: Names
    actor: Actor
    entity: str
    record: int
    task: int
    who: int
    said: Mapping[str, Any]
    values: Mapping[str, Any]

    @property
    def comment(self) -> str:
        """The remark."""
        return str(self.said.get("comment", ""))


async def press(deed: Deed) -> None:
    """Press a transition or action."""
    said = {name: deed.said[name] for name in ("comment", "input", "chosen") if name in deed.said}
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
    await decide_task(deed.workspace, deed.actor, deed.task, deed.said["answer"], deed.comment)


async def assign(deed: Deed) -> None:
    """Give a task to somebody."""
    await assign_task(deed.workspace, deed.actor, deed.task, deed.who, comment=deed.comment)


async def recall(deed: Deed) -> None:
    """Take the record back."""
    await perform_action(
        deed.workspace, deed.actor, deed.entity, deed.record, "recall", payload={"comment": deed.comment}
    )


DEEDS: Mapping[str, Callable[[Deed], Awaitable[None]]] = {
    "press": press,
    "create": create,
    "edit": edit,
    "delete": delete,
    "decide": decide,
    "assign": assign,
    "recall": recall,
}
"""Every action of a step but `tick`, which looks again at all instances, by its type."""
