"""What a test run of an approval rests on: a record, perhaps with other values, and the people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import complete_content
from guanxi.commands.processes.around import around_process
from guanxi.commands.records.finding import find_record
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.searching import hits_of
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.views import Hit
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.role import Level
from guanxi.errors import N_, Conflict, NotFound, Problem
from guanxi.storage.history import last_editors
from guanxi.storage.organisation import load_organisation
from guanxi.storage.people import titles_of_users
from guanxi.workflow import Facts

HAS_PROBLEMS = N_("The draft has problems. Solve them to make a test run.")
NOT_THERE = N_("There is no such approval in the draft. Somebody may have discarded it.")
SAMPLES = 30
FILLED = ("integer", "decimal", "percent", "money", "boolean", "select", "text", "date", "rating")
"""The types of fields of which a test run can try another value."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: an approval on a record (None: an empty one) of somebody, with `values` by path."""

    approval: str
    record: int | None
    submitter: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """The facts of a test run. `fields` are those whose values can be tried, by path, with the value.

    `problems` are values that cannot be read. `samples` are records to choose from.
    """

    process: Approval
    facts: Facts
    now: datetime
    editors: Mapping[str, tuple[int, ...]]
    people: Mapping[int, str]
    samples: tuple[Hit, ...]
    fields: tuple[tuple[str, Field, Any], ...]
    problems: tuple[Problem, ...]


async def trial_facts(workspace: Workspace, actor: Actor, draft: Drafted, trial: Trial) -> Tried:
    """Load what a test run rests on. Nothing is written.

    Raises:
        Forbidden: the actor may not change the configuration.
        NotFound: there is no such approval, or the record is not there or not to be seen.
        Conflict: the draft has problems.
    """
    require_studio(await workspace.live(), actor)
    catalog = draft.catalog
    if catalog is None:
        raise Conflict(HAS_PROBLEMS)
    process = catalog.approvals.get(trial.approval)
    if process is None:
        raise NotFound(NOT_THERE)
    entity = catalog.entities[process.of]

    async def work(turn: Turn) -> Tried:
        shown = replace(turn, catalog=catalog, stored=turn.catalog)
        before, samples, editors = None, [], {}
        if entity.name in turn.catalog.entities:
            live = turn.catalog.entities[entity.name]
            samples = await hits_of(turn, live, "", SAMPLES)
            if trial.record is not None:
                found, _ = await find_record(turn, live, trial.record)
                before = {**dict.fromkeys(entity.fields), **found}
                editors = dict(await last_editors(turn.session, live, trial.record))
        levels: dict[str, Level] = dict.fromkeys(entity.fields, "write")
        payload, offered = _payload(entity, process, trial.values, before)
        prepared = await prepare(shown, entity, payload, before, levels, form=True)
        record = prepared.record
        await complete_content(shown, entity, record, process)
        organisation = await load_organisation(turn.session)
        outside = await around_process(shown, catalog, process, record, trial.submitter)
        return Tried(
            process=process,
            facts=Facts(record, organisation, turn.today, turn.zone.key, outside),
            now=turn.now,
            editors=editors,
            people=await titles_of_users(turn.session, turn.catalog, set(organisation.people)),
            samples=tuple(samples),
            fields=tuple((path, field, _at(record, path)) for path, field in offered),
            problems=tuple(one for one in prepared.problems if _about(one, trial.values)),
        )

    return await workspace.read(actor, work)


def _payload(
    entity: Entity, process: Approval, values: Mapping[str, str], before: Mapping[str, Any] | None
) -> tuple[dict[str, Any], list[tuple[str, Field]]]:
    """The values that are tried as a form would send them; of lines, on each line, or on a first one."""
    offered = list(dict(_offered(entity, process.reads)).items())
    payload: dict[str, Any] = {}
    for path, _ in offered:
        text = values.get(path, "").strip()
        head, _, name = path.partition(".")
        if text and not name:
            payload[head] = text
        elif text:
            stored = (before or {}).get(head) or ()
            lines = payload.setdefault(head, [{"id": str(one["id"])} for one in stored] or [{}])
            for line in lines:
                line[name] = text
    return payload, offered


def _offered(entity: Entity, reads: frozenset[str], depth: int = 0) -> Iterator[tuple[str, Field]]:
    """The fields that paths read, those that computed ones are made of in their place."""
    for path in sorted(reads):
        head, _, name = path.partition(".")
        field = entity.fields.get(head)
        if field is None or depth > len(entity.fields):
            continue
        if field.formula is not None:
            yield from _offered(entity, field.formula.reads, depth + 1)
        elif field.lines is not None and field.type == "lines":
            inner = field.lines.fields.get(name.partition(".")[0])
            if inner is not None and inner.formula is not None:
                below = frozenset(f"{head}.{one}" for one in inner.formula.reads)
                yield from _offered(entity, below, depth + 1)
            elif inner is not None and inner.type in FILLED:
                yield f"{head}.{inner.name}", inner
        elif field.type in FILLED:
            yield head, field


def _at(record: Mapping[str, Any], path: str) -> Any:
    """The value at a path; of lines, that of the first."""
    head, _, name = path.partition(".")
    if not name:
        return record.get(head)
    lines = record.get(head) or ()
    return lines[0].get(name) if lines else None


def _about(problem: Problem, values: Mapping[str, str]) -> bool:
    parts = problem.field.strip("/").split("/")
    path = ".".join(part for part in parts if not part.isdigit())
    return bool(values.get(path, "").strip()) and problem.code not in ("required", "read_only")
