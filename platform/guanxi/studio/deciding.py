"""What has to be chosen before a plan can be carried out: values that go, conflicts with a pack."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from guanxi.commands.releases.mapping import Mappings
from guanxi.commands.releases.plan import Plan, Remap
from guanxi.definitions.merging import Choice
from guanxi.definitions.merging_words import shown
from guanxi.definitions.uses_words import Words
from guanxi.errors import N_, Text
from guanxi.studio.inputs import Inputs
from guanxi.studio.plan_views import ConflictRow, Decide
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

MAP, CHOOSE = "map:", "choose:"
SIDES: Mapping[str, Choice] = {"ours": "ours", "theirs": "theirs"}
LOOK = "look"
"""The button that shows the plan with what was chosen."""
NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})
LONGEST_NOTE = 500
BECOMES = N_("{place}: “{value}” ({rows} records) becomes")
TOLD = N_("{it}")


def typed_values(typed: Mapping[str, str]) -> Mappings:
    """The values that were chosen for those that go: `map:order.status:waiting`."""
    found: dict[str, dict[str, str]] = {}
    for name, new in typed.items():
        field, _, old = name.removeprefix(MAP).partition(":")
        if name.startswith(MAP) and new:
            found.setdefault(field, {})[old] = new
    return found


def typed_choices(typed: Mapping[str, str]) -> Mapping[str, Choice]:
    """Who is followed at which conflict: `choose:entity/order:fields/note`."""
    return {
        name.removeprefix(CHOOSE): SIDES[side]
        for name, side in typed.items()
        if name.startswith(CHOOSE) and side in SIDES
    }


def accepted(typed: Mapping[str, str]) -> tuple[str, ...]:
    """Whether losses are accepted, as `apply_plan` wants it."""
    return ("lossy",) if typed.get("accept") == "true" else ()


def noted(typed: Mapping[str, str]) -> str:
    """The note for the release."""
    return typed.get("note", "")[:LONGEST_NOTE]


def decide_part(plan: Plan, typed: Mapping[str, str], words: Catalog) -> Decide:
    """The choices to be made, and those that were made."""
    inputs = Inputs(words, typed)
    asked = list(_inputs(plan, inputs, words))
    names = {one.name for one in asked}
    kept = [Hidden(name, value) for name, value in typed.items() if name.startswith(MAP) and value]
    choices = plan.upgrade.choices if plan.upgrade is not None else {}
    conflicts = [
        ConflictRow(
            name=f"{CHOOSE}{one.key}",
            text=words.say(one.sentence),
            ours=words.say(_said(one.ours)),
            theirs=words.say(_said(one.theirs)),
            choice=choices.get(one.key, ""),
        )
        for one in (plan.upgrade.conflicts if plan.upgrade is not None else ())
    ]
    return Decide(inputs=asked, conflicts=conflicts, hidden=[one for one in kept if one.name not in names])


def _said(value: object) -> Text:
    return TOLD(it=shown(value))


def _inputs(plan: Plan, inputs: Inputs, words: Catalog) -> Iterator[Input]:
    """A choice for each value that goes and that records have."""
    said = Words(plan.candidate.live.effective)
    for change in plan.changes:
        for finding in change.findings:
            if finding.remap is not None:
                yield from _of_field(plan, finding.remap, said, inputs, words)


def _of_field(plan: Plan, remap: Remap, said: Words, inputs: Inputs, words: Catalog) -> Iterator[Input]:
    entity, _, path = remap.field.partition(".")
    labels = _labels(plan, remap.field, words)
    options = [(name, labels.get(name, name)) for name in remap.options]
    for value, rows in remap.values:
        place = words.say(said.field(entity, path))
        told = BECOMES(place=place, value=labels.get(value, value), rows=rows)
        yield inputs.choice(f"{MAP}{remap.field}:{value}", words.say(told), options)


def _labels(plan: Plan, field: str, words: Catalog) -> Mapping[str, str]:
    """What the options are called, before or after."""
    found: dict[str, str] = {}
    holder, _, name = field.rpartition(".")
    entity, _, lines = holder.partition(".")
    for catalog in (plan.candidate.live, plan.candidate.catalog):
        place = catalog.entities.get(entity)
        if place is not None and lines:
            place = place.fields[lines].lines if lines in place.fields else None
        if place is not None and name in place.fields:
            found |= {one.name: words.say(one.label) for one in place.fields[name].options}
    return found
