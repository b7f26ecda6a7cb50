"""What a change of a field reaches besides the field: every place that uses it."""

from collections.abc import Mapping, Sequence

from guanxi.definitions import Catalog
from guanxi.definitions.changes import Change
from guanxi.definitions.extension_paths import segments
from guanxi.definitions.uses import Use, field_target, uses_in
from guanxi.definitions.uses_mentions import mentions_in


def field_uses(catalog: Catalog, changes: Sequence[Change]) -> Mapping[int, tuple[Use, ...]]:
    """The uses of each field that changes, by the identity of its first change.

    What is new is used by nothing before, and what is gone by nothing after.
    """
    first: dict[tuple[str, str], Change] = {}
    for change in changes:
        field = changed_field(change)
        if change.kind == "entity" and field is not None:
            first.setdefault((change.name, field), change)
    if not first:
        return {}
    mentions = mentions_in(catalog)
    return {
        id(change): uses_in(mentions, [field_target(entity, field)])
        for (entity, field), change in first.items()
    }


def changed_field(change: Change) -> str | None:
    """The field that a change is about, as it is called after it (`lines.price`); None where it is none."""
    parts = list(segments(change.path))
    names = parts[1:4:2] if parts[2:3] == ["fields"] and len(parts) > 3 else parts[1:2]
    if parts[:1] != ["fields"] or not names:
        return None
    whole = len(parts) == 2 * len(names)
    if change.what == "renamed":
        return ".".join([*names[:-1], str(change.after)])
    return None if whole and change.what in ("added", "removed") else ".".join(names)
