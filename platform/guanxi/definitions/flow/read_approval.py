"""Reading an approval document into its compiled form, with every problem named."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.approval import Approval, Shown
from guanxi.definitions.flow.places import index
from guanxi.definitions.flow.process import Policies
from guanxi.definitions.flow.steps import (
    OTHERWISE,
    Approve,
    Branch,
    Choose,
    Need,
    NeedKind,
    Step,
    conditions,
    walk,
)
from guanxi.definitions.flow.watching import read_watch, refuse_moving
from guanxi.definitions.labels import Label, humanised
from guanxi.definitions.read_who import read_who
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN

Document = Mapping[str, Any]


def read_approval(document: Document, compiling: Compiling) -> Approval:
    """Compile an approval document that its meta-schema has accepted.

    Problems are noted in `compiling`; when there are any, the result must not be used.
    """
    of = document["of"]
    entity = compiling.entity(of)
    if entity is None:
        compiling.known("entity", of, "/of")
        return Approval(name=document["name"], of=of, label=_label(document), steps=())
    reader = _Reader(of, entity, compiling)
    steps = reader.steps(document["steps"], "/steps")
    when = reader.condition(document, "")
    _check_names(document, compiling)
    _check_deciders(document, compiling)
    _check_bound(document, compiling)
    declared = read_watch(document.get("watch", ()), of, entity, "/watch", compiling)
    derived = frozenset().union(*(c.reads for step in walk(steps) for c in conditions(step)))
    derived |= when.reads if when else frozenset()
    refuse_moving(derived, entity, "/steps", compiling)
    watch = tuple(sorted(derived.union(declared)))
    show = reader.shown(document.get("show", ()))
    places = index(steps, declared, derived)
    paths = [place.chose + place.watch for place in places.values()] + [watch]
    formulas = [formula for fact in show for formula in (fact.value, fact.was, fact.limit) if formula]
    return Approval(
        name=document["name"],
        of=of,
        label=_label(document),
        help=document.get("help"),
        steps=steps,
        when=when,
        watch=watch,
        seen=tuple(sorted({path for place in places.values() for path in place.watch}.union(watch))),
        show=show,
        policies=_policies(document.get("policies", {})),
        places=places,
        reads=frozenset().union(*paths, *(formula.reads for formula in formulas)),
    )


class _Reader:
    """Reads the parts of one approval."""

    def __init__(self, of: str, entity: Entity, compiling: Compiling) -> None:
        self.of, self.entity, self.compiling = of, entity, compiling

    def condition(self, item: Document, pointer: str) -> Formula | None:
        """The condition `when` of a part, if it has one."""
        text = item.get("when")
        return self.compiling.formula(text, self.of, BOOLEAN, f"{pointer}/when") if text is not None else None

    def steps(self, items: Sequence[Document], pointer: str) -> tuple[Step, ...]:
        """A sequence of steps."""
        return tuple(self._step(item, f"{pointer}/{i}") for i, item in enumerate(items))

    def shown(self, items: Sequence[Document]) -> tuple[Shown, ...]:
        """What the approver is shown; entries that do not compile are left out."""
        found = (self._shown(item, f"/show/{i}") for i, item in enumerate(items))
        return tuple(entry for entry in found if entry)

    def _step(self, item: Document, pointer: str) -> Step:
        if item["type"] == "choose":
            return Choose(
                name=item["name"],
                label=_label(item),
                when=self.condition(item, pointer),
                branches=self._branches(item, pointer),
            )
        watch = item.get("watch")
        return Approve(
            name=item["name"],
            label=_label(item),
            when=self.condition(item, pointer),
            by=read_who(item["by"], self.of, f"{pointer}/by", self.compiling),
            need=read_need(item.get("need", "any")),
            watch=None
            if watch is None
            else read_watch(watch, self.of, self.entity, f"{pointer}/watch", self.compiling),
        )

    def _branches(self, item: Document, pointer: str) -> tuple[Branch, ...]:
        found = [
            Branch(
                name=branch["name"],
                label=_label(branch),
                when=self.condition(branch, f"{pointer}/branches/{i}"),
                steps=self.steps(branch["steps"], f"{pointer}/branches/{i}/steps"),
            )
            for i, branch in enumerate(item["branches"])
        ]
        rest = self.steps(item["otherwise"], f"{pointer}/otherwise")
        return (*found, Branch(name=OTHERWISE, label=humanised(OTHERWISE), when=None, steps=rest))

    def _shown(self, item: Document, pointer: str) -> Shown | None:
        value = self.compiling.formula(item["value"], self.of, None, f"{pointer}/value")
        was, limit = (
            self.compiling.formula(item[key], self.of, None, f"{pointer}/{key}") if key in item else None
            for key in ("was", "limit")
        )
        of = item.get("of")
        if of is not None:
            self._known_field(of, f"{pointer}/of")
        if value is None:
            return None
        return Shown(name=item["name"], label=_label(item), value=value, was=was, limit=limit, of=of)

    def _known_field(self, path: str, pointer: str) -> None:
        head, _, tail = path.partition(".")
        if not self.compiling.one_of(head, self.entity.fields, Part("field", self.of), pointer) or not tail:
            return
        lines = self.entity.fields[head].lines
        self.compiling.one_of(
            tail, lines.fields if lines else (), Part("field", f"{self.of}.{head}"), pointer
        )


def read_need(need: NeedKind | Mapping[NeedKind, int]) -> Need:
    """`"any"`, `"all"`, `"inTurn"`, `{"atLeast": 2}` or `{"percent": 60}`."""
    if isinstance(need, str):
        return Need(need)
    ((kind, number),) = need.items()
    return Need(kind, number)


def _label(item: Document) -> Label:
    return item.get("label") or humanised(item["name"])


def _policies(given: Document) -> Policies:
    return Policies(
        nobody_found=given.get("nobodyFound", "hold"),
        approver_is_submitter=given.get("approverIsSubmitter", "hold"),
        same_approver_again=given.get("sameApproverAgain", "ask"),
        unavailable=tuple(given.get("unavailable", ())),
        separate=tuple(tuple(group) for group in given.get("separate", ())),
        recall=given.get("recall", "never"),
        resubmit=given.get("resubmit", "askAll"),
    )


def _raw(items: Sequence[Document], pointer: str) -> Iterator[tuple[Document, str]]:
    """Every step of the document with its pointer, outer before inner."""
    for i, item in enumerate(items):
        place = f"{pointer}/{i}"
        yield item, place
        for j, branch in enumerate(item.get("branches", ())):
            yield from _raw(branch["steps"], f"{place}/branches/{j}/steps")
        yield from _raw(item.get("otherwise", ()), f"{place}/otherwise")


def _check_names(document: Document, compiling: Compiling) -> None:
    """Step names are unique in the approval, branch names in their choice."""
    steps, seen = list(_raw(document["steps"], "/steps")), set[str]()
    for item, pointer in steps:
        if item["name"] in seen:
            message = f'the name "{item["name"]}" occurs twice'
            compiling.problem(f"{pointer}/name", message, "give each step its own name")
        seen.add(item["name"])
        compiling.distinct(item.get("branches", ()), f"{pointer}/branches")
        for j, branch in enumerate(item.get("branches", ())):
            if branch["name"] == OTHERWISE:
                message = f'"{OTHERWISE}" is the way without a condition'
                compiling.problem(f"{pointer}/branches/{j}/name", message, "give the branch another name")
    compiling.distinct(document.get("show", ()), "/show")


def _check_deciders(document: Document, compiling: Compiling) -> None:
    """Separation and `deciderOf` name steps in which people decide."""
    steps = list(_raw(document["steps"], "/steps"))
    known = {item["name"] for item, _ in steps if item["type"] == "approve"}
    for i, group in enumerate(document.get("policies", {}).get("separate", ())):
        for j, name in enumerate(group):
            compiling.one_of(
                name, known, Part("step", document["name"], "approve step"), f"/policies/separate/{i}/{j}"
            )
    for item, pointer in steps:
        for j, who in enumerate(item.get("by", ())):
            if "deciderOf" in who:
                place = f"{pointer}/by/{j}/deciderOf"
                part = Part("step", document["name"], "other approve step")
                compiling.one_of(who["deciderOf"], known - {item["name"]}, part, place)


def _check_bound(document: Document, compiling: Compiling) -> None:
    """Something must be watched, or an edit would never ask anybody again."""
    steps = [item for item, _ in _raw(document["steps"], "/steps")]
    parts = [document, *steps, *(branch for item in steps for branch in item.get("branches", ()))]
    if not document.get("watch") and not any("when" in part for part in parts):
        hint = 'name the fields that it is about in "watch"'
        compiling.problem("", "the consent is bound to no field", hint)
