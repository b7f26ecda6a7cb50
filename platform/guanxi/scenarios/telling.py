"""A step of a scenario in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.errors import N_, Text

LATER = N_("{span} later")
AT = N_("at {moment}")
CHANGED_PERSON = N_("{name} changes: {what}")
CHANGED_ROLE = N_("{role} is now held by {names}")
PUBLISHED = N_("{folder} is published")
RECORD = N_("values are entered: {values}")
LOOKED = N_("it is looked")
DEEDS: Mapping[str, Text] = {
    "press": N_("{by} presses {action}"),
    "create": N_("{by} makes {record}"),
    "edit": N_("{by} saves changes"),
    "delete": N_("{by} deletes {record}"),
    "decide": N_("{by} answers {task} with {answer}"),
    "return": N_("{by} returns {task} to {to}"),
    "transfer": N_("{by} hands {task} on to {who} for good"),
    "delegate": N_("{by} hands {task} on to {who} to get it back"),
    "ask": N_("{by} asks {who} about {task}"),
    "reply": N_("{by} replies to {task}"),
    "add": N_("{by} adds {who} to {task}, {where}"),
    "remove": N_("{by} takes {who} out of {step} again"),
    "claim": N_("{by} takes {task}"),
    "release": N_("{by} gives {task} back"),
    "skip": N_("{by} leaves {task} out"),
    "assign": N_("{by} assigns {task} to {who}"),
    "recall": N_("{by} recalls it"),
    "cancel": N_("{by} cancels it"),
    "move": N_("{by} moves it to {to}"),
    "event": N_("the event {name} happens"),
    "tick": N_("the worker looks again"),
}


def told(step: Mapping[str, Any]) -> Iterator[Text]:
    """What a step does, a sentence each; what it says of itself comes first."""
    if "say" in step:
        yield N_("“{text}”", text=step["say"])
    if "later" in step:
        yield LATER(span=step["later"])
    if "at" in step:
        yield AT(moment=step["at"])
    for name, changes in step.get("people", {}).items():
        yield CHANGED_PERSON(name=name, what=", ".join(f"{key} {value}" for key, value in changes.items()))
    for role, who in step.get("roles", {}).items():
        yield CHANGED_ROLE(role=role, names=", ".join(who))
    if "publish" in step:
        yield PUBLISHED(folder=step["publish"])
    if "record" in step:
        yield RECORD(values=", ".join(f"{name} {value}" for name, value in step["record"].items()))
    if "do" in step:
        missing = dict.fromkeys(("record", "who", "task"), "")
        yield DEEDS[step["do"]["type"]](**{**missing, **step["do"]})
    elif len(step) == 1:
        yield LOOKED
