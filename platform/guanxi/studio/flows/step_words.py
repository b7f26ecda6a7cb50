"""What Studio calls the parts of a step."""

import re
from collections.abc import Mapping

from guanxi.errors import N_, Text

NEEDS: Mapping[str, Text] = {
    "any": N_("One of them"),
    "all": N_("All of them, at once"),
    "inTurn": N_("All of them, one after the other"),
    "atLeast": N_("A number of them"),
    "percent": N_("A percentage of them"),
}
SPAN = re.compile(r"([1-9][0-9]{0,4}) ((?:working )?(?:minute|hour|day|week|month))s?")
"""A span of time as definitions write it: its amount and its unit."""
UNITS: Mapping[str, Text] = {
    "minute": N_("minutes"),
    "hour": N_("hours"),
    "day": N_("days"),
    "week": N_("weeks"),
    "month": N_("months"),
    "working hour": N_("working hours"),
    "working day": N_("working days"),
    "text": N_("as an expression"),
}
DOES: Mapping[str, Text] = {
    "remind": N_("Remind them"),
    "escalate": N_("Ask others, too"),
    "reassign": N_("Ask others instead"),
    "approve": N_("Count it as approved"),
    "reject": N_("Count it as rejected"),
}
POWER_WORDS: Mapping[str, Text] = {
    "transfer": N_("May hand it on for good to"),
    "delegate": N_("May hand it on and get it back from"),
    "add": N_("May add as an approver"),
    "ask": N_("May ask for information"),
    "cc": N_("May send a copy to"),
}
FLAG_WORDS: Mapping[str, Text] = {
    "remind": N_("The submitter may remind them"),
    "comment": N_("Remarks may be written"),
    "skip": N_("It may be left out"),
}
ACCESS: Mapping[str, Text] = {
    "visible": N_("Shown"),
    "editable": N_("Can be filled in"),
    "required": N_("Must be filled in"),
    "hidden": N_("Hidden"),
}
JOINS: Mapping[str, Text] = {
    "all": N_("All ways are done"),
    "first": N_("The first way is done"),
    "atLeast": N_("A number of ways are done"),
}
NO_JOIN: Mapping[str, Text] = {**JOINS, "none": N_("Nothing is waited for")}
RESTS: Mapping[str, Text] = {"cancel": N_("Cancel the others"), "letRun": N_("Let the others run on")}
OUTCOMES: Mapping[str, Mapping[str, Text]] = {
    "approval": {
        "approved": N_("Approved"),
        "rejected": N_("Rejected"),
        "cancelled": N_("Cancelled"),
    },
    "automation": {"done": N_("Done"), "cancelled": N_("Cancelled")},
}
"""How each kind of process may end."""
WAITS: Mapping[str, Text] = {
    "for": N_("For a span of time"),
    "until": N_("Until a day or moment"),
    "event": N_("For an event"),
    "when": N_("Until a condition holds"),
}
IF_REJECTED: Mapping[str, Text] = {
    "reject": N_("The whole is rejected"),
    "continue": N_("It goes on"),
}
EFFECT_WORDS: Mapping[str, Text] = {
    "effects": N_("What happens"),
    "onEntered": N_("When the step is reached"),
    "onApproved": N_("When it is approved here"),
    "onRejected": N_("When it is rejected here"),
}
