"""Reading what approvals and automations have in common, and judging how their parts fit together."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.places import Place
from guanxi.definitions.flow.process import Exit, Policies
from guanxi.definitions.flow.scope import (
    Document,
    Kind,
    Scope,
    Transitions,
    every_step,
    label_of,
    outcomes_of,
)
from guanxi.definitions.flow.steps import OTHERWISE, Step, conditions, walk
from guanxi.definitions.flow.watching import step_reads
from guanxi.definitions.read_who import read_who
from guanxi.definitions.who import Selector
from guanxi.expressions.types import BOOLEAN

_ASKING = frozenset({"approve", "task"})


def scope_of(
    document: Document, kind: Kind, entity: Entity, transitions: Transitions, compiling: Compiling
) -> Scope:
    """The scope in which the parts of a process are read."""
    calendar = document.get("calendar")
    if calendar is not None:
        compiling.known("calendar", calendar, "/calendar")
    outcomes = outcomes_of(document["steps"], compiling)
    return Scope(kind, document["name"], entity, calendar is not None, outcomes, transitions, compiling)


def read_policies(document: Document) -> Policies:
    """The policies of a process."""
    given = document.get("policies", {})
    return Policies(
        nobody_found=given.get("nobodyFound", "hold"),
        approver_is_submitter=given.get("approverIsSubmitter", "hold"),
        same_approver_again=given.get("sameApproverAgain", "ask"),
        unavailable=tuple(given.get("unavailable", ())),
        separate=tuple(tuple(group) for group in given.get("separate", ())),
        recall=given.get("recall", "never"),
        resubmit=given.get("resubmit", "askAll"),
    )


def read_exits(items: Sequence[Document], pointer: str, scope: Scope) -> tuple[Exit, ...]:
    """What ends the process while it runs."""
    scope.compiling.distinct(items, pointer)
    found = []
    for i, item in enumerate(items):
        if ("event" in item) == ("when" in item):
            message = "it has exactly one of event, when"
            scope.compiling.problem(f"{pointer}/{i}", message, "write what ends the process")
        condition = scope.optional(item, "when", BOOLEAN, f"{pointer}/{i}")
        found.append(Exit(name=item["name"], event=item.get("event"), condition=condition))
    return tuple(found)


def read_head(document: Document, scope: Scope) -> dict[str, Any]:
    """What a process says of itself as a whole, as arguments of its compiled form."""
    compiling, of = scope.compiling, scope.of
    return {
        "name": document["name"],
        "of": of,
        "label": label_of(document),
        "help": document.get("help"),
        "when": compiling.optional(document, "when", of, BOOLEAN, ""),
        "calendar": document.get("calendar"),
        "admins": read_who(document.get("admins", ()), of, "/admins", compiling),
        "visible_to": read_who(document.get("visibleTo", ()), of, "/visibleTo", compiling),
        "exits": read_exits(document.get("exits", ()), "/exits", scope),
        "policies": read_policies(document),
    }


def process_reads(
    steps: Sequence[Step], places: Mapping[str, Place], head: Mapping[str, Any]
) -> frozenset[str]:
    """The record paths that the engine may ask for, but for those that only the kind of process knows."""
    people: list[Selector] = [*head["admins"], *head["visible_to"]]
    formulas = [one.condition for one in head["exits"] if one.condition]
    formulas += [head["when"]] if head["when"] else []
    return frozenset[str]().union(
        *(place.chose + place.watch for place in places.values()),
        *(one.reads for one in (*people, *formulas)),
        *(step_reads(step) for step in walk(tuple(steps))),
        *(condition.reads for step in walk(tuple(steps)) for condition in conditions(step)),
    )


def check_structure(document: Document, compiling: Compiling) -> None:
    """Note names that occur twice, and steps that are named where nobody decides."""
    steps = list(every_step(document["steps"], "/steps"))
    seen = set[str]()
    for item, pointer in steps:
        if item["name"] in seen:
            message = f'the name "{item["name"]}" occurs twice'
            compiling.problem(f"{pointer}/name", message, "give each step its own name")
        seen.add(item["name"])
        _check_branches(item, pointer, compiling)
    _check_deciders(document, steps, compiling)


def _check_branches(item: Document, pointer: str, compiling: Compiling) -> None:
    compiling.distinct(item.get("branches", ()), f"{pointer}/branches")
    for j, branch in enumerate(item.get("branches", ())):
        if branch["name"] == OTHERWISE:
            message = f'"{OTHERWISE}" is the way without a condition'
            compiling.problem(f"{pointer}/branches/{j}/name", message, "give the branch another name")


def _check_deciders(document: Document, steps: Sequence[tuple[Document, str]], compiling: Compiling) -> None:
    """Separation and `deciderOf` name steps in which people decide."""
    known = {item["name"] for item, _ in steps if item["type"] in _ASKING}
    part = Part("step", document["name"], "step in which people decide")
    for i, group in enumerate(document.get("policies", {}).get("separate", ())):
        for j, name in enumerate(group):
            compiling.one_of(name, known, part, f"/policies/separate/{i}/{j}")
    other = Part("step", document["name"], "other step in which people decide")
    for item, pointer in steps:
        for j, who in enumerate(item.get("by", ())):
            if "deciderOf" in who:
                place = f"{pointer}/by/{j}/deciderOf"
                compiling.one_of(who["deciderOf"], known - {item["name"]}, other, place)
