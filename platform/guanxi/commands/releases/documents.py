"""Definitions as files: a release in a folder, and what a folder makes of the live release."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from guanxi.commands.workspace import Workspace
from guanxi.definitions import Document
from guanxi.definitions.changes import Change, changes_between
from guanxi.definitions.documents import canonical
from guanxi.errors import N_, Conflict

MARK = "RELEASE"
"""The file in an exported folder that names the release it was exported from."""
PLURALS = {"entity": "entities", "stages": "stages"}
MOVED = N_(
    "The folder was exported from release {exported}, and {live} is live by now. Changed since: {changed}. "
    "Export again, or take those changes over by hand and write the new release into the file RELEASE."
)


def files_of(documents: Sequence[Document], digest: str) -> Mapping[str, str]:
    """The files of a release by path: packs under `packs/<name>`, what is the workspace's own beside them."""
    files = {MARK: f"{digest}\n"}
    for document in documents:
        files[str(_path(document))] = json.dumps(document.data, ensure_ascii=False, indent=2) + "\n"
    return files


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, and remove definitions of an earlier export that are no longer there."""
    for stale in (*folder.glob("packs/**/*.json"), *folder.glob("workspace/**/*.json")):
        if str(PurePosixPath(stale.relative_to(folder))) not in files:
            stale.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def exported_from(folder: Path) -> str | None:
    """The digest of the release that a folder was exported from; None for any other folder."""
    mark = folder / MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else None


async def refuse_moved(workspace: Workspace, digest: str) -> None:
    """Refuse a folder that was exported from another release than the live one.

    Raises:
        Conflict: it says what has changed since.
    """
    live = await workspace.live()
    if live.digest == digest:
        return
    changes = await changes_since(workspace, digest)
    names = sorted({f"{one.kind} {one.name}" for one in changes}) if changes is not None else ["unknown here"]
    told = {"exported": digest[:12], "live": live.digest[:12], "changed": ", ".join(names)}
    raise Conflict(MOVED(**told))


async def changes_since(workspace: Workspace, digest: str) -> tuple[Change, ...] | None:
    """What is different from a release to the live one; None where there never was such a release."""
    live = await workspace.live()
    async with workspace.database.reading() as session:
        try:
            then = await workspace.catalogs.get(session, digest)
        except LookupError:
            return None
    return changes_between(then.effective, live.effective)


def put_over(live: Sequence[Document], own: Sequence[Document]) -> list[Document]:
    """The live documents with others added; one of the same kind and name takes the place.

    One that is live as a pack's and comes without a pack stays the pack's.
    """
    packs = {(one.kind, one.name): one.pack for one in live}
    placed = [Document(one.file, one.data, one.pack or packs.get((one.kind, one.name), "")) for one in own]
    replaced = {(one.kind, one.name) for one in own}
    return [one for one in live if (one.kind, one.name) not in replaced] + placed


def value_text(value: Any) -> str:
    """A value of a definition in one line."""
    if isinstance(value, str):
        return value
    text = canonical(value).decode()
    return text if len(text) <= 80 else f"{text[:77]}..."


def _path(document: Document) -> PurePosixPath:
    place = PurePosixPath("packs", document.pack) if document.pack else PurePosixPath("workspace")
    if document.kind == "pack":
        return place / "pack.json"
    return place / PLURALS.get(document.kind, f"{document.kind}s") / f"{document.name}.json"
