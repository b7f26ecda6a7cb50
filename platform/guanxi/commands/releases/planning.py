"""Making the plan of a publishing from the definitions and from the records."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.releases.candidate import Candidate, make_candidate
from guanxi.commands.releases.finding import Fields
from guanxi.commands.releases.formulas import formulas_to_compute
from guanxi.commands.releases.mapping import NO_MAPPINGS, Mappings
from guanxi.commands.releases.overlaps import overlap_findings
from guanxi.commands.releases.plan import (
    CLASSES,
    Class,
    Finding,
    OpenApprovals,
    Plan,
    PlannedChange,
    StorageWork,
)
from guanxi.commands.releases.touching import field_uses
from guanxi.commands.releases.upgrading import Upgrade, refuse_open
from guanxi.commands.releases.viewed import view_findings
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, Document
from guanxi.definitions.changes import Change, changes_between
from guanxi.definitions.uses import Use
from guanxi.errors import N_, DefinitionsRefused, Forbidden
from guanxi.rules.grant_changes import grant_changes
from guanxi.storage.counting import (
    count_holders_of_role,
    count_open_approvals,
    count_open_of_entity,
    count_rows,
    equal_values,
)
from guanxi.storage.expansion import every_table, plan_expansion
from guanxi.storage.session import Session

MAY_NOT = N_("Only somebody who may change the configuration can publish.")
ENTITY_GONE = N_("{rows} records are kept aside; they are there again when you go back.")
OPEN_GONE = N_("{rows} approvals of its records are still running. Let them finish first.")
ROLE_GONE = N_("{rows} people hold this role. Give them another one first.")
PURGED = N_("Its records were purged. It comes back without any.")
TWICE = N_("{rows} combinations occur more than once. Change those records, or do not make them unique.")


async def plan_change(
    workspace: Workspace,
    actor: Actor,
    documents: Sequence[Document],
    *,
    back_to: str | None = None,
    upgrade: Upgrade | None = None,
    values: Mappings = NO_MAPPINGS,
) -> Plan:
    """The plan from the live release to these documents; nothing is changed.

    `back_to` is the digest of an earlier release when the documents are its own, `upgrade` the merge that
    they come from. `values` says what becomes of values that are no longer allowed.

    Raises:
        Forbidden: the actor may not publish.
        Invalid: `values` names what is not there, or conflicts are open without which nothing compiles.
        DefinitionsRefused: the documents do not compile, or something that goes is still used.
    """
    live = await workspace.live()
    if not (actor.channel == "system" or actor.may(live, "studio")):
        raise Forbidden(MAY_NOT)
    try:
        candidate = await make_candidate(workspace, documents, back_to, values)
    except DefinitionsRefused as refused:
        if upgrade is not None:
            refuse_open(upgrade, refused)
        raise
    before, after = candidate.live, candidate.catalog
    changes = changes_between(before.effective, after.effective)
    if not changes and before.documents != after.documents:
        changes = changes_between(before.documents, after.documents)
    async with workspace.database.reading() as session:
        fields = Fields(session, candidate, workspace.settings.timezone)
        findings = [found async for found in fields.findings()]
        findings += [found async for found in _others(session, candidate)]
        findings += [found async for found in view_findings(session, fields.before, fields.after)]
        access = grant_changes(before.roles, after.roles, before.entities, after.entities)
        people = {role: await count_holders_of_role(session, role) for role in {one.role for one in access}}
        records = {
            name: await count_rows(session, after.entities[name].table)
            for name in {one.entity for one in access} & after.entities.keys()
            if after.entities[name].table in candidate.existing.columns
        }
        formulas = formulas_to_compute(candidate, fields.before, fields.after, fields.moves)
        return Plan(
            candidate=candidate,
            changes=_planned(changes, findings, after),
            storage=tuple([work async for work in _storage(session, candidate, fields, formulas)]),
            access=access,
            people=people,
            records=records,
            approvals=tuple([one async for one in _approvals(session, before, changes)]),
            moves=tuple(fields.moves),
            formulas=formulas,
            upgrade=upgrade,
        )


async def _others(session: Session, candidate: Candidate) -> AsyncIterator[Finding]:
    """Findings about entities, constraints and roles."""
    live, catalog = candidate.live, candidate.catalog
    decide: Class = "lossy" if candidate.going_back else "needsDecision"
    tables = {holder.table for holder in every_table(catalog)}
    for name, entity in live.entities.items():
        if entity.table not in tables:
            rows = await count_rows(session, entity.table)
            if rows:
                yield Finding("entity", name, "", "lossless", rows, ENTITY_GONE(rows=rows))
            if opened := await count_open_of_entity(session, name):
                yield Finding("entity", name, "", "needsDecision", opened, OPEN_GONE(rows=opened))
    for name, entity in catalog.entities.items():
        if candidate.going_back and entity.table not in candidate.existing.columns:
            yield Finding("entity", name, "", "lossy", 0, PURGED)
    for role in live.roles.keys() - catalog.roles.keys():
        if held := await count_holders_of_role(session, role):
            yield Finding("role", role, "", decide, held, ROLE_GONE(rows=held))
    async for found in _unique_together(session, candidate):
        yield found
    async for found in overlap_findings(session, candidate):
        yield found


async def _unique_together(session: Session, candidate: Candidate) -> AsyncIterator[Finding]:
    for entity in candidate.catalog.entities.values():
        was = candidate.live.entities.get(entity.name)
        known = {one.unique for one in was.constraints} if was is not None else set()
        there = candidate.existing.columns.get(entity.table)
        for constraint in entity.constraints:
            columns = [entity.fields[name].columns[0] for name in constraint.unique]
            new = constraint.unique and constraint.when is None and constraint.unique not in known
            if new and there is not None and all(column.name in there for column in columns):
                rows, samples = await equal_values(session, entity, columns)
                if rows:
                    path = f"constraints/{constraint.name}"
                    yield Finding(
                        "entity", entity.name, path, "needsDecision", rows, TWICE(rows=rows), samples
                    )


async def _approvals(
    session: Session, live: Catalog, changes: Sequence[Change]
) -> AsyncIterator[OpenApprovals]:
    names = {change.name for change in changes if change.kind == "approval"}
    for name in sorted(names & live.approvals.keys()):
        yield OpenApprovals(name, await count_open_approvals(session, name))


async def _storage(
    session: Session, candidate: Candidate, fields: Fields, formulas: dict[str, tuple[str, ...]]
) -> AsyncIterator[StorageWork]:
    existing = candidate.existing
    expansion = plan_expansion(candidate.catalog, existing, session.dialect)
    for holder in every_table(candidate.catalog):
        known = existing.columns.get(holder.table)
        if known is None:
            yield StorageWork("table", holder.table)
            continue
        for one in holder.fields.values():
            for column in one.columns:
                if column.name not in known:
                    yield StorageWork("column", f"{holder.table}.{column.name}")
    for entity, index in expansion.indexes:
        yield StorageWork("index", f"{entity.table} ({', '.join(one.name for one in index.columns)})")
    for move in fields.moves:
        rows = await count_rows(session, move.holder.table)
        what = "fill" if move.before is None else "convert"
        yield StorageWork(what, f"{move.holder.table}.{move.after.columns[0].name}", rows)
    for entity_name, paths in formulas.items():
        rows = await count_rows(session, candidate.catalog.entities[entity_name].table)
        yield StorageWork("compute", f"{entity_name}: {', '.join(paths)}", rows)


def _planned(
    changes: Sequence[Change], findings: Sequence[Finding], after: Catalog
) -> tuple[PlannedChange, ...]:
    """The changes with their findings; each finding, and the uses of each field, are told once."""
    return tuple(_with_findings(changes, list(findings), field_uses(after, changes)))


def _with_findings(
    changes: Sequence[Change], left: list[Finding], uses: Mapping[int, tuple[Use, ...]]
) -> Iterator[PlannedChange]:
    for change in changes:
        own = [one for one in left if _about(one, change)]
        left[:] = [one for one in left if one not in own]
        yield PlannedChange(
            change.kind,
            change.name,
            change.path,
            _worst(change, own),
            change,
            tuple(own),
            uses.get(id(change), ()),
        )
    for one in left:
        yield PlannedChange(one.kind, one.name, one.path, one.cls, None, (one,))


def _about(finding: Finding, change: Change) -> bool:
    if (finding.kind, finding.name) != (change.kind, change.name):
        return False
    path = change.path
    if change.what == "renamed":
        path = f"{path.rpartition('/')[0]}/{change.after}"
    here, there = f"{path}/", f"{finding.path}/"
    return not path or here.startswith(there) or there.startswith(here)


def _worst(change: Change, findings: Sequence[Finding]) -> Class:
    usual: Class = "lossless" if change.what in ("removed", "renamed") else "additive"
    return max([usual, *(one.cls for one in findings)], key=CLASSES.index)
