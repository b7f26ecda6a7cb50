"""The approval card as a page shows it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from guanxi.commands.views import ApprovalView, ChainEntry, DecisionEntry, PersonView, ShownValue
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say
from guanxi.errors import N_
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.task_doing import Doing
from guanxi.web.rendering.views.tasks import (
    ApprovalCard,
    Assign,
    CardState,
    ChainStep,
    Fact,
    StepDecision,
)
from guanxi.web.rendering.views.values import Hidden, Link, Person

LIMIT = N_("Policy limit: {label}")
RETURNED = N_("{name} returned it: change it and submit it again")
WHOLE = N_("Flow and history")
GIVEN = N_("{given} of {needed} consents")
DEADLINE = N_("The deadline")
FOR = N_("{name} for {other}")
ANSWERS = {"approve": N_("Approved"), "reject": N_("Rejected"), "advice": N_("Advice")}
SUBMITTED = N_("Submitted")
ASSIGNED_NOBODY = N_("No approver could be found who may decide this. Choose somebody who may.")
VERDICTS = {
    "approved": N_("Approved"),
    "rejected": N_("Rejected"),
    "recalled": N_("Recalled by the submitter"),
    "cancelled": N_("Cancelled"),
}
LONG = ("longText", "text")


def approval_card_view(
    cells: Cells,
    entity: Entity,
    card: ApprovalView,
    user_id: int | None,
    *,
    doing: Doing | None = None,
    assign: Assign | None = None,
    stale: str = "",
    linked: bool = True,
) -> ApprovalCard:
    """The card; `doing` and `assign` are the forms for the reader, `stale` why an answer came too late.

    With `linked` it leads to the page of the whole approval.
    """
    ended = card.ended_at is not None
    verdict = VERDICTS.get(card.status) if ended else None
    made, returned = doing or Doing(), card.status == "returned"
    return ApprovalCard(
        title=say(card.label, cells.words.language.tag),
        state=_state(card, user_id, yours=made.yours),
        requester=Person(card.submitter.name),
        asked_at=card.submitted_at,
        facts=tuple(_facts(cells, entity, card.shown)),
        reason=_reason(entity, card.shown),
        chain=(_submitted(cells, card), *(_step(cells, entry, user_id) for entry in card.chain)),
        decide=made.decide,
        reply=made.reply,
        assign=assign,
        more=made.more,
        presses=made.presses,
        changed=made.changed,
        behalf=made.behalf,
        due=made.due,
        late=made.due is not None and made.due <= cells.formats.now,
        whole=Link(cells.words.say(WHOLE), f"/approvals/{card.instance_id}") if linked else None,
        verdict=_verdict(cells, card, verdict),
        verdict_at=card.word.at if returned and card.word is not None else card.ended_at,
        verdict_comment=card.word.comment if returned and card.word is not None else card.comment,
        stale=stale,
    )


def assign_form(
    cells: Cells, task_id: int, hidden: tuple[Hidden, ...], text: str = "", problem: str = ""
) -> Assign:
    """The form in which an administrator gives a held task to somebody."""
    return Assign(
        href=f"/inbox/{task_id}/assign",
        lookup_href="/inbox/people",
        why=cells.words.say(ASSIGNED_NOBODY),
        hidden=hidden,
        text=text,
        problem=problem,
    )


def _state(card: ApprovalView, user_id: int | None, *, yours: bool) -> CardState:
    if card.status in ("approved", "rejected", "recalled", "cancelled", "returned"):
        return card.status  # type: ignore[return-value] # narrowed by the tuple
    if yours or any(person.id == user_id for person in card.waiting_for):
        return "yours"
    return (
        "held" if any(entry.state == "held" for entry in card.chain) and not card.waiting_for else "waiting"
    )


def _verdict(cells: Cells, card: ApprovalView, verdict: Any) -> str:
    if card.status == "returned" and card.word is not None and card.word.by is not None:
        return cells.words.say(RETURNED(name=card.word.by.name))
    if verdict is None:
        return ""
    by = next((entry.by for entry in reversed(card.chain) if entry.by is not None), None)
    said = str(cells.words.say(verdict))
    return f"{said} · {by.name}" if by is not None and card.status in ("approved", "rejected") else said


def _facts(cells: Cells, entity: Entity, shown: Iterable[ShownValue]) -> Iterable[Fact]:
    for value in shown:
        if _is_reason(entity, value):
            continue
        label = say(value.label, cells.words.language.tag)
        before = "" if value.before in (None, value.after) else _text(cells, entity, value, value.before)
        yield Fact(label, _text(cells, entity, value, value.after) or "—", before)
        if value.limit is not None:
            yield Fact(cells.words.say(LIMIT(label=value.label)), _text(cells, entity, value, value.limit))


def _text(cells: Cells, entity: Entity, value: ShownValue, raw: Any) -> str:
    field = entity.fields.get(value.field or "")
    number = Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    return cells.text(field, number, value.currency)


def _is_reason(entity: Entity, value: ShownValue) -> bool:
    """A long text is shown as what the submitter said, not as a figure."""
    field = entity.fields.get(value.field or "")
    return field is not None and field.type in LONG


def _reason(entity: Entity, shown: Iterable[ShownValue]) -> str:
    return "\n".join(str(value.after) for value in shown if _is_reason(entity, value) and value.after)


def _submitted(cells: Cells, card: ApprovalView) -> ChainStep:
    return ChainStep(
        label=cells.words.say(SUBMITTED), state="done", people=card.submitter.name, note="", at=None
    )


def _step(cells: Cells, entry: ChainEntry, user_id: int | None) -> ChainStep:
    tag, many = cells.words.language.tag, _is_many(entry)
    people = entry.people if many or entry.by is None else (entry.by,)
    return ChainStep(
        label=say(entry.label, tag),
        state=entry.state,
        people=names(cells, people),
        you=entry.state == "now" and [person.id for person in entry.people] == [user_id],
        at=None if many else entry.at,
        comment="" if many else entry.comment,
        note=cells.words.say(GIVEN(given=entry.given, needed=entry.needed))
        if entry.needed > 1 and entry.state in ("now", "held")
        else "",
        branch=say(entry.branch, tag) if entry.branch is not None else "",
        due=entry.due if entry.state == "now" else None,
        late=entry.due is not None and entry.due <= cells.formats.now,
        decisions=tuple(_decision(cells, one) for one in entry.decisions) if many else (),
    )


def _is_many(entry: ChainEntry) -> bool:
    """Whether one answer does not say it all: several people decide, or somebody gave advice."""
    advised = any(one.answer == "advice" for one in entry.decisions)
    return advised or len(entry.decisions) > 1 or entry.needed > 1


def _decision(cells: Cells, one: DecisionEntry) -> StepDecision:
    say_, tag = cells.words.say, cells.words.language.tag
    who = one.by.name if one.by is not None else say_(DEADLINE)
    if one.behalf is not None:
        who = say_(FOR(name=who, other=one.behalf.name))
    said = say(one.label, tag) if one.label is not None else say_(ANSWERS[one.answer])
    return StepDecision(who=who, said=said, at=one.at, comment=one.comment)


def names(cells: Cells, people: Iterable[PersonView]) -> str:
    """Several people, as the reader's language lists them."""
    separator = "、" if cells.words.language.tag.startswith("zh") else ", "
    return separator.join(person.name for person in people)
