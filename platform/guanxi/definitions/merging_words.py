"""Conflicts between a pack and the workspace, in the words of the business."""

import json
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.merging_entries import Conflict
from guanxi.definitions.uses_words import Words
from guanxi.errors import N_, Text

_SENTENCES: Mapping[str, Text] = {
    "bothChanged": N_("{place}: you changed it to {ours}, and the new version of the pack to {theirs}."),
    "packRemoved": N_("{place}: you changed it, and the new version of the pack no longer has it."),
    "bothAdded": N_("{place}: you added it, and the new version of the pack brings one of the same name."),
    "parentGone": N_("{place}: you added it to something that the new version of the pack no longer has."),
    "packChangedWhatYouRemoved": N_(
        "{place}: you removed it, and the new version of the pack changed it from {base} to {theirs}."
    ),
}
YES, NO, NOTHING, DETAILS = N_("yes"), N_("no"), N_("nothing"), N_("other details")
LONGEST = 80


def sentence(conflict: Conflict, words: Words) -> Text:
    """What happened at a conflict, for the person who decides it."""
    place = (
        words.place(conflict.kind, conflict.name, conflict.path)
        if conflict.path
        else words.definition(conflict.kind, conflict.name)
    )
    base, theirs = shown(conflict.base), shown(conflict.theirs)
    if conflict.what == "packChangedWhatYouRemoved" and base == theirs:
        base, theirs = shown(conflict.base), DETAILS
    said = _SENTENCES[conflict.what]
    return said(place=place, base=base, theirs=theirs, ours=shown(conflict.ours))


def shown(value: Any) -> object:
    """A value of a definition as a person reads it: a label in its languages, else a short text."""
    match value:
        case None:
            return NOTHING
        case bool():
            return YES if value else NO
        case str():
            return f"“{_short(value)}”"
        case {"label": Mapping() as label} if label:
            return label
        case Mapping() if value and all(isinstance(one, str) for one in value.values()) and "en" in value:
            return value
        case list() if all(isinstance(one, str) for one in value):
            return _short(", ".join(value)) or NOTHING
        case int():
            return str(value)
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
