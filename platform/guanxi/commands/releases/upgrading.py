"""A newer version of an installed pack: what the workspace's definitions become, and what is to be chosen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.definitions import Document
from guanxi.definitions.extension import KIND, of_packs, of_workspace
from guanxi.definitions.extension_making import version_of
from guanxi.definitions.merging import Choice, Conflict, merge
from guanxi.errors import N_, DefinitionsRefused, Invalid, Problem

OLDER = N_("{pack} {version} is older than {installed}, which is installed. Go back to a release instead.")
NO_SUCH = N_("There is no conflict {key}.")
NOT_CHOSEN = N_("That does not choose anything.")
NOT_YET = N_("As long as nothing is chosen: {problem}")
CHOOSE = N_("Choose at every conflict whether you or the pack is followed. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class PackStep:
    """A pack that goes from one version to another; `before` is None where it was not installed."""

    name: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The documents of the next release with new versions of packs, merged with what the workspace made.

    `conflicts` are all places where pack and workspace have both moved; `choices` say for some of them, by
    `Conflict.key`, who is followed.
    """

    documents: tuple[Document, ...]
    packs: tuple[PackStep, ...]
    conflicts: tuple[Conflict, ...]
    choices: Mapping[str, Choice]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has decided yet."""
        return tuple(one for one in self.conflicts if one.key not in self.choices)

    def to_json(self) -> dict[str, Any]:
        """Versions and conflicts, for programs."""
        return {
            "packs": [{"name": one.name, "before": one.before, "after": one.after} for one in self.packs],
            "conflicts": [
                {
                    "key": one.key,
                    "kind": one.kind,
                    "name": one.name,
                    "path": one.path,
                    "what": one.what,
                    "sentence": str(one.sentence),
                    "base": one.base,
                    "theirs": one.theirs,
                    "ours": one.ours,
                    "choice": self.choices.get(one.key),
                }
                for one in self.conflicts
            ],
        }


def upgrade_with(
    live: Sequence[Document],
    incoming: Sequence[Document],
    choices: Mapping[str, Choice] | None = None,
    *,
    whole: bool = False,
) -> Upgrade | None:
    """The live documents with the packs that come in a newer version, or None where none does.

    A pack comes whole: what it no longer brings goes. Definitions among `incoming` that are of no pack are
    the workspace's own, over what it has; with `whole` they are all that it has. Extensions that were written
    for the new version already are merged with nothing, and the answer is None when all were.

    Raises:
        Invalid: a version is older than the installed one, or a choice is for no conflict.
    """
    steps = _steps(live, incoming)
    if not any(one.before is not None for one in steps):
        return None
    coming = {one.name for one in steps}
    before = of_packs(live)
    after = [] if whole else [one for one in before if one.pack not in coming]
    after = _over(after, of_packs(incoming))
    ours = of_workspace(incoming) if whole else _over(of_workspace(live), of_workspace(incoming))
    if whole and not any(_is_behind(one, before) for one in ours):
        return None
    chosen = dict(choices or {})
    every = {one.key: one for one in merge(before, after, ours).conflicts}
    merged = merge(before, after, ours, chosen)
    # What is chosen at one place can open another.
    every |= {one.key: one for one in merged.conflicts}
    if unknown := sorted(chosen.keys() - every.keys()):
        raise Invalid(NOT_CHOSEN, [Problem("", "choice", NO_SUCH(key=key)) for key in unknown])
    conflicts = tuple(every[key] for key in sorted(every))
    return Upgrade((*after, *merged.documents), steps, conflicts, chosen)


def refuse_open(upgrade: Upgrade, refused: DefinitionsRefused | None = None) -> None:
    """Raise the conflicts that are open, with what else stands against the documents.

    Raises:
        Invalid: there are any.
    """
    if upgrade.open:
        problems = [Problem(one.key, "conflict", one.sentence) for one in upgrade.open]
        against = refused.problems if refused is not None else ()
        problems += [Problem(one.file, "definition", NOT_YET(problem=str(one))) for one in against]
        raise Invalid(CHOOSE, problems)


def _is_behind(document: Document, before: Sequence[Document]) -> bool:
    """Whether it is an extension of a pack as it is installed."""
    against = document.data["against"] if document.kind == KIND else {}
    return bool(against) and against["version"] == version_of(before, against["pack"])


def _steps(live: Sequence[Document], incoming: Iterable[Document]) -> tuple[PackStep, ...]:
    """The packs that come in another version than the installed one, and those that are new."""
    steps = []
    for one in incoming:
        if one.kind != "pack" or not isinstance(one.data.get("version"), str):
            continue
        before, after = version_of(live, one.name), one.data["version"]
        if before is not None and _number(after) < _number(before):
            told = OLDER(pack=one.name, version=after, installed=before)
            raise Invalid(told, [Problem("/version", "older", told)])
        if before != after:
            steps.append(PackStep(one.name, before, after))
    return tuple(sorted(steps, key=lambda step: step.name))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version))


def _over(documents: Sequence[Document], others: Sequence[Document]) -> list[Document]:
    replaced = {(one.kind, one.name) for one in others}
    return [*(one for one in documents if (one.kind, one.name) not in replaced), *others]
