"""Reading an approval document into its compiled form, with every problem named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.definitions.approval_compiled import Approval, Policies, Shown
from guanxi.definitions.approval_steps import (
    OTHERWISE,
    Approve,
    Branch,
    Choose,
    Need,
    Step,
    conditions,
    index,
    walk,
)
from guanxi.definitions.approval_watch import read_watch, refuse_moving
from guanxi.definitions.labels import Label, humanised
from guanxi.definitions.who import Compiling, did_you_mean, read_who
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN

__all__ = ["Approval", "Policies", "Shown", "read_approval"]

Document = Mapping[str, Any]


def read_approval(document: Document, compiling: Compiling) -> Approval:
    """Compile an approval document that its meta-schema has accepted.

    Problems are noted in `compiling`; when there are any, the result must not be used.
    """
    of = document["of"]
    entity = compiling.entity(of)
    if entity is None:
        compiling.problem(
            "/of", f"there is no entity “{of}”", did_you_mean(of, compiling.catalog_names("entity"))
        )
        return Approval(name=document["name"], of=of, label=_label(document), steps=())
    reader = _Reader(of, entity, compiling)
    steps = reader.steps(document["steps"], "/steps")
    when = reader.condition(document, "")
    _names_are_unique(document["steps"], compiling)
    _names_are_approvals(document, steps, compiling)
    declared = read_watch(document.get("watch", ()), of, entity, "/watch", compiling)
    derived = frozenset().union(*(c.reads for step in walk(steps) for c in conditions(step)))
    derived |= when.reads if when else frozenset()
    refuse_moving(derived, entity, "/steps", compiling)
    watch = tuple(sorted(derived.union(declared)))
    if not watch:
        compiling.problem("", "the consent is bound to no field", "name the fields it is about in “watch”")
    show = reader.shown(document.get("show", ()))
    places = index(steps, watch)
    paths = [place.chose + place.watch for place in places.values()] + [watch]
    formulas = [formula for fact in show for formula in (fact.value, fact.limit) if formula]
    return Approval(
        name=document["name"],
        of=of,
        label=_label(document),
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

    def __init__(self, of: str, entity: Any, compiling: Compiling) -> None:
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
        if "otherwise" not in item:
            self.compiling.problem(
                pointer, "a choice needs “otherwise”", "write [] when nothing is to be done"
            )
        rest = self.steps(item.get("otherwise", ()), f"{pointer}/otherwise")
        return (*found, Branch(name=OTHERWISE, label=humanised(OTHERWISE), when=None, steps=rest))

    def _shown(self, item: Document, pointer: str) -> Shown | None:
        value = self.compiling.formula(item["value"], self.of, None, f"{pointer}/value")
        text = item.get("limit")
        limit = self.compiling.formula(text, self.of, None, f"{pointer}/limit") if text is not None else None
        of = item.get("of")
        if of is not None and not self._has(of):
            self.compiling.problem(
                f"{pointer}/of", f"there is no field “{of}”", did_you_mean(of, set(self.entity.fields))
            )
        if value is None:
            return None
        return Shown(name=item["name"], label=_label(item), value=value, limit=limit, of=of)

    def _has(self, path: str) -> bool:
        head, _, tail = path.partition(".")
        field = self.entity.fields.get(head)
        if field is None or not tail:
            return field is not None
        return field.lines is not None and tail in field.lines.fields


def read_need(need: str | Document) -> Need:
    """`"any"`, `"all"`, `"inTurn"`, `{"atLeast": 2}` or `{"percent": 60}`."""
    if isinstance(need, str):
        return Need(need)  # type: ignore[arg-type]  # the meta-schema lists the words
    ((kind, number),) = need.items()
    return Need(kind, int(number))


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


def _named(items: Sequence[Document], pointer: str) -> list[tuple[str, str]]:
    """(name, pointer) of every step; a branch is `choice/branch`, so its name may repeat elsewhere."""
    found = []
    for i, item in enumerate(items):
        found.append((item["name"], f"{pointer}/{i}/name"))
        for j, branch in enumerate(item.get("branches", ())):
            place = f"{pointer}/{i}/branches/{j}"
            found.append((f"{item['name']}/{branch['name']}", f"{place}/name"))
            found += _named(branch["steps"], f"{place}/steps")
        if item["type"] == "choose":
            found.append((f"{item['name']}/{OTHERWISE}", f"{pointer}/{i}/otherwise"))
        found += _named(item.get("otherwise", ()), f"{pointer}/{i}/otherwise")
    return found


def _names_are_unique(items: Sequence[Document], compiling: Compiling) -> None:
    named = _named(items, "/steps")
    count = Counter(name for name, _ in named)
    for name, pointer in named:
        if count[name] > 1:
            compiling.problem(pointer, f"the name “{name}” is used more than once", "give each its own name")


def _names_are_approvals(document: Document, steps: tuple[Step, ...], compiling: Compiling) -> None:
    """Separation and `deciderOf` must name steps in which people decide."""
    known = {step.name for step in walk(steps) if isinstance(step, Approve)}
    wanted = [
        (name, f"/policies/separate/{i}/{j}")
        for i, group in enumerate(document.get("policies", {}).get("separate", ()))
        for j, name in enumerate(group)
    ]
    wanted += [(name, pointer) for name, pointer in _deciders(document["steps"], "/steps")]
    for name, pointer in wanted:
        if name not in known:
            compiling.problem(pointer, f"there is no approve step “{name}”", did_you_mean(name, known))


def _deciders(items: Sequence[Document], pointer: str) -> list[tuple[str, str]]:
    found = []
    for i, item in enumerate(items):
        for j, who in enumerate(item.get("by", ())):
            if "deciderOf" in who:
                found.append((who["deciderOf"], f"{pointer}/{i}/by/{j}/deciderOf"))
        for j, branch in enumerate(item.get("branches", ())):
            found += _deciders(branch["steps"], f"{pointer}/{i}/branches/{j}/steps")
        found += _deciders(item.get("otherwise", ()), f"{pointer}/{i}/otherwise")
    return found
