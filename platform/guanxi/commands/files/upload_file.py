"""Take a file in, before a record is saved with it."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.fields import FieldProblem
from guanxi.definitions.fields.file import MEGABYTE
from guanxi.definitions.fields.file_kinds import media_of, plain_name
from guanxi.errors import N_, Conflict, Invalid, Problem, TooLarge
from guanxi.storage.files import add_file, waiting_files

MOST_WAITING = 200
"""Files of one person that belong nowhere yet."""
TOO_LARGE = N_("“{name}” is larger than {limit} MB.")
TOO_MANY = N_("You have uploaded many files without saving them with a record. Save some, or wait a day.")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was taken in."""

    id: int
    name: str
    media: str
    size: int


async def upload_file(
    workspace: Workspace, actor: Actor, name: str, content: bytes, *, pointer: str = ""
) -> Uploaded:
    """Keep a file for the record that the actor is about to save with it; without that it is gone in a day.

    Raises TooLarge, Invalid (at `pointer`) when it is of no kind that is kept or not what its name says, and
    Conflict when too many of the actor's files wait already.
    """
    limit = workspace.settings.max_file_mb
    shown = plain_name(name)
    if len(content) > limit * MEGABYTE:
        raise TooLarge(TOO_LARGE(name=shown, limit=limit))
    try:
        media = media_of(shown, content)
    except FieldProblem as problem:
        raise Invalid(problem.message, [Problem(pointer, problem.code, problem.message)]) from None

    async def work(turn: Turn) -> Uploaded:
        by = turn.actor.user_id
        if by is not None and await waiting_files(turn.session, by) >= MOST_WAITING:
            raise Conflict(TOO_MANY)
        id_ = await add_file(turn.session, shown, media, content, by=by, at=turn.now)
        return Uploaded(id_, shown, media, len(content))

    return await workspace.write(actor, work)
