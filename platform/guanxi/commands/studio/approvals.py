"""Changing the approvals of a draft, and the buttons that start them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.fields import CHANGED
from guanxi.commands.studio.stages import stages_in
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem

Data = dict[str, Any]

NO_APPROVAL = N_("There is no such approval in the draft. Somebody may have discarded it.")
TAKEN = N_("There is an approval of this name already. Choose another label.")
KIND = "approval"
KEPT = ("through", "back")


@dataclass(frozen=True, slots=True)
class Start:
    """The button that starts an approval, the state while it is decided, and that after a rejection.

    Without a button, nothing starts it.
    """

    transition: str = ""
    through: str = ""
    back: str = ""


def approval_in(definitions: Mapping[tuple[str, str], Any], name: str) -> Data:
    """An approval of the draft.

    Raises:
        NotFound: there is none.
    """
    found: Data | None = definitions.get((KIND, name))
    if found is None:
        raise NotFound(NO_APPROVAL)
    return found


def add_approval(definitions: Definitions, data: Data, tables: list[Data], start: Start) -> None:
    """Add an approval with the decision tables that it asks, and let a button start it.

    Raises:
        Invalid: the name is taken.
    """
    if (KIND, data["name"]) in definitions:
        raise Invalid(TAKEN, [Problem("/label.en", "taken", TAKEN)])
    definitions[KIND, data["name"]] = data
    for table in tables:
        definitions["decision", table["name"]] = table
    start_by(definitions, data, start)


def put_approval(definitions: Definitions, data: Data, seen: str) -> None:
    """Put an approval in place of the one whose print was `seen`.

    Raises:
        Conflict: it is another one by now.
    """
    if print_of(definitions.get((KIND, data["name"]))) != seen:
        raise Conflict(CHANGED)
    definitions[KIND, data["name"]] = data


def remove_approval(definitions: Definitions, name: str, seen: str) -> None:
    """Remove an approval; the button that started it leads on at once then.

    Raises:
        NotFound: there is none.
        Conflict: it is another one than was `seen`.
    """
    data = approval_in(definitions, name)
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
