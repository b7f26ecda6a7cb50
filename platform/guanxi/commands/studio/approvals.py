"""Changing the approvals of a draft, and the buttons that start them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.fields import CHANGED
from guanxi.commands.studio.processes import APPROVAL, Data, add_process, process_in
from guanxi.commands.studio.stages import stages_in
from guanxi.errors import Conflict

KIND = APPROVAL
KEPT = ("through", "back")


@dataclass(frozen=True, slots=True)
class Start:
    """The button that starts an approval, the state while it is decided, and that after a rejection.

    Without a button, nothing starts it.
    """

    transition: str = ""
    through: str = ""
    back: str = ""


def add_approval(definitions: Definitions, data: Data, tables: list[Data], start: Start) -> None:
    """Add an approval with the decision tables that it asks, and let a button start it.

    Raises:
        Invalid: the name is taken.
    """
    add_process(definitions, data)
    for table in tables:
        definitions["decision", table["name"]] = table
    start_by(definitions, data, start)


def remove_approval(definitions: Definitions, name: str, seen: str) -> None:
    """Remove an approval; the button that started it leads on at once then.

    Raises:
        NotFound: there is none.
        Conflict: it is another one than was `seen`.
    """
    data = process_in(definitions, KIND, name)
    if print_of(data) != seen:
        raise Conflict(CHANGED)
    start_by(definitions, data, Start())
    del definitions[KIND, name]


def start_of(definitions: Mapping[tuple[str, str], Any], approval: Mapping[str, Any]) -> Start:
    """The button that starts an approval."""
    stages = stages_in(definitions, approval["of"])
    for name, one in (stages or {"transitions": {}})["transitions"].items():
        if one.get("approval") == approval["name"]:
            return Start(name, one.get("through", ""), one.get("back", ""))
    return Start()


def start_by(definitions: Definitions, approval: Mapping[str, Any], start: Start) -> None:
    """Let just this button start the approval; what the button started before, it starts no more."""
    stages = stages_in(definitions, approval["of"])
    if stages is None:
        return
    for name, one in stages["transitions"].items():
        if name == start.transition:
            said = {KIND: approval["name"], "through": start.through, "back": start.back}
            one.update({key: value for key, value in said.items() if value})
        elif one.get(KIND) == approval["name"]:
            for key in (KIND, *KEPT):
                one.pop(key, None)
