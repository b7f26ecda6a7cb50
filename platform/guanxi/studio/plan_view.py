"""A plan in the reader's words."""

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from guanxi.commands.releases.plan import Class, Plan, PlannedChange
from guanxi.commands.studio.drafting import Key
from guanxi.definitions.changes import Change
from guanxi.definitions.labels import say
from guanxi.definitions.role import Role
from guanxi.definitions.uses_words import Words
from guanxi.errors import N_
from guanxi.rules.grant_changes import GrantChange
from guanxi.studio.access_views import AccessRow
from guanxi.studio.plan_views import ChangeGroup, ChangeRow, FindingRow, PlanPart, SampleRow
from guanxi.studio.views import Badge
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.values import Tone

CLASSES: dict[Class, tuple[Any, Tone]] = {
    "additive": (N_("Harmless"), "ok"),
    "lossless": (N_("Nothing is lost"), "info"),
    "lossy": (N_("Loses values"), "warn"),
    "needsDecision": (N_("Not possible yet"), "bad"),
}
SYMBOLS = {
    "added": "plus",
    "removed": "trash-2",
    "changed": "pencil",
    "renamed": "text-cursor",
    "moved": "move",
}
WORK = {
    "table": N_("A table: {on}"),
    "column": N_("A column: {on}"),
    "index": N_("An index: {on}"),
    "convert": N_("Values are converted: {on} ({rows} records)"),
    "fill": N_("Values are filled in: {on} ({rows} records)"),
    "compute": N_("Formulas are computed: {on} ({rows} records)"),
}
RUNNING = N_("{open} running approvals of {approval} go on as they began.")
MAY_READ, MAY_FIELD = N_("{entity}: {what} ({after})"), N_("{entity} › {field}: {after}")
RIGHTS = {
    "read": N_("read"),
    "create": N_("create"),
    "update": N_("change"),
    "delete": N_("delete"),
    "": N_("not any more"),
}
NOT_ANY_MORE = RIGHTS[""]
EXTENTS = {
    "read": N_("read"),
    "write": N_("change"),
    "masked": N_("masked"),
    "hidden": N_("not any more"),
    "own": N_("Own records"),
    "all": N_("All records"),
    "team": N_("Records of the team"),
    "subTeams": N_("Records of the team and the teams below"),
}
LONGEST = 120


def plan_part(
    plan: Plan, words: Catalog, by: Mapping[Key, str] | None = None, *, discardable: bool = False
) -> PlanPart:
    """The plan; `by` says who changed which definition."""
    before, after = plan.candidate.live, plan.candidate.catalog
    old, new = Words(before.effective), Words(after.effective)
    there = {(one.kind, one.name) for one in after.effective}
    groups = []
    for key, changes in groupby(plan.changes, lambda one: (one.kind, one.name)):
        said = new if key in there else old
        rows = [_row(one, old, new, words) for one in changes]
        groups.append(
            ChangeGroup(
                label=words.say(said.definition(*key)),
                rows=rows,
                by=(by or {}).get(key, ""),
                key="/".join(key) if discardable else "",
            )
        )
    roles = {**before.roles, **after.roles}
    return PlanPart(
        groups=groups,
        access=[access_row(one, roles, new, words, plan.people.get(one.role, 0)) for one in plan.access],
        approvals=[
            words.say(RUNNING(open=one.open, approval=one.approval)) for one in plan.approvals if one.open
        ],
        work=[
            words.say(WORK[one.what](on=one.on, rows=one.rows)) for one in plan.storage if one.what in WORK
        ],
        warnings=[words.say(one.said) for one in plan.warnings]
        + [f"{words.say(one.text)} {words.say(one.hint)}" for one in plan.process_warnings],
        lossy=plan.cls == "lossy",
        ready=plan.cls != "needsDecision",
    )


def _row(planned: PlannedChange, old: Words, new: Words, words: Catalog) -> ChangeRow:
    change = planned.change
    said = old if change is not None and change.what in ("removed", "renamed") else new
    parts = said.parts(planned.kind, planned.name, planned.path)
    name, tone = CLASSES[planned.cls]
    before, after = _values(change, words)
    return ChangeRow(
        text=" › ".join(words.say(part) for part in parts)
        or words.say(said.definition(planned.kind, planned.name)),
        symbol=SYMBOLS[change.what] if change is not None else "info",
        badge=Badge(words.say(name), tone),
        before=before,
        after=after,
        findings=[
            FindingRow(
                text=words.say(one.sentence),
                samples=[SampleRow(id=str(id_), before=was, after=is_) for id_, was, is_ in one.samples],
            )
            for one in planned.findings
        ],
    )


def _values(change: Change | None, words: Catalog) -> tuple[str, str]:
    """Before and after of what can be written in a line."""
    if change is None or change.what not in ("changed", "renamed"):
        return "", ""
    return _short(change.before, words), _short(change.after, words)


def _short(value: Any, words: Catalog) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        label = value.get("label")
        return say(label, words.language.tag) if isinstance(label, Mapping) and label else ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def access_row(
    one: GrantChange, roles: Mapping[str, Role], new: Words, words: Catalog, people: int | None = None
) -> AccessRow:
    """What a role may newly do, or no longer; with `people` how many hold it."""
    entity = words.say(new.entity(one.entity)) if one.entity else ""
    after = _extent(one.after, words) or words.say(NOT_ANY_MORE)
    head, _, name = one.what.partition(" ")
    if head == "field":
        text = words.say(MAY_FIELD(entity=entity, field=words.say(new.field(one.entity, name)), after=after))
    else:
        what = words.say(RIGHTS[one.what]) if one.what in RIGHTS else one.what
        text = words.say(MAY_READ(entity=entity, what=what, after=after))
    role = say(roles[one.role].label, words.language.tag) if one.role in roles else one.role
    return AccessRow(role=role, what=text, people=people, wider=one.wider)


def _extent(text: str, words: Catalog) -> str:
    """On which records, or how far: `write own or read team` in the reader's words."""
    parts = [
        " · ".join(words.say(EXTENTS.get(word, word)) for word in part.split())
        if all(word in EXTENTS for word in part.split())
        else part
        for part in text.split(" or ")
    ]
    return ", ".join(parts) if words.language.tag == "en" else "，".join(parts)
