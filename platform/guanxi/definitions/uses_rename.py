"""Renaming a field with all its uses in one go; expressions are rewritten by the places of their names."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.definitions.changes import field_path
from guanxi.definitions.compile import check_documents
from guanxi.definitions.documents import Document
from guanxi.definitions.extension import KIND, WORKSPACE, floors
from guanxi.definitions.extension_paths import parent_of, path_of, segments
from guanxi.definitions.uses import field_target
from guanxi.definitions.uses_mentions import Mention, Mentions, mentions_of, text_at
from guanxi.definitions.uses_words import Words
from guanxi.errors import N_, GuanxiError, Sentence

Key = tuple[str, str]


class RenameRefused(GuanxiError):
    """A field that cannot be called so; `sentence` is for persons, the text is for logs."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def rename(
    documents: Sequence[Document], entity: str, old: str, new: str, by: str = WORKSPACE
) -> list[Document]:
    """The documents (packs and workspace) after the field with path `old` got the name `new`.

    `old` is `total` or `lines.price`, `new` a name alone. Everything that names the field names it anew, and
    the field says its earlier name, so that it keeps its values. `by` is the pack that renames its field;
    the workspace renames only its own.

    Raises:
        RenameRefused: the field is somebody else's, or there would be problems with the new name.
        KeyError: there is no such entity.
    """
    mentions = mentions_of(documents)
    words = Words(mentions.layers.documents)
    owner = mentions.layers.owner("entity", entity, field_path(old))
    if owner.document.pack != by:
        said = N_("{field} belongs to the pack {pack}, and keeps its API name. Change its label instead.")
        raise RenameRefused(said(field=words.field(entity, old), pack=owner.document.pack or "-"))
    renaming = _Renaming(documents, entity, old, new)
    # What one level removes or changes is only seen below it.
    seen = [mentions_of(floor) for floor in floors(documents)]
    renaming.rewrite(seen)
    renaming.rename_field(owner.document, owner.pointer)
    for one in seen:
        renaming.rename_paths(_named(one, entity, old, new))
    problems = check_documents(renaming.documents)
    if problems:
        known = {(one.file, one.message) for one in check_documents(documents)}
        problems = [one for one in problems if (one.file, one.message) not in known]
    if problems:
        said = N_("{field} cannot be called {name}: {reason}.")
        own = [one for one in problems if one.file == owner.document.file and new in one.pointer]
        reason = (own or problems)[0].message
        raise RenameRefused(said(field=words.field(entity, old), name=new, reason=reason))
    return renaming.documents


class _Renaming:
    """Copies of all documents, in which one field gets another name."""

    def __init__(self, documents: Sequence[Document], entity: str, old: str, new: str) -> None:
        self.documents = [replace(one, data=copy.deepcopy(one.data)) for one in documents]
        self._by_key = {(one.kind, one.name): one for one in self.documents}
        self.entity, self.old, self.new = entity, old, new

    def rewrite(self, seen: Sequence[Mentions]) -> None:
        """Put the new name wherever a value or the key of a map names the field."""
        edits: set[tuple[int, int, str, str, str]] = set()
        for mentions in seen:
            for one in mentions.of(*field_target(self.entity, self.old)):
                owner = mentions.layers.written(one.document, one.pointer)
                if one.end > one.start or one.part.key:
                    edits.add((one.start, one.end, owner.document.kind, owner.document.name, owner.pointer))
        # From the end of each text to its beginning, so that the places before stay where they are.
        for start, end, kind, name, pointer in sorted(edits, reverse=True):
            holder, key = _holder(self._by_key[kind, name].data, pointer)
            if end == 0:
                if key == self.old.rpartition(".")[2]:
                    _rename_key(holder, key, self.new)
            elif isinstance(text := holder[key], str):
                holder[key] = f"{text[:start]}{self.new}{text[end:]}"

    def rename_field(self, owner: Document, pointer: str) -> None:
        """Give the field its new name where it is declared, with the earlier one."""
        document = self._by_key[owner.kind, owner.name]
        field = text_at(document.data, pointer)
        name = self.old.rpartition(".")[2]
        if isinstance(field, dict):
            earlier = [name, *(one for one in field.get("renamedFrom", ()) if one not in (name, self.new))]
            field["renamedFrom"] = earlier
        holder, key = _holder(document.data, pointer)
        if key == name:
            _rename_key(holder, key, self.new)

    def rename_paths(self, named: Mapping[Key, Mapping[str, str]]) -> None:
        """Put the new name into the paths of extensions; `named` maps paths of elements to their new keys."""
        for document in self.documents:
            if document.kind == KIND:
                of = document.data["of"]
                paths = named.get((of["kind"], of["name"]), {})
                _rename_in_extension(document.data, paths)


def _named(mentions: Mentions, entity: str, old: str, new: str) -> dict[Key, dict[str, str]]:
    """The paths of what is called as the field, with the new last segment, by definition."""
    found: dict[Key, dict[str, str]] = {("entity", entity): {field_path(old): new}}
    for one in mentions.of(*field_target(entity, old)):
        path, key = _element(one, new)
        if path:
            found.setdefault((one.document.kind, one.document.name), {})[path] = key
    return found


def _element(mention: Mention, new: str) -> tuple[str, str]:
    """The path of the member of a map or list that is called as the field, and its new key; else empty."""
    if mention.part.key:
        return mention.path, new
    text, keys = text_at(mention.document.data, mention.pointer), segments(mention.path)
    renamed = f"{text[: mention.start]}{new}{text[mention.end :]}" if isinstance(text, str) else ""
    if keys[-1] == text and segments(mention.pointer)[-1].isdecimal():
        return mention.path, renamed
    if keys[-1] == "field" and keys[-2:-1] == (text,):
        return parent_of(mention.path), renamed
    return "", ""


def _rename_in_extension(data: dict[str, Any], named: Mapping[str, str]) -> None:
    for path, place in data.get("place", {}).items():
        for side in ("before", "after"):
            if side in place:
                neighbour = path_of((*segments(parent_of(path)), place[side]))
                place[side] = named.get(neighbour, place[side])
    for verb in ("add", "change", "place"):
        if verb in data:
            data[verb] = {_renamed(path, named): value for path, value in data[verb].items()}
    if "remove" in data:
        data["remove"] = [_renamed(path, named) for path in data["remove"]]


def _renamed(path: str, named: Mapping[str, str]) -> str:
    keys = segments(path)
    return path_of(named.get(path_of(keys[: depth + 1]), key) for depth, key in enumerate(keys))


def _rename_key(holder: Any, key: str, name: str) -> None:
    members = [(name if one == key else one, value) for one, value in holder.items()]
    holder.clear()
    holder.update(members)


def _holder(data: Any, pointer: str) -> tuple[Any, Any]:
    *way, last = segments(pointer.removeprefix("/"))
    for segment in way:
        data = data[int(segment)] if isinstance(data, list) else data[segment]
    return data, int(last) if isinstance(data, list) else last
