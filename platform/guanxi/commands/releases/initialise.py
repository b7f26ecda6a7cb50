"""Make a workspace, or bring one up to date with the program."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.commands.workspace import Workspace
from guanxi.definitions import Document, compile_catalog
from guanxi.errors import Conflict
from guanxi.storage import migrate
from guanxi.storage.releases import publish


@dataclass(frozen=True, slots=True)
class Initialised:
    """The live release, and whether it was published just now."""

    digest: str
    published: bool


async def initialise(workspace: Workspace, documents: Sequence[Document]) -> Initialised:
    """Make the platform's tables and, where no release is live, publish the documents as the first.

    A workspace that has a release keeps it: what its people have made of the base is theirs.

    Raises:
        DefinitionsRefused: the documents do not compile.
        Unavailable: the database cannot be had.
    """
    await migrate(workspace.database)
    release = await workspace.database.live_release()
    if release is not None:
        return Initialised(release.digest, published=False)
    catalog = compile_catalog(documents)
    try:
        made = await publish(
            workspace.database, catalog, at=workspace.clock.now(), note="Base CRM", over=None
        )
    except Conflict:
        # Another process was initialising at the same moment and was faster.
        return Initialised((await workspace.live()).digest, published=False)
    return Initialised(made.digest, published=True)
