"""Reading an approval document into its compiled form, with every problem named."""

from collections.abc import Sequence
from types import MappingProxyType

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.flow.approval import Approval, Shown
from guanxi.definitions.flow.places import index
from guanxi.definitions.flow.read_powers import read_may
from guanxi.definitions.flow.read_process import check_structure, process_reads, read_head, scope_of
from guanxi.definitions.flow.read_steps import StepReader
from guanxi.definitions.flow.restarting import refuse_restarting
from guanxi.definitions.flow.scope import Document, Scope, Transitions, every_step, label_of
from guanxi.definitions.flow.steps import conditions, walk
from guanxi.definitions.flow.watching import read_watch, refuse_moving


def read_approval(
    document: Document, compiling: Compiling, transitions: Transitions = MappingProxyType({})
) -> Approval:
    """Compile an approval document that its meta-schema has accepted.

    Problems are noted in `compiling`; when there are any, the result must not be used.
    """
    of = document["of"]
    entity = compiling.entity(of)
    if entity is None:
        compiling.known("entity", of, "/of")
        return Approval(name=document["name"], of=of, label=label_of(document), steps=())
    scope = scope_of(document, "approval", entity, transitions, compiling)
    names = tuple(item["name"] for item, _ in every_step(document["steps"], "/steps"))
    may = read_may(document, "", scope, names)
    steps = StepReader(scope, may).steps(document["steps"], "/steps")
    head = read_head(document, scope)
    when = head["when"]
    check_structure(document, compiling)
    _check_bound(document, compiling)
    declared = read_watch(document.get("watch", ()), of, entity, "/watch", compiling)
    derived = frozenset[str]().union(*(c.reads for step in walk(steps) for c in conditions(step)))
    derived |= when.reads if when else frozenset()
    refuse_moving(derived, entity, "/steps", compiling)
    watch = tuple(sorted(derived.union(declared)))
    show = _shown(document, scope)
    places = index(steps, declared, derived)
    approval = Approval(
        **head,
        steps=steps,
        may=may,
        watch=watch,
        seen=tuple(sorted({path for place in places.values() for path in place.watch}.union(watch))),
        show=show,
        places=places,
        reads=process_reads(steps, places, head).union(watch, *(fact.reads for fact in show)),
        on_submitted=scope.effects(document, "onSubmitted", ""),
        on_approved=scope.effects(document, "onApproved", ""),
        on_rejected=scope.effects(document, "onRejected", ""),
        on_returned=scope.effects(document, "onReturned", ""),
        on_recalled=scope.effects(document, "onRecalled", ""),
        on_cancelled=scope.effects(document, "onCancelled", ""),
    )
    refuse_restarting(approval, document, compiling)
    return approval


def _shown(document: Document, scope: Scope) -> tuple[Shown, ...]:
    """What the approver is shown; entries that do not compile are left out."""
    items: Sequence[Document] = document.get("show", ())
    scope.compiling.distinct(items, "/show")
    found = (_fact(item, f"/show/{i}", scope) for i, item in enumerate(items))
    return tuple(entry for entry in found if entry)


def _fact(item: Document, pointer: str, scope: Scope) -> Shown | None:
    value, was, limit = (
        scope.compiling.optional(item, key, scope.of, None, pointer) for key in ("value", "was", "limit")
    )
    of = item.get("of")
    if of is not None:
        _check_field(of, f"{pointer}/of", scope)
    if value is None:
        return None
    return Shown(name=item["name"], label=label_of(item), value=value, was=was, limit=limit, of=of)


def _check_field(path: str, pointer: str, scope: Scope) -> None:
    head, _, tail = path.partition(".")
    fields = scope.entity.fields
    if not scope.compiling.one_of(head, fields, Part("field", scope.of), pointer) or not tail:
        return
    lines = fields[head].lines
    part = Part("field", f"{scope.of}.{head}")
    scope.compiling.one_of(tail, lines.fields if lines else (), part, pointer)


def _check_bound(document: Document, compiling: Compiling) -> None:
    """Something must be watched, or an edit would never ask anybody again."""
    steps = [item for item, _ in every_step(document["steps"], "/steps")]
    parts = [document, *steps, *(branch for item in steps for branch in item.get("branches", ()))]
    conditional = any("when" in part for part in parts if part.get("type") != "wait")
    if not document.get("watch") and not conditional and any(step["type"] == "approve" for step in steps):
        hint = 'name the fields that it is about in "watch"'
        compiling.problem("", "the consent is bound to no field", hint)
