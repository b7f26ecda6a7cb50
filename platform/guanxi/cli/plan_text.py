"""A plan in plain words, for a terminal."""

from collections.abc import Iterable, Iterator

from guanxi.commands.releases.documents import value_text
from guanxi.commands.releases.plan import Finding, Plan, PlannedChange
from guanxi.commands.releases.upgrading import Upgrade
from guanxi.definitions.changes import Change

SHOWN = 5
"""Samples that are printed; `--json` has them all."""


def plan_text(plan: Plan) -> str:
    """The whole plan; nothing but a line when there is nothing to change."""
    if plan.empty:
        return f"Nothing to change; {plan.from_[:12]} is live."
    return "\n".join(_lines(plan))


def changes_text(changes: Iterable[Change]) -> str:
    """Changes, one a line."""
    return "\n".join(f"  {_change(one)}" for one in changes) or "  nothing"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"Plan {plan.digest[:12]} from {plan.from_[:12]} to {plan.to[:12]}: {plan.cls}"
    if plan.upgrade is not None:
        yield from _upgrade(plan.upgrade)
    yield "Changes"
    for one in plan.changes:
        yield from _planned(one)
    if plan.access:
        yield "Who may newly do what, or no longer"
        for access in plan.access:
            sign = "+" if access.wider else "-"
            where = f"{access.entity}: " if access.entity else ""
            people = f"{plan.people.get(access.role, 0)} people"
            if access.entity:
                people += f", {plan.records.get(access.entity, 0)} records"
            yield (
                f"  {sign} {access.role} ({people}): {where}{access.what}: "
                f"{access.before or 'not'} -> {access.after or 'not'}"
            )
    if plan.storage:
        yield "Work for the database"
        yield from (
            f"  {one.what} {one.on}" + (f" ({one.rows} rows)" if one.rows else "") for one in plan.storage
        )
    for warning in plan.warnings:
        yield f"Warning: entity {warning.entity} fields/{warning.path}: {warning.said}"
    for flaw in plan.process_warnings:
        yield f"Warning: {flaw.text} {flaw.hint}"
    for running in plan.approvals:
        yield f"{running.open} running approvals of {running.approval} go on as they began."


def _upgrade(upgrade: Upgrade) -> Iterator[str]:
    for pack in upgrade.packs:
        yield f"Pack {pack.name} {pack.before or 'new'} -> {pack.after}"
    for one in upgrade.conflicts:
        chosen = upgrade.choices.get(one.key)
        yield f"  {'open' if chosen is None else chosen:8}{one.key}"
        yield f"{'':10}{one.sentence}"
        if chosen is None:
            yield f"{'':10}yours: {value_text(one.ours)}; the pack: {value_text(one.theirs)}"
            yield f"{'':10}Choose with --choose '{one.key}=ours' or =theirs."


def _planned(one: PlannedChange) -> Iterator[str]:
    told = _change(one.change) if one.change is not None else f"{one.kind} {one.name} {one.path}".rstrip()
    yield f"  {one.cls:13} {told}"
    if one.uses:
        places = dict.fromkeys(str(use.where) for use in one.uses)
        yield f"{'':16}Used by {len(places)}: {'; '.join(list(places)[:SHOWN])}"
    for found in one.findings:
        yield f"{'':16}{found.sentence}"
        yield from _samples(found)
        if found.remap is not None:
            remap = found.remap
            for value, rows in remap.values:
                options = "|".join(remap.options)
                yield f"{'':18}{value} ({rows} records): --map {remap.field}:{value}={options}"


def _samples(found: Finding) -> Iterator[str]:
    for id_, before, after in found.samples[:SHOWN]:
        told = f": {before}" if before else ""
        yield f"{'':18}{id_}{told}" + (f" -> {after}" if after else "")
    if len(found.samples) > SHOWN:
        yield f"{'':18}..."


def _change(one: Change) -> str:
    place = f"{one.kind} {one.name}" + (f" {one.path}" if one.path else "")
    if one.what == "changed":
        return f"{place}: {value_text(one.before)} -> {value_text(one.after)}"
    if one.what == "renamed":
        return f"{place} is called {one.after}"
    return f"{place} {one.what}"
