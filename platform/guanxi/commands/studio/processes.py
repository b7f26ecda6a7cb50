"""The approvals and automations of a draft: reading one, and putting another in its place."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.fields import CHANGED
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem

Data = dict[str, Any]

APPROVAL, AUTOMATION = "approval", "automation"
NONE = {
    APPROVAL: N_("There is no such approval in the draft. Somebody may have discarded it."),
    AUTOMATION: N_("There is no such automation in the draft. Somebody may have discarded it."),
}
TAKEN = {
    APPROVAL: N_("There is an approval of this name already. Choose another label."),
    AUTOMATION: N_("There is an automation of this name already. Choose another label."),
}


def process_in(definitions: Mapping[tuple[str, str], Any], kind: str, name: str) -> Data:
    """An approval or automation of the draft.

    Raises:
        NotFound: there is none.
    """
    found: Data | None = definitions.get((kind, name))
    if found is None:
        raise NotFound(NONE[kind])
    return found


def add_process(definitions: Definitions, data: Data) -> None:
    """Add one.

    Raises:
        Invalid: the name is taken.
    """
    key = (data["kind"], data["name"])
    if key in definitions:
        raise Invalid(TAKEN[data["kind"]], [Problem("/label.en", "taken", TAKEN[data["kind"]])])
    definitions[key] = data


def put_process(definitions: Definitions, data: Data, seen: str) -> None:
    """Put one in place of that whose print was `seen`.

    Raises:
        Conflict: it is another one by now.
    """
    key = (data["kind"], data["name"])
    if print_of(definitions.get(key)) != seen:
        raise Conflict(CHANGED)
    definitions[key] = data
