"""Reading the steps of a process, each in front of those that it can go back to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from guanxi.definitions.compiling import Part
from guanxi.definitions.flow.powers import May
from guanxi.definitions.flow.read_powers import read_deadlines, read_fields, read_may, read_outcomes
from guanxi.definitions.flow.scope import Document, Scope, label_of
from guanxi.definitions.flow.steps import (
    OTHERWISE,
    Approve,
    Branch,
    Call,
    Choose,
    Do,
    End,
    GoBack,
    Join,
    JoinKind,
    Need,
    NeedKind,
    Parallel,
    Race,
    Step,
    Task,
    Wait,
)
from guanxi.definitions.flow.watching import read_watch
from guanxi.definitions.labels import humanised
from guanxi.definitions.read_setting import read_data
from guanxi.definitions.read_who import read_who
from guanxi.definitions.shapes import led_back_by
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN, DATE, DATETIME, CollectionType

Names = tuple[str, ...]
_ENDS: Final = {
    "approval": frozenset({"approved", "rejected", "cancelled"}),
    "automation": frozenset({"done", "cancelled"}),
}
_WAITS: Final = ("for", "until", "when", "event")


@dataclass(frozen=True, slots=True)
class StepReader:
    """Reads the steps of one process; `may` is what it allows where a step does not say otherwise."""

    scope: Scope
    may: May

    def steps(self, items: Sequence[Document], pointer: str, before: Names = ()) -> tuple[Step, ...]:
        """The sound steps of a sequence; `before` are the steps around it that can be gone back to."""
        found = []
        for i, item in enumerate(items):
            read: Any = getattr(self, f"_{item['type'].lower()}")
            step: Step | None = read(item, f"{pointer}/{i}", before)
            before = (*before, item["name"])
            if step is not None:
                found.append(step)
        return tuple(found)

    def _when(self, item: Document, pointer: str) -> Formula | None:
        return self.scope.optional(item, "when", BOOLEAN, pointer)

    def _approve(self, item: Document, pointer: str, before: Names) -> Step | None:
        scope = self.scope
        if scope.kind != "approval":
            message = "an automation does not approve"
            scope.compiling.problem(f"{pointer}/type", message, "call or start an approval, or use a task")
            return None
        watch = item.get("watch")
        return Approve(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            by=read_who(item["by"], scope.of, f"{pointer}/by", scope.compiling),
            need=read_need(item.get("need", "any")),
            watch=None
            if watch is None
            else read_watch(watch, scope.of, scope.entity, f"{pointer}/watch", scope.compiling),
            due=scope.span(item, "due", pointer),
            deadlines=read_deadlines(item, pointer, scope, task=False),
            may=read_may(item, pointer, scope, before, self.may),
            fields=read_fields(item, pointer, scope),
            continues=item.get("ifRejected") == "continue",
            on_entered=scope.effects(item, "onEntered", pointer),
            on_approved=scope.effects(item, "onApproved", pointer),
            on_rejected=scope.effects(item, "onRejected", pointer),
        )

    def _task(self, item: Document, pointer: str, before: Names) -> Step:
        scope = self.scope
        return Task(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            by=read_who(item["by"], scope.of, f"{pointer}/by", scope.compiling),
            outcomes=read_outcomes(item, pointer, scope),
            due=scope.span(item, "due", pointer),
            deadlines=read_deadlines(item, pointer, scope, task=True),
            may=read_may(item, pointer, scope, before, self.may),
            fields=read_fields(item, pointer, scope),
        )

    def _do(self, item: Document, pointer: str, _before: Names) -> Step:
        effects = self.scope.effects(item, "effects", pointer)
        return Do(name=item["name"], label=label_of(item), when=self._when(item, pointer), effects=effects)

    def _wait(self, item: Document, pointer: str, _before: Names) -> Step:
        scope, problem = self.scope, self.scope.compiling.problem
        if sum(key in item for key in _WAITS) != 1:
            message = f"a wait has exactly one of {', '.join(_WAITS)}"
            problem(pointer, message, "write what it waits for; for the first of several use a race")
        for key, of_keys in {"at": ("for", "until"), "match": ("event",), "acceptEarly": ("event",)}.items():
            if key in item and not any(one in item for one in of_keys):
                problem(f"{pointer}/{key}", f'"{key}" says nothing here', "remove it")
        return Wait(
            name=item["name"],
            label=label_of(item),
            span=scope.span(item, "for", pointer),
            until=scope.optional(item, "until", (DATETIME, DATE), pointer),
            at=time.fromisoformat(item["at"]) if "at" in item else None,
            condition=scope.optional(item, "when", BOOLEAN, pointer),
            event=item.get("event"),
            match=read_data(item.get("match", {}), scope.of, f"{pointer}/match", scope.compiling),
            accept_early=item.get("acceptEarly", False),
        )

    def _branches(self, item: Document, pointer: str, before: Names) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                name=branch["name"],
                label=label_of(branch),
                when=self._when(branch, f"{pointer}/branches/{i}"),
                steps=self.steps(branch["steps"], f"{pointer}/branches/{i}/steps", before),
            )
            for i, branch in enumerate(item["branches"])
        )

    def _choose(self, item: Document, pointer: str, before: Names) -> Step:
        rest = self.steps(item["otherwise"], f"{pointer}/otherwise", before)
        last = Branch(name=OTHERWISE, label=humanised(OTHERWISE), when=None, steps=rest)
        return Choose(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            branches=(*self._branches(item, pointer, before), last),
        )

    def _parallel(self, item: Document, pointer: str, before: Names) -> Step:
        join, most = read_join(item.get("join", "all")), len(item["branches"])
        if join.number > most:
            message = f"there are only {most} branches"
            self.scope.compiling.problem(f"{pointer}/join/atLeast", message, "write a smaller number")
        return Parallel(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            branches=self._branches(item, pointer, before),
            join=join,
            rest=item.get("rest", "cancel"),
        )

    def _race(self, item: Document, pointer: str, before: Names) -> Step:
        for i, branch in enumerate(item["branches"]):
            if not branch["steps"]:
                message, here = "this branch waits for nothing", f"{pointer}/branches/{i}/steps"
                self.scope.compiling.problem(here, message, "add a step that can be the first")
        return Race(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            branches=self._branches(item, pointer, before),
        )

    def _call(self, item: Document, pointer: str, _before: Names) -> Step | None:
        scope, name = self.scope, item["process"]
        rows = self._rows(item, pointer)
        kind = scope.compiling.process(name, rows or scope.of, f"{pointer}/process")
        if kind is None:
            return None
        if "join" in item and "forEach" not in item:
            scope.compiling.problem(f"{pointer}/join", '"join" says nothing without "forEach"', "remove it")
        return Call(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            kind="approval" if kind == "approval" else "automation",
            process=name,
            each=item.get("forEach"),
            rows=rows,
            join=read_join(item.get("join", "all")),
            continues=item.get("ifRejected") == "continue",
        )

    def _rows(self, item: Document, pointer: str) -> str | None:
        """The entity of the rows that a call goes through, where they are records of their own."""
        if "forEach" not in item:
            return None
        compiling, of = self.scope.compiling, self.scope.of
        members = compiling.workshop.shapes[of].members
        kinds = {name: kind for name, kind in members.items() if isinstance(kind, CollectionType)}
        if not compiling.one_of(item["forEach"], kinds, f"collection of {of}", f"{pointer}/forEach"):
            return None
        kind = kinds[item["forEach"]]
        holder, field = led_back_by(kind) if kind.via else (of, item["forEach"])
        compiling.mention(Part("field", holder), field, f"{pointer}/forEach")
        return kind.entity if kind.via and "." not in kind.entity else None

    def _goback(self, item: Document, pointer: str, before: Names) -> Step:
        part = Part("step", self.scope.name, "earlier step to go back to")
        self.scope.compiling.one_of(item["to"], before, part, f"{pointer}/to")
        return GoBack(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            to=item["to"],
            max=item["max"],
        )

    def _end(self, item: Document, pointer: str, _before: Names) -> Step:
        known = _ENDS[self.scope.kind]
        if item["outcome"] not in known:
            message = f'an {self.scope.kind} does not end as "{item["outcome"]}"'
            hint = f"write one of {', '.join(sorted(known))}"
            self.scope.compiling.problem(f"{pointer}/outcome", message, hint)
        return End(
            name=item["name"],
            label=label_of(item),
            when=self._when(item, pointer),
            outcome=item["outcome"],
        )


def read_need(need: NeedKind | Mapping[NeedKind, int]) -> Need:
    """`"any"`, `"all"`, `"inTurn"`, `{"atLeast": 2}` or `{"percent": 60}`."""
    if isinstance(need, str):
        return Need(need)
    ((kind, number),) = need.items()
    return Need(kind, number)


def read_join(join: JoinKind | Mapping[JoinKind, int]) -> Join:
    """`"all"`, `"first"`, `"none"` or `{"atLeast": 2}`."""
    if isinstance(join, str):
        return Join(join)
    ((kind, number),) = join.items()
    return Join(kind, number)
