"""What reading one definition needs of all the others: names that exist, formulas, a place for problems."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from guanxi.definitions.documents import Document
from guanxi.definitions.entity import Entity
from guanxi.definitions.placement import USUAL, Placement
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem
from guanxi.expressions import ExpressionError, Formula, compile_formula
from guanxi.expressions.types import STANDARD_VARIABLES, Shape, Type

if TYPE_CHECKING:
    from guanxi.definitions.decisions.model import Decision

_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Part:
    """What a name in a definition stands for: `Part("field", "order")` is a field of an order.

    A field of lines is one of `order.lines`. `what` is `field`, `option`, `state`, `transition`, `step`, or a
    kind of definition. `of` is the entity, or the approval of a step; empty for a whole definition. `words`
    say it in problems. With `key`, the name is the last key of the pointer instead of the value there.
    """

    what: str
    of: str = ""
    words: str = ""
    key: bool = False

    def __str__(self) -> str:
        return self.words or (f"{self.what} of {self.of}" if self.of else self.what)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a definition mentions, at a pointer of a file."""

    file: str
    pointer: str
    part: Part
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """An expression that a definition holds, at a pointer of a file, over records of `root`."""

    file: str
    pointer: str
    text: str
    root: str
    offset: int | None = None
    """Where it begins in the text at the pointer; None: where that first holds it."""


Expected = Type | tuple[Type, ...] | None
NO_MORE: Mapping[str, Type] = MappingProxyType({})


@dataclass(slots=True)
class Workshop:
    """What all definitions share while a catalog is compiled.

    `broken` holds names of fields and entities whose own definition has a problem: what mentions them is not
    judged, so that one mistake is told once.
    """

    names: Mapping[str, frozenset[str]]
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    decisions: Mapping[str, "Decision"] = field(default_factory=dict)
    processes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The entity of each approval and automation, by kind and name."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """The entity of each message, by name."""
    unaddressed: frozenset[str] = frozenset()
    """The messages that do not say to whom they go."""
    problems: list[DefinitionProblem] = field(default_factory=list)
    placement: Placement = USUAL
    mentions: list[Named | Said] | None = None
    """Where it is a list, every name and expression that is read is noted in it."""
    formulas: dict[tuple[str, str, Expected, frozenset[tuple[str, Type]]], Formula] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Compiling:
    """The view of the workshop from one document; problems are noted with its file."""

    file: str
    workshop: Workshop

    def problem(self, pointer: str, message: str, hint: str = "") -> None:
        """Note a problem at a JSON pointer of the document."""
        self.workshop.problems.append(DefinitionProblem(self.file, pointer, message, hint))

    def formula(
        self,
        text: str,
        root: str,
        expect: Expected,
        pointer: str,
        variables: Mapping[str, Type] = NO_MORE,
        offset: int | None = None,
    ) -> Formula | None:
        """Compile an expression over entity `root` (`order`, or `order.lines` for a line of one).

        It may name these `variables` besides the standard ones. `offset` is where it begins in the text
        there.

        None when it does not compile: the problem is noted, unless it is about something already told.
        """
        workshop = self.workshop
        if workshop.mentions is not None:
            workshop.mentions.append(Said(self.file, pointer, text, root, offset))
        if root not in workshop.shapes or not workshop.broken.isdisjoint(_WORDS.findall(text)):
            return None
        key = (text, root, expect, frozenset(variables.items()))
        if key not in workshop.formulas:
            try:
                workshop.formulas[key] = compile_formula(
                    text, workshop.shapes, root, expect=expect, variables={**STANDARD_VARIABLES, **variables}
                )
            except ExpressionError as error:
                for problem in error.problems:
                    found = DefinitionProblem(self.file, pointer, problem.message, problem.hint, problem.told)
                    workshop.problems.append(found)
                return None
        return workshop.formulas[key]

    def optional(
        self, data: Mapping[str, Any], key: str, root: str, expect: Expected, pointer: str
    ) -> Formula | None:
        """The formula under a key that need not be there; `pointer` is that of `data`."""
        text = data.get(key)
        return None if text is None else self.formula(text, root, expect, f"{pointer}/{key}")

    def catalog_names(self, kind: str) -> set[str]:
        """The names of all definitions of a kind, of the broken ones too."""
        return set(self.workshop.names.get(kind, ()))

    def entity(self, name: str) -> Entity | None:
        """The compiled entity, or None where there is none or it has problems."""
        return self.workshop.entities.get(name)

    def process(self, name: str, of: str, pointer: str) -> Literal["approval", "automation"] | None:
        """The kind of the process of this name, which is to be about records of entity `of`, if there is one.

        Problems are noted.
        """
        processes = self.workshop.processes
        both: tuple[Literal["approval", "automation"], ...] = ("approval", "automation")
        kinds = [kind for kind in both if (kind, name) in processes]
        if not kinds:
            self.known("approval", name, pointer)
            return None
        if len(kinds) > 1:
            message = f'there is an approval and an automation "{name}"'
            self.problem(pointer, message, "give one of them another name")
        self.mention(Part(kinds[0]), name, pointer)
        about = processes[kinds[0], name]
        if about != of:
            message = f'"{name}" is about {about}, not about {of}'
            self.problem(pointer, message, f"name a process of {of}")
        return kinds[0]

    def decision(self, asked: Mapping[str, Any], of: str, pointer: str) -> "Decision | None":
        """The table that `{"decision": ..., "output": ...}` asks about a record of entity `of`.

        None where it has problems; that it cannot be asked so is noted.
        """
        name = asked["decision"]
        if not self.known("decision", name, f"{pointer}/decision"):
            return None
        table = self.workshop.decisions.get(name)
        if table is None:
            return None
        if table.of not in (None, of):
            message = f'the decision "{name}" is about {table.of}, not about {of}'
            self.problem(f"{pointer}/decision", message, f"name a decision of {of}")
        outputs = [one.name for one in table.outputs]
        if "output" in asked:
            self.one_of(asked["output"], outputs, f"output of {name}", f"{pointer}/output")
        elif len(outputs) > 1:
            self.problem(pointer, '"output" is missing', f"write one of {', '.join(outputs)}")
        return table

    def known(self, kind: str, name: str, pointer: str) -> bool:
        """Whether a definition of this kind is there; otherwise the problem is noted."""
        names = self.catalog_names(kind)
        self.mention(Part(kind), name, pointer)
        if name not in names:
            self.problem(pointer, f'there is no {kind} "{name}"', nearest(name, names))
        return name in names

    def one_of(self, name: str, known: Iterable[str], what: Part | str, pointer: str) -> bool:
        """Whether a member is among the known ones; otherwise a problem with the nearest is noted."""
        names = set(known)
        if isinstance(what, Part):
            self.mention(what, name, pointer)
        if name in names:
            return True
        if name not in self.workshop.broken:
            self.problem(pointer, f'there is no {what} "{name}"', nearest(name, names))
        return False

    def mention(self, part: Part, name: str, pointer: str) -> None:
        """Note that a place depends on something, even where it does not name it."""
        if self.workshop.mentions is not None:
            self.workshop.mentions.append(Named(self.file, pointer, part, name))

    def distinct(self, items: Sequence[Mapping[str, Any]], pointer: str) -> None:
        """Note every name of a list that was used before in it."""
        seen: set[str] = set()
        for index, item in enumerate(items):
            name = item["name"]
            if name in seen:
                self.problem(
                    f"{pointer}/{index}/name", f'the name "{name}" occurs twice', "give each its own name"
                )
            seen.add(name)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document whose shape holds, with its view of the workshop."""

    document: Document
    compiling: Compiling
