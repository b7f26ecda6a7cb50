"""The files of a record: whether they may be given to it, and keeping note of where they belong."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.fields.file import GONE, MEGABYTE, FileField
from guanxi.definitions.fields.file_kinds import end_of
from guanxi.errors import N_, Conflict, Problem
from guanxi.storage.files import StoredFile, attach_file, detach_files, find_files

NOT_THIS_KIND = N_("Choose a file of one of these kinds: {kinds}.")
TOO_LARGE = N_("Choose a file of at most {limit} MB.")
TAKEN = N_("A file of this record was given to another one meanwhile. Choose it again.")


def file_fields(entity: Entity) -> list[Field]:
    """The fields that hold a file."""
    return [one for one in entity.fields.values() if isinstance(FIELD_TYPES[one.type], FileField)]


async def fill_in_files(
    turn: Turn, entity: Entity, record: dict[str, Any], before: Mapping[str, Any] | None
) -> list[Problem]:
    """Put what is known of new files into the record; a problem for each that it cannot hold.

    A file may be given to a record by who uploaded it, and to one record only.
    """
    ids = {one.name: record.get(f"{one.name}.id") for one in file_fields(entity)}
    known = {name: (before or {}).get(f"{name}.id") for name in ids}
    found = await find_files(turn.session, {id_ for name, id_ in ids.items() if id_ and id_ != known[name]})
    problems = []
    for name, id_ in ids.items():
        field = entity.fields[name]
        if id_ is not None and id_ == known[name]:
            record.update({column.key: (before or {}).get(column.key) for column in field.columns})
            continue
        file = found.get(id_ or 0)
        refused = _refused(turn, field, file) if id_ is not None else None
        if refused is not None:
            problems.append(refused)
        if file is None or refused is not None:
            record.update({column.key: None for column in field.columns})
        else:
            record |= {name: file.name, f"{name}.media": file.media, f"{name}.size": file.size}
    return problems


def _refused(turn: Turn, field: Field, file: StoredFile | None) -> Problem | None:
    pointer = f"/{field.name}"
    if file is None or file.record_id is not None or file.uploaded_by != turn.actor.user_id:
        return Problem(pointer, "no_such_file", GONE)
    kinds = allowed_kinds(field)
    if end_of(file.name) not in kinds:
        return Problem(pointer, "file_kind", NOT_THIS_KIND(kinds=", ".join(kinds)))
    if field.max is not None and file.size > int(field.max) * MEGABYTE:  # type: ignore[arg-type]  # megabytes
        return Problem(pointer, "file_size", TOO_LARGE(limit=field.max))
    return None


def allowed_kinds(field: Field) -> tuple[str, ...]:
    """The ends of names that a field takes."""
    kind = FIELD_TYPES[field.type]
    return field.types or (kind.kinds if isinstance(kind, FileField) else ())


async def keep_files(
    turn: Turn, entity: Entity, before: Mapping[str, Any] | None, record: Mapping[str, Any] | None
) -> None:
    """After a record was written or removed: note which files it holds now, and which no more.

    What it holds no more stays for a while, for those who look into what happened.

    Raises:
        Conflict: another record was saved with the same file first.
    """
    gone = set()
    for field in file_fields(entity):
        was, now = ((one or {}).get(f"{field.name}.id") for one in (before, record))
        if was == now:
            continue
        if was is not None:
            gone.add(was)
        if (
            record is not None
            and now is not None
            and not await attach_file(turn.session, now, entity.name, record["id"], field.name)
        ):
            raise Conflict(TAKEN)
    await detach_files(turn.session, gone, turn.now)
