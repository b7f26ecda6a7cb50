"""A new version of a pack under what the workspace has made of it: a three-way merge, property by property.

The pack before, the pack after, and the extensions of the workspace give new extensions. What the workspace
does not own follows the pack; where both have moved, nothing is decided without a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guanxi.definitions.changes_identity import renames_between
from guanxi.definitions.documents import Document, canonical
from guanxi.definitions.extension import KIND, layered, of_packs, of_workspace
from guanxi.definitions.extension_making import extension_between, version_of
from guanxi.definitions.merging_entries import Conflict, Entries, Sides, What, conflict_key
from guanxi.definitions.merging_words import sentence
from guanxi.definitions.uses_rename import RenameRefused, rename
from guanxi.definitions.uses_words import Words

Key = tuple[str, str]
Choice = Literal["ours", "theirs"]

__all__ = ["Choice", "Conflict", "Merged", "What", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The workspace's documents for the new packs, and what has to be decided before they can be used."""

    documents: tuple[Document, ...]
    conflicts: tuple[Conflict, ...]


def merge(
    before: Sequence[Document],
    after: Sequence[Document],
    ours: Sequence[Document],
    choices: Mapping[str, Choice] | None = None,
) -> Merged:
    """The documents of the workspace (`ours`) after the packs went from `before` to `after`.

    `choices` say by `Conflict.key` who is followed; conflicts without a choice are returned, and `documents`
    follow the workspace there as far as the new packs allow it.
    """
    before, ours = _renamed(before, after, ours)
    merging = _Merging(before, after, ours, choices or {})
    documents = [one for document in ours for one in merging.document(document)]
    documents += merging.kept
    words = Words([*merging.new.values(), *merging.old.values()])
    said = [replace(one, sentence=sentence(one, words)) for one in merging.conflicts.values()]
    return Merged(tuple(documents), tuple(sorted(said, key=lambda one: one.key)))


class _Merging:
    """The effective documents of all sides, and what was found so far."""

    def __init__(
        self,
        before: Sequence[Document],
        after: Sequence[Document],
        ours: Sequence[Document],
        choices: Mapping[str, Choice],
    ) -> None:
        self.base = _by_key(layered(before).documents)
        self.new = _by_key(layered(after).documents)
        self.old = _by_key(layered([*before, *ours]).documents)
        self.packs, self.choices = after, choices
        self.conflicts: dict[str, Conflict] = {}
        self.kept: list[Document] = []
        self._held: dict[Key, set[str]] = {}

    def document(self, document: Document) -> list[Document]:
        """What becomes of one document of the workspace."""
        if document.kind != KIND:
            return self._own(document)
        key = (document.data["of"]["kind"], document.data["of"]["name"])
        if key not in self.new:
            return self._orphan(key)
        if key not in self.base or key not in self.old:
            return [document]
        sides = Sides(self.base[key].data, self.new[key].data, self.old[key].data)
        entries = Entries(key, sides, self.choices, self._held.setdefault(key, set()))
        data = entries.merged(document.data)
        self.conflicts |= entries.conflicts
        against = document.data["against"]
        version = version_of(self.packs, against["pack"]) or against["version"]
        return (
            []
            if data is None
            else [replace(document, data={**data, "against": {**against, "version": version}})]
        )

    def _own(self, document: Document) -> list[Document]:
        """A definition of the workspace, which the new packs may bring too."""
        key = (document.kind, document.name)
        theirs = self.new.get(key)
        if theirs is None or key in self.base:
            return [document]
        if canonical(theirs.data) == canonical(document.data):
            return []
        choice = self._ask(key, "bothAdded", None, theirs.data, document.data)
        if choice == "theirs":
            return []
        version = version_of(self.packs, theirs.pack) or "0.0.0"
        name = f"{key[0]}_{key[1]}"[:51]
        data = extension_between(theirs.data, document.data, name, theirs.pack, version)
        return [] if data is None else [Document(f"{KIND}/{name}", data)]

    def _orphan(self, key: Key) -> list[Document]:
        """An extension of a definition that the new packs no longer bring: all of it, or nothing."""
        if key not in self.base or key not in self.old:
            return []
        choice = self._ask(key, "packRemoved", self.base[key].data, None, self.old[key].data)
        if choice == "ours" and not any((one.kind, one.name) == key for one in self.kept):
            self.kept.append(replace(self.old[key], file="/".join(key), pack=""))
        return []

    def _ask(self, key: Key, what: What, base: Any, theirs: Any, ours: Any) -> Choice:
        asked = conflict_key(key, "")
        if asked not in self.choices:
            self.conflicts[asked] = Conflict(asked, *key, "", what, base, theirs, ours)
        return self.choices.get(asked, "ours")


def _renamed(
    before: Sequence[Document], after: Sequence[Document], ours: Sequence[Document]
) -> tuple[Sequence[Document], Sequence[Document]]:
    """Both sides with the fields called as the new packs call them."""
    layers = layered(before)
    documents = [*before, *ours]
    renames = renames_between(layers.documents, layered(after).documents)
    # Columns before their lines, so that the old path still leads there.
    for (entity, old), new in sorted(renames.items(), key=lambda one: -one[0][1].count(".")):
        name = new.rpartition(".")[2]
        if name == old.rpartition(".")[2]:
            continue
        pack = next(one.pack for one in before if (one.kind, one.name) == ("entity", entity))
        try:
            documents = rename(documents, entity, old, name, by=pack)
        except RenameRefused:
            continue  # then the old name is gone, and the merge says so
    return of_packs(documents), of_workspace(documents)


def _by_key(documents: Iterable[Document]) -> dict[Key, Document]:
    return {(one.kind, one.name): one for one in documents}
