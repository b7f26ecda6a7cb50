"""What the history of a record says of each verb of the audit, behind the name of who did it."""

from guanxi.errors import N_, Text
from guanxi.web.rendering.views.values import Tone

Said = tuple[Text, str, Tone]
"""A sentence, in which `{who}` are the people it is about; its icon and tone."""

RECORD: dict[str, Said] = {
    "created": (N_("created this"), "plus", "neutral"),
    "changed": (N_("changed this"), "pencil", "neutral"),
    "roles": (N_("changed the roles"), "shield", "neutral"),
    "link": (N_("made a new one-time link"), "key-round", "neutral"),
    "absence set": (N_("set an absence"), "plane", "neutral"),
    "absence cleared": (N_("ended an absence"), "plane", "neutral"),
    "published": (N_("published a release that changed this"), "rocket", "neutral"),
    "message failed": (N_("could not send a message"), "mail-x", "bad"),
    "computed": (N_("computed this again"), "refresh-cw", "neutral"),
    "approved": (N_("finished the approval"), "badge-check", "ok"),
    "rejected": (N_("sent it back"), "corner-up-left", "bad"),
    "returned": (N_("sent it back"), "undo-2", "warn"),
    "recalled": (N_("took it back"), "undo-2", "neutral"),
    "cancelled": (N_("cancelled the approval"), "ban", "neutral"),
}
ON_TASK: dict[str, Said] = {
    "decide": (N_("answered"), "check", "ok"),
    "transfer": (N_("handed the task to {who}"), "user-round-pen", "neutral"),
    "delegate": (N_("asked {who} for advice"), "users", "neutral"),
    "ask": (N_("asked {who} for information"), "message-circle-question-mark", "neutral"),
    "reply": (N_("replied"), "reply", "neutral"),
    "add": (N_("added {who} as an approver"), "user-plus", "neutral"),
    "remove": (N_("removed {who} from the approvers"), "user-minus", "neutral"),
    "claim": (N_("took the task"), "hand", "neutral"),
    "release": (N_("gave the task back"), "undo", "neutral"),
    "skip": (N_("left the task out"), "skip-forward", "neutral"),
    "assign": (N_("assigned the task to {who}"), "user-check", "neutral"),
    "move": (N_("moved it to another step"), "route", "warn"),
    "migrate": (N_("went on under a new version of the definition"), "git-branch", "neutral"),
    "comment": (N_("wrote a remark"), "message-square", "info"),
    "copy": (N_("sent {who} a copy"), "mail-plus", "neutral"),
    "remind": (N_("reminded those who are asked"), "bell-ring", "neutral"),
}
"""What is said alike of the tasks of approvals and of automations."""
PROCESS: dict[str, Said] = {
    "approval submit": (N_("asked for approval"), "send", "info"),
    "approval decide approve": (N_("approved"), "check", "ok"),
    "approval decide reject": (N_("rejected"), "x", "bad"),
    "approval return": (N_("returned it"), "undo-2", "warn"),
    "approval recall": (N_("took it back"), "undo-2", "neutral"),
    "approval cancel": (N_("cancelled the approval"), "ban", "neutral"),
    "approval edit": (N_("changed what is being approved"), "pencil", "warn"),
    "approval timer": (N_("went on with the approval in time"), "clock", "neutral"),
    "approval event": (N_("told the approval of an event"), "zap", "neutral"),
    "approval child": (N_("told the approval how its part ended"), "workflow", "neutral"),
    "approval tick": (N_("checked the approval again"), "refresh-cw", "neutral"),
    "automation submit": (N_("began an automation"), "zap", "neutral"),
    "automation return": (N_("returned it"), "undo-2", "warn"),
    "automation recall": (N_("took it back"), "undo-2", "neutral"),
    "automation timer": (N_("went on with an automation in time"), "zap", "neutral"),
    "automation edit": (N_("told an automation of a change"), "zap", "neutral"),
    "automation event": (N_("told an automation of an event"), "zap", "neutral"),
    "automation child": (N_("told an automation how its part ended"), "zap", "neutral"),
    "automation tick": (N_("checked the automation again"), "refresh-cw", "neutral"),
    "automation decide done": (N_("did the task of an automation"), "check", "ok"),
    "automation cancel": (N_("ended an automation"), "ban", "neutral"),
    "automation stopped": (N_("stopped automations that set each other off"), "octagon-alert", "bad"),
}


def sentence_of(verb: str) -> Said | None:
    """What is said of a verb, such as `created` or `approval decide approve`; None of a declared button."""
    kind, _, act = verb.partition(" ")
    if kind not in ("approval", "automation") or not act:
        return RECORD.get(verb)
    return (
        PROCESS.get(verb)
        or PROCESS.get(f"{kind} {act.partition(' ')[0]}")
        or ON_TASK.get(act.partition(" ")[0])
    )
