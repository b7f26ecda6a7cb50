"""Between the names and texts that a form sends, the draft, and the payload of the commands.

Names that begin with `_` belong to the page. `_was.NAME` says what the page had put into the input NAME.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.address import packed, unpacked
from guanxi.errors import N_
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.refusals import BadRequest

MARKS = frozenset({"_version", "_key", "_do", "_tried"})
UNREADABLE = N_("The form has fields that are not expected here. Reload the page.")
TEXT, ADDED = "_text", "._add"
Rows = dict[str, dict[int, Part]]


def read_draft(entity: Entity, pairs: Iterable[tuple[str, str]]) -> Draft:
    """Read what a form sent.

    A field that the entity does not have is read too: the command refuses it by name. Raises BadRequest for
    page names that there are not, malformed positions, and values given twice.
    """
    draft = Draft()
    rows: Rows = defaultdict(dict)
    for name, raw in pairs:
        text = raw.replace("\r\n", "\n")
        if name.startswith("_"):
            _read_mark(entity, draft, rows, name, text)
        else:
            _read_value(entity, draft, rows, name, text)
    for name, found in rows.items():
        draft.lines[name] = [found[position] for position in sorted(found)]
    return draft


def payload_of(entity: Entity, draft: Draft, zone: ZoneInfo, *, stored: bool) -> dict[str, Any]:
    """The payload for the commands: what was entered, and of a new record also what was offered and left so.

    What was suggested and not touched is left out, so that it is suggested again; of a stored record all that
    was not touched is left out, so that only what somebody changed is judged and written.
    """
    unclear = {problem.field for problem in draft.unclear}
    payload = _payload_of_part(entity, draft.head, zone, unclear, "", stored=stored)
    for name, rows in draft.lines.items():
        lines = entity.fields[name].lines
        if lines is None or (stored and not draft.lines_changed(name)):
            continue
        payload[name] = [
            {"id": row.id or None}
            | _payload_of_part(lines, row, zone, unclear, f"/{name}/{position}", stored=bool(row.id))
            for position, row in enumerate(rows)
        ]
    return payload


def pairs_of(entity: Entity, draft: Draft) -> list[tuple[str, str]]:
    """Everything of a draft as a form sends it, to be carried along by a page that shows something else."""
    pairs = _pairs_of_part(draft.head, "")
    for name, rows in draft.lines.items():
        pairs.append((f"_was.{name}", draft.lines_were.get(name, "")))
        for position, row in enumerate(rows):
            pairs.append((f"{name}.{position}.id", row.id))
            pairs += _pairs_of_part(row, f"{name}.{position}.")
    return pairs + [(f"_kept.{name}", text) for name, text in draft.kept.items() if name in entity.fields]


def _pairs_of_part(part: Part, base: str) -> list[tuple[str, str]]:
    return [
        *((base + name, text) for name, text in part.values.items()),
        *((f"{base}{name}.{TEXT}", text) for name, text in part.texts.items()),
        *((f"_was.{base}{name}", text) for name, text in part.was.items()),
    ]


def _payload_of_part(
    entity: Entity, part: Part, zone: ZoneInfo, unclear: set[str], base: str, *, stored: bool
) -> dict[str, Any]:
    payload = {}
    for name, text in part.values.items():
        field = entity.fields.get(name)
        suggested = field is not None and field.suggest is not None
        if f"{base}/{name}" in unclear or ((stored or suggested) and not part.touched(name)):
            continue
        payload[name] = in_utc(text, zone) if field is not None and field.type == "datetime" else text
    return payload


def in_utc(text: str, zone: ZoneInfo) -> str:
    """A moment that a datetime input sent, which is in the workspace's zone; anything else as it is."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None or len(text.strip()) <= len("2026-01-31"):
            return text
        return moment.replace(tzinfo=zone).astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return text


def _read_mark(entity: Entity, draft: Draft, rows: Rows, name: str, text: str) -> None:
    head, _, rest = name.partition(".")
    if name in MARKS:
        _put(draft.marks, name, text)
    elif head == "_kept" and rest:
        _put(draft.kept, rest, text)
    elif head == "_choose" and rest:
        _put(draft.choices, rest, text)
    elif head == "_was" and _is_lines(entity, rest):
        _put(draft.lines_were, rest, text)
        rows.setdefault(rest, {})
    elif head == "_was" and rest:
        part, inner = _place(entity, draft, rows, rest)
        _put(part.was, inner, text)
    else:
        raise BadRequest(UNREADABLE)


def _read_value(entity: Entity, draft: Draft, rows: Rows, name: str, text: str) -> None:
    part, inner = _place(entity, draft, rows, name)
    if name.endswith((ADDED, f"{ADDED}.{TEXT}")) and _field(entity, name.partition(".")[0]) == "references":
        if name.endswith(TEXT):
            _put(part.texts, name.removesuffix(f"{ADDED}.{TEXT}"), text)
        else:
            _put(part.added, name.removesuffix(ADDED), text)
    elif inner.endswith(f".{TEXT}") and _field(entity, name.removesuffix(f".{TEXT}")) in (
        "reference",
        "references",
    ):
        _put(part.texts, inner.removesuffix(f".{TEXT}"), text)
    elif inner == "id" and part is not draft.head:
        part.id = text
    elif _field(entity, name) in ("multiSelect", "references"):
        # Every ticked box sends its option; before them the page sends an empty one, so that none is told.
        part.values[inner] = ",".join(filter(None, (part.values.get(inner, ""), text.strip())))
    elif _field(entity, name.rpartition(".")[0]) == "address":
        whole, _, piece = inner.rpartition(".")
        part.values[whole] = packed({**_parts_typed(part, whole), piece: text.strip()})
    elif _field(entity, name) == "boolean":
        # An unticked box sends nothing, so the page sends false before it: the last one counts.
        part.values[inner] = text
    else:
        _put(part.values, inner, text)


def _parts_typed(part: Part, name: str) -> Mapping[str, str]:
    """The parts of an address that were read so far."""
    typed = unpacked(part.values.get(name, ""))
    return typed if isinstance(typed, Mapping) else {}


def _place(entity: Entity, draft: Draft, rows: Rows, name: str) -> tuple[Part, str]:
    """The part that a name belongs to, and the rest of the name."""
    head, _, rest = name.partition(".")
    if not _is_lines(entity, head):
        return draft.head, name
    position, _, inner = rest.partition(".")
    if not (position.isascii() and position.isdigit() and len(position) < 6 and inner):
        raise BadRequest(UNREADABLE)
    return rows[head].setdefault(int(position), Part()), inner


def _field(entity: Entity, name: str) -> str:
    """The type of the field that a name such as `lines.0.product` means, if it is known."""
    head, _, rest = name.partition(".")
    field: Field | None = entity.fields.get(head)
    if field is not None and field.lines is not None and field.type == "lines":
        field = field.lines.fields.get(rest.partition(".")[2])
    return field.type if field is not None else ""


def _is_lines(entity: Entity, name: str) -> bool:
    field = entity.fields.get(name)
    return field is not None and field.type == "lines"


def _put(into: dict[str, str], name: str, text: str) -> None:
    if name in into:
        raise BadRequest(UNREADABLE)
    into[name] = text
