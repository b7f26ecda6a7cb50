"""Reading scenario folders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guanxi.definitions import Document, read_folder
from guanxi.definitions.documents import read_document
from guanxi.definitions.meta import shape_problems
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem, DefinitionsRefused

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DEFAULTS: Mapping[str, Any] = {"scenario": {}, "people": None, "records": {}, "steps": None}
"""The files of a scenario; None: it must be there."""
PERSON_KEYS = frozenset({"by", "who", "add"})
"""Keys of an action that name a person."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as it was written; every file has the shape its meta-schema says, and people are known.

    `definitions` are those of its folders, later ones in place of earlier ones; `people` and `records` are
    the contents of their files, `about` the record that steps mean where they name none.
    """

    folder: Path
    title: str
    start: datetime
    zone: str
    base: bool
    definitions: tuple[Document, ...]
    people: Mapping[str, Any]
    records: Mapping[str, Any]
    about: str
    steps: Sequence[Mapping[str, Any]]

    def published(self, folder: str) -> list[Document]:
        """The definitions that a step publishes. Raises DefinitionsRefused where they cannot be read."""
        documents, problems = read_folder((self.folder / folder).resolve())
        if problems or not documents:
            nothing = DefinitionProblem(str(self.folder / folder), "", "there are no definitions here")
            raise DefinitionsRefused(problems or [nothing])
        return documents


def read_scenario(folder: Path) -> Scenario:
    """The scenario of a folder. Raises DefinitionsRefused with everything that is wrong with its files."""
    problems: list[DefinitionProblem] = []
    files = {name: _read(folder, name, problems) for name in DEFAULTS}
    if problems:
        raise DefinitionsRefused(problems)
    head = files["scenario"]
    definitions: dict[tuple[str, str], Document] = {}
    for place in (*head.get("definitions", ()), "definitions"):
        path = (folder / place).resolve()
        if not path.is_dir() and place != "definitions":
            message = f"there is no folder {place}"
            problems.append(DefinitionProblem(str(folder / "scenario.json"), "/definitions", message))
            continue
        documents, wrong = read_folder(path) if path.is_dir() else ([], [])
        problems += wrong
        definitions |= {(one.kind, one.name): one for one in documents}
    problems += _unknown_people(folder, files)
    about = head.get("about") or next(reversed(files["records"]), "")
    if files["records"] and about not in files["records"]:
        hint = nearest(about, files["records"])
        problems.append(DefinitionProblem(str(folder / "scenario.json"), "/about", "no such record", hint))
    if problems:
        raise DefinitionsRefused(problems)
    return Scenario(
        folder=folder,
        title=head.get("title") or folder.name.replace("_", " "),
        start=datetime.fromisoformat(head["start"]).astimezone(UTC) if "start" in head else START,
        zone=head.get("zone", "UTC"),
        base=head.get("base", True),
        definitions=tuple(definitions.values()),
        people=files["people"],
        records=files["records"],
        about=about,
        steps=files["steps"],
    )


def _read(folder: Path, name: str, problems: list[DefinitionProblem]) -> Any:
    path = folder / f"{name}.json"
    if not path.is_file():
        if DEFAULTS[name] is None:
            problems.append(DefinitionProblem(str(path), "", "this file is missing"))
        return DEFAULTS[name]
    document = read_document(str(path), path.read_bytes())
    if isinstance(document, DefinitionProblem):
        problems.append(document)
        return None
    problems += shape_problems(str(path), f"scenario/{name}", document.data)
    return document.data


def _unknown_people(folder: Path, files: Mapping[str, Any]) -> list[DefinitionProblem]:
    """Names that steps, roles and reporting lines use and that nobody has."""
    known = files["people"]["people"]
    named: list[tuple[str, str, str]] = []
    for name, person in known.items():
        named += [
            ("people", f"/people/{name}/{key}", person[key])
            for key in ("manager", "deputy")
            if person.get(key)
        ]
    for role, who in files["people"].get("roles", {}).items():
        named += [("people", f"/roles/{role}/{at}", one) for at, one in enumerate(who)]
    for number, step in enumerate(files["steps"]):
        done = step.get("do", {})
        named += [("steps", f"/{number}/do/{key}", done[key]) for key in PERSON_KEYS & done.keys()]
        named += [("steps", f"/{number}/people/{name}", name) for name in step.get("people", {})]
        for role, who in step.get("roles", {}).items():
            named += [("steps", f"/{number}/roles/{role}", one) for one in who]
    return [
        DefinitionProblem(
            str(folder / f"{file}.json"), pointer, f"nobody is called {one}", nearest(one, known)
        )
        for file, pointer, one in named
        if one not in known
    ]
