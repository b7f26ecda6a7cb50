"""What can be done with a task or an approval besides deciding: a page for each that asks what it needs."""

from dataclasses import dataclass
from typing import Literal

from guanxi.errors import N_, Text

Place = Literal["", "to", "where"]
"""What is chosen from a list: where it goes back or on `to`, or `where` an approver is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One of them. `name` is the word in its address, `said` the word of its confirmation.

    `person`, `place` and `comment` are the labels of what is asked for, None where it is not; with `needed`
    the comment is demanded. `danger`: it ends something.
    """

    name: str
    icon: str
    title: Text
    text: Text
    confirm: Text
    said: str
    person: Text | None = None
    choice: Place = ""
    place: Text | None = None
    comment: Text | None = None
    needed: bool = False
    danger: bool = False


NOTE, REASON = N_("Note (optional)"), N_("Reason (optional)")

ON_TASK: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            name="return",
            icon="undo-2",
            title=N_("Return"),
            text=N_("It goes back with your comment; what was decided since then may be asked again."),
            confirm=N_("Return it"),
            said="returned",
            choice="to",
            place=N_("Return to"),
            comment=N_("What should change"),
            needed=True,
        ),
        Act(
            name="ask",
            icon="message-circle-question-mark",
            title=N_("Ask for information"),
            text=N_("The task waits for the reply, then it is yours again."),
            confirm=N_("Ask"),
            said="asked",
            person=N_("Whom to ask"),
            comment=N_("Your question"),
            needed=True,
        ),
        Act(
            name="transfer",
            icon="user-round-pen",
            title=N_("Transfer"),
            text=N_("Somebody else decides in your place. You do not get it back."),
            confirm=N_("Transfer it"),
            said="transferred",
            person=N_("Who should decide"),
            comment=NOTE,
        ),
        Act(
            name="delegate",
            icon="users",
            title=N_("Get advice"),
            text=N_("Somebody looks at it first and writes a reply; then you decide."),
            confirm=N_("Pass it on"),
            said="delegated",
            person=N_("Who should advise"),
            comment=NOTE,
        ),
        Act(
            name="add",
            icon="user-plus",
            title=N_("Add an approver"),
            text=N_("One more person decides at this step. Their consent is needed, too."),
            confirm=N_("Add"),
            said="added",
            person=N_("Who should decide as well"),
            choice="where",
            place=N_("When"),
            comment=NOTE,
        ),
        Act(
            name="remove",
            icon="user-minus",
            title=N_("Remove an added approver"),
            text=N_("Somebody whom you added is not asked any more."),
            confirm=N_("Remove"),
            said="unasked",
            person=N_("Whom to remove"),
        ),
        Act(
            name="copy",
            icon="mail-plus",
            title=N_("Send a copy"),
            text=N_("They see this request and are told of it; they decide nothing."),
            confirm=N_("Send"),
            said="copied",
            person=N_("Who should know"),
            comment=NOTE,
        ),
        Act(
            name="skip",
            icon="skip-forward",
            title=N_("Leave this task out"),
            text=N_("The process goes on without it, which is recorded."),
            confirm=N_("Leave it out"),
            said="skipped",
            comment=REASON,
        ),
    )
}

ON_INSTANCE: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            name="assign",
            icon="user-check",
            title=N_("Reassign"),
            text=N_("The chosen person decides in place of those who are asked now."),
            confirm=N_("Assign"),
            said="assigned",
            choice="to",
            place=N_("Which step"),
            person=N_("Who should decide"),
            comment=REASON,
        ),
        Act(
            name="move",
            icon="route",
            title=N_("Move to a step"),
            text=N_(
                "It goes on from a step that was reached before; what was decided behind it is asked again."
            ),
            confirm=N_("Move it"),
            said="moved",
            choice="to",
            place=N_("Go on from"),
            comment=REASON,
        ),
        Act(
            name="cancel",
            icon="ban",
            title=N_("Cancel this approval"),
            text=N_("It ends without a decision, and the record can be changed and submitted again."),
            confirm=N_("End it"),
            said="cancelled",
            comment=REASON,
            danger=True,
        ),
    )
}
