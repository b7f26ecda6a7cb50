"""What happened to an approval, in sentences: events, remarks and copies, the newest first."""

from collections.abc import Iterable

from guanxi.commands.process_views import CommentView, CopyView, EventView, InstanceView
from guanxi.definitions.fields.file import href_of_file
from guanxi.definitions.labels import say
from guanxi.definitions.who import SUBMITTER
from guanxi.errors import N_, Text
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.inbox import Happened
from guanxi.web.rendering.views.values import Link, Tone

SENTENCES: dict[str, tuple[Text, str, Tone]] = {
    "submit": (N_("{name} submitted it"), "send", "info"),
    "decide approve": (N_("{name} approved it"), "check", "ok"),
    "decide reject": (N_("{name} rejected it"), "x", "bad"),
    "decide": (N_("{name} answered it"), "check", "ok"),
    "return": (N_("{name} returned it"), "undo-2", "warn"),
    "return submitter": (N_("{name} returned it to the submitter"), "undo-2", "warn"),
    "transfer": (N_("{name} handed the task to {who}"), "user-round-pen", "neutral"),
    "delegate": (N_("{name} asked {who} for advice"), "users", "neutral"),
    "ask": (N_("{name} asked {who} for information"), "message-circle-question-mark", "neutral"),
    "reply": (N_("{name} replied"), "reply", "neutral"),
    "add": (N_("{name} added {who} as an approver"), "user-plus", "neutral"),
    "remove": (N_("{name} removed {who} from the approvers"), "user-minus", "neutral"),
    "claim": (N_("{name} took the task"), "hand", "neutral"),
    "release": (N_("{name} gave the task back"), "undo", "neutral"),
    "skip": (N_("{name} left the task out"), "skip-forward", "neutral"),
    "recall": (N_("{name} took it back"), "undo-2", "neutral"),
    "assign": (N_("{name} assigned it to {who}"), "user-check", "neutral"),
    "move": (N_("{name} moved it to another step"), "route", "warn"),
    "cancel": (N_("{name} cancelled it"), "ban", "neutral"),
    "migrate": (N_("It goes on under a new version of its definition"), "git-branch", "neutral"),
    "edit": (N_("{name} changed what is being approved"), "pencil", "warn"),
    "timer": (N_("A deadline passed"), "clock", "neutral"),
    "event": (N_("An event arrived"), "zap", "neutral"),
    "child": (N_("A sub-process ended"), "workflow", "neutral"),
}
OTHER: tuple[Text, str, Tone] = (N_("{name} acted on it"), "circle", "neutral")
AT_STEP = N_("{sentence} ({step})")
REMARKED, COPIED = N_("{name} wrote a remark"), N_("{name} sent {who} a copy")
SYSTEM, FOR = N_("The system"), N_("{name} for {other}")


def happened_view(words: Catalog, view: InstanceView) -> list[Happened]:
    """Everything that happened, the newest first."""
    told = [
        *(_event(words, one) for one in view.history),
        *(_remark(words, one) for one in view.comments),
        *_copies(words, view.copies),
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _event(words: Catalog, one: EventView) -> Happened:
    name = one.by.name if one.by is not None else words.say(SYSTEM)
    if one.behalf is not None:
        name = words.say(FOR(name=name, other=one.behalf.name))
    more = one.answer or (SUBMITTER if one.to == SUBMITTER else "")
    sentence, icon, tone = SENTENCES.get(f"{one.type} {more}") or SENTENCES.get(one.type) or OTHER
    text = words.say(sentence(name=name, who=one.who.name if one.who is not None else ""))
    if one.step is not None:
        text = words.say(AT_STEP(sentence=text, step=say(one.step, words.language.tag)))
    return Happened(icon=icon, text=text, at=one.at, comment=one.comment, tone=tone)


def _remark(words: Catalog, one: CommentView) -> Happened:
    files = [Link(name, href_of_file(id_, name)) for id_, name in one.files]
    text = words.say(REMARKED(name=one.by.name))
    return Happened(icon="message-square", text=text, at=one.at, comment=one.text, tone="info", files=files)


def _copies(words: Catalog, copies: Iterable[CopyView]) -> Iterable[Happened]:
    for one in copies:
        text = words.say(COPIED(name=one.by.name, who=one.person.name))
        yield Happened(icon="mail-plus", text=text, at=one.at)
