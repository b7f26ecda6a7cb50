"""What reading one process needs: its entity and steps, and the processes and transitions around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.definitions.compiling import Compiling, Expected, Part
from guanxi.definitions.effect import Effect
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.spans import WORKING_UNITS, AnySpan, DecidedSpan, parse_span
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.definitions.labels import Label, humanised
from guanxi.definitions.read_effects import read_effects
from guanxi.expressions import Formula
from guanxi.expressions.steps import STEP_FUNCTIONS, step_variables, steps_asked
from guanxi.expressions.types import DURATION, Type

Document = Mapping[str, Any]
Kind = Literal["approval", "automation"]


Transitions = Mapping[str, Iterable[str]]
"""The names of transitions by entity."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The process being read. `outcomes` are its steps with the ways in which each can end."""

    kind: Kind
    name: str
    entity: Entity
    calendar: bool
    outcomes: Mapping[str, tuple[str, ...]]
    transitions: Transitions
    compiling: Compiling

    @property
    def of(self) -> str:
        """The name of its entity."""
        return self.entity.name

    @property
    def variables(self) -> Mapping[str, Type]:
        """What its conditions may ask of its steps."""
        return step_variables(self.outcomes)

    def formula(self, text: str, expect: Expected, pointer: str) -> Formula | None:
        """An expression over the record that may ask how steps ended."""
        found = self.compiling.formula(text, self.of, expect, pointer, self.variables)
        for function in STEP_FUNCTIONS:
            for step in steps_asked(function, found.variables if found else ()):
                self.compiling.mention(Part("step", self.name), step, pointer)
        return found

    def optional(self, item: Document, key: str, expect: Expected, pointer: str) -> Formula | None:
        """The expression under a key that need not be there; `pointer` is that of `item`."""
        return self.formula(item[key], expect, f"{pointer}/{key}") if key in item else None

    def span(self, item: Document, key: str, pointer: str) -> AnySpan | None:
        """The span under a key that need not be there; `pointer` is that of `item`."""
        if key not in item:
            return None
        raw, here = item[key], f"{pointer}/{key}"
        if isinstance(raw, Mapping):
            table = self.compiling.decision(raw, self.of, here)
            reads = table.reads if table else frozenset[str]()
            return DecidedSpan(raw["decision"], raw.get("output"), reads)
        if raw.startswith("= "):
            return self.formula(raw[2:].strip(), DURATION, here)
        span = parse_span(raw)
        if span is None:
            units = ", ".join(WORKING_UNITS)
            self.compiling.problem(here, "working time has no weeks and months", f"write one of {units}")
        elif span.working and not self.calendar:
            hint = 'name it: "calendar": "..."'
            self.compiling.problem(here, "working time needs a calendar", hint)
        return span

    def effects(self, item: Document, key: str, pointer: str) -> tuple[Effect, ...]:
        """The effects under a key that need not be there; `pointer` is that of `item`."""
        known = self.transitions.get(self.of, ())
        items = item.get(key, ())
        return read_effects(items, self.entity, self.of, known, f"{pointer}/{key}", self.compiling)


def label_of(item: Document) -> Label:
    """The label of a part, or one made from its name."""
    return item.get("label") or humanised(item["name"])


def every_step(items: Sequence[Document], pointer: str) -> Iterator[tuple[Document, str]]:
    """Every step of a document with its pointer, outer before inner."""
    for i, item in enumerate(items):
        place = f"{pointer}/{i}"
        yield item, place
        for j, branch in enumerate(item.get("branches", ())):
            yield from every_step(branch["steps"], f"{place}/branches/{j}/steps")
        yield from every_step(item.get("otherwise", ()), f"{place}/otherwise")


def outcomes_of(items: Sequence[Document], compiling: Compiling) -> dict[str, tuple[str, ...]]:
    """The ways in which each step of a document can end, by its name."""
    return {item["name"]: _ends(item, compiling) for item, _ in every_step(items, "")}


def _ends(item: Document, compiling: Compiling) -> tuple[str, ...]:
    match item["type"]:
        case "approve":
            return ("approved", "rejected")
        case "task":
            return tuple(one["name"] for one in item.get("outcomes", ())) or (DONE,)
        case "choose":
            return (*(branch["name"] for branch in item["branches"]), OTHERWISE)
        case "race":
            return tuple(branch["name"] for branch in item["branches"])
        case "call":
            automatic = ("approval", item["process"]) not in compiling.workshop.processes
            return (DONE, "cancelled") if automatic else ("approved", "rejected")
        case _:
            return ()


DONE = "done"
"""The outcome of a task that declares none, and of an automation."""
