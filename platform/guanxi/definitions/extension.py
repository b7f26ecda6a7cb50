"""Extensions: what the workspace, or a pack, changes of definitions that a pack brings.

Effective definitions are those of the packs with all extensions applied: packs on which others build come
first, the workspace last. Extensions of one level own their places alone, so their order means nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.definitions.documents import Document
from guanxi.definitions.extension_apply import Layer, Part, parts_of
from guanxi.definitions.extension_paths import (
    MISSING,
    inside,
    parent_of,
    path_at,
    path_of,
    pointer_at,
    pointer_rest,
    segments,
)
from guanxi.definitions.meta import kinds, schema_problems
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem

KIND = "extension"
WORKSPACE = ""
"""In place of a pack: the workspace itself."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a place is: the document that it is written in (its `pack` says whose that is), and where."""

    document: Document
    pointer: str


@dataclass(frozen=True, slots=True)
class Layered:
    """Effective documents, what is wrong with the extensions, and who owns each place."""

    documents: tuple[Document, ...]
    problems: tuple[DefinitionProblem, ...] = ()
    bases: Mapping[Key, Document] = field(default_factory=dict)
    parts: Mapping[Key, tuple[Part, ...]] = field(default_factory=dict)
    """What extensions put into each document, in the order in which it was applied."""

    def owner(self, kind: str, name: str, path: str) -> Owner:
        """The owner of a place of an effective document.

        Raises:
            KeyError: there is no such document.
        """
        base = self.bases[kind, name]
        for part in reversed(self.parts.get((kind, name), ())):
            if part.value is not MISSING and inside(path, part.path):
                rest = path_of(segments(path)[len(segments(part.path)) :])
                return Owner(part.document, part.pointer + pointer_at(part.value, rest))
        return Owner(base, pointer_at(base.data, path))

    def written(self, document: Document, pointer: str) -> Owner:
        """The owner of the place of a JSON pointer into an effective document."""
        key = (document.kind, document.name)
        if key not in self.parts:
            return Owner(self.bases.get(key, document), pointer)
        path = path_at(document.data, pointer)
        owner = self.owner(*key, path)
        return replace(owner, pointer=owner.pointer + pointer_rest(pointer, path))

    def told(self, problem: DefinitionProblem) -> DefinitionProblem:
        """The problem of an effective document at the place where somebody wrote it."""
        document = next((one for one in self.documents if one.file == problem.file), None)
        if document is None or (document.kind, document.name) not in self.parts:
            return problem
        path = path_at(document.data, problem.pointer)
        for part in self.parts[document.kind, document.name]:
            gone = segments(part.path)[-1]
            if part.value is MISSING and parent_of(part.path) == path and f'"{gone}"' in problem.message:
                return replace(problem, file=part.document.file, pointer=part.pointer)
        owner = self.written(document, problem.pointer)
        return replace(problem, file=owner.document.file, pointer=owner.pointer)


def layered(documents: Sequence[Document]) -> Layered:
    """The effective documents of packs and workspace; extensions with a problem are left out."""
    bases = {(one.kind, one.name): one for one in reversed(documents) if one.kind != KIND}
    extensions = [one for one in documents if one.kind == KIND]
    if not extensions:
        return Layered(tuple(documents), bases=bases)
    problems = [problem for one in extensions for problem in schema_problems(one)]
    refused = {problem.file for problem in problems}
    sound = [one for one in extensions if one.file not in refused]
    fitting = [one for one in sound if not _misfits(one, bases, extensions, problems)]
    levels = _levels(documents)
    parts: dict[Key, tuple[Part, ...]] = {}
    effective: dict[Key, Any] = {}
    groups: dict[tuple[int, str, str], list[Document]] = {}
    for one in fitting:
        groups.setdefault((levels.get(one.pack, len(levels)), *_target(one)), []).append(one)
    for (_, *target), some in sorted(groups.items()):
        key = (target[0], target[1])
        layer = Layer(effective.get(key, bases[key].data), problems)
        layer.apply([part for one in sorted(some, key=lambda one: one.name) for part in parts_of(one)])
        effective[key] = layer.data
        parts[key] = parts.get(key, ()) + tuple(layer.applied)
    changed = tuple(
        replace(one, data=effective[one.kind, one.name]) if (one.kind, one.name) in effective else one
        for one in documents
        if one.kind != KIND
    )
    return Layered(changed, tuple(problems), bases, parts)


def of_packs(documents: Iterable[Document]) -> list[Document]:
    """The documents that packs bring."""
    return [one for one in documents if one.pack != WORKSPACE]


def of_workspace(documents: Iterable[Document]) -> list[Document]:
    """The workspace's own documents: what Studio writes."""
    return [one for one in documents if one.pack == WORKSPACE]


def floors(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents up to each level: packs that others build on, ..., all packs, all with the workspace."""
    levels = _levels(documents)
    found = [
        [one for one in documents if levels.get(one.pack, len(levels)) <= level]
        for level in sorted(set(levels.values()))
    ]
    return [*found, list(documents)]


def _target(extension: Document) -> Key:
    return extension.data["of"]["kind"], extension.data["of"]["name"]


def _misfits(
    extension: Document,
    bases: Mapping[Key, Document],
    extensions: Sequence[Document],
    problems: list[DefinitionProblem],
) -> bool:
    """Whether it is of something that is not there, or against another pack; the problem is noted."""
    kind, name = _target(extension)
    pack, version = extension.data["against"]["pack"], extension.data["against"]["version"]

    def note(pointer: str, message: str, hint: str) -> bool:
        problems.append(DefinitionProblem(extension.file, pointer, message, hint))
        return True

    known = kinds() - {KIND}
    if kind not in known:
        return note("/of/kind", f'definitions of kind "{kind}" cannot be extended', nearest(kind, known))
    base = bases.get((kind, name))
    if base is None:
        names = [one for of_kind, one in bases if of_kind == kind]
        return note("/of/name", f'there is no {kind} "{name}"', nearest(name, names))
    if base.pack == WORKSPACE:
        return note("/of", f'the {kind} "{name}" is the workspace\'s own', f"change it in {base.file}")
    involved = {base.pack} | {one.pack for one in extensions if is_of(one, kind, name)} - {WORKSPACE}
    if pack not in involved or ("pack", pack) not in bases:
        packs = [one for of_kind, one in bases if of_kind == "pack"]
        hint = nearest(pack, involved) if pack in packs else nearest(pack, packs)
        return note("/against/pack", f'the {kind} "{name}" is not of a pack "{pack}"', hint)
    current = bases["pack", pack].data.get("version")
    if version != current:
        message = f"it was written for {pack} {version}, and {pack} {current} is there"
        return note("/against/version", message, "merge it with the new version of the pack first")
    return False


def is_of(extension: Document, kind: str, name: str) -> bool:
    """Whether an extension, of whatever shape, is of the definition `kind/name`."""
    of = extension.data.get("of") if isinstance(extension.data, Mapping) else None
    return isinstance(of, Mapping) and (of.get("kind"), of.get("name")) == (kind, name)


def _levels(documents: Iterable[Document]) -> dict[str, int]:
    """How many packs each pack builds on, one after the other; packs in a circle are on one level."""
    requires = {
        one.name: [name for name in one.data.get("requires", ()) if isinstance(name, str)]
        for one in documents
        if one.kind == "pack" and isinstance(one.data.get("requires", []), list)
    }
    levels = dict.fromkeys(requires, 0)
    for _ in requires:
        levels = {
            name: 1 + max((levels[below] for below in some if below in levels), default=-1)
            for name, some in requires.items()
        }
    return levels
