"""Making extensions: from what a definition should be to what the workspace keeps of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from guanxi.definitions.changes import differences
from guanxi.definitions.documents import Document
from guanxi.definitions.extension import KIND, WORKSPACE, is_of, layered, of_packs
from guanxi.definitions.extension_paths import keys_of, parent_of, segments, value_at


def extension_between(base: Any, wanted: Any, name: str, pack: str, version: str) -> dict[str, Any] | None:
    """The extension `name` that makes `wanted` of the definition `base` of a pack; None where they are alike.

    Raises:
        ValueError: they are not of one kind and name.
    """
    of = {"kind": base["kind"], "name": base["name"]}
    if of != {"kind": wanted["kind"], "name": wanted["name"]}:
        raise ValueError(f"An extension of {of} keeps its kind and name.")
    add, change, remove, moved = {}, {}, [], []
    for what, path, _, value in differences(base, wanted):
        if what == "added":
            add[path] = value
        elif what == "changed":
            change[path] = value
        elif what == "removed":
            remove.append(path)
        else:
            moved.append(path)
    place = {path: _neighbour(wanted, path, moved) for path in moved}
    entries = {"add": add, "change": change, "remove": remove, "place": place}
    if not any(entries.values()):
        return None
    head = {"kind": KIND, "name": name, "of": of, "against": {"pack": pack, "version": version}}
    return head | {key: value for key, value in entries.items() if value}


def saved(documents: Sequence[Document], wanted: Any) -> list[Document]:
    """The documents after somebody has edited an effective definition to be `wanted`.

    What is the workspace's own is replaced, and a new definition is added. For one of a pack the workspace
    then has one extension, in place of all that it had; none where it is what the packs say.

    Raises:
        ValueError: the definition is of a pack whose own document is not there.
    """
    key = (wanted["kind"], wanted["name"])
    base = next((one for one in layered(of_packs(documents)).documents if (one.kind, one.name) == key), None)
    if base is None:
        kept = [one for one in documents if (one.kind, one.name) != key]
        old = next((one for one in documents if (one.kind, one.name) == key), None)
        own = Document(f"{key[0]}/{key[1]}", wanted) if old is None else replace(old, data=wanted)
        return [*kept, own]
    version = version_of(documents, base.pack)
    if version is None:
        raise ValueError(f"There is no pack {base.pack}.")
    kept = [one for one in documents if not is_own_extension(one, *key)]
    free = f"{key[0]}_{key[1]}"[:51]
    taken = {one.name for one in kept if one.kind == KIND}
    name = next(one for one in (free, *(f"{free[:47]}_{n}" for n in range(2, 999))) if one not in taken)
    data = extension_between(base.data, wanted, name, base.pack, version)
    return kept if data is None else [*kept, Document(f"{KIND}/{name}", data)]


def version_of(documents: Iterable[Document], pack: str) -> str | None:
    """The version of a pack, if it is among the documents."""
    packs = (one.data for one in documents if (one.kind, one.name) == ("pack", pack))
    return next((data.get("version") for data in packs), None)


def is_own_extension(document: Document, kind: str, name: str) -> bool:
    """Whether it is an extension by the workspace of the definition `kind/name`."""
    return document.kind == KIND and document.pack == WORKSPACE and is_of(document, kind, name)


def _neighbour(wanted: Any, path: str, moved: Sequence[str]) -> dict[str, str]:
    outer, key = parent_of(path), segments(path)[-1]
    keys = keys_of(value_at(wanted, outer)) or []
    index = keys.index(key)
    if index:
        return {"after": keys[index - 1]}
    moving = {segments(one)[-1] for one in moved if parent_of(one) == outer}
    return {"before": next(one for one in keys if one not in moving)}
