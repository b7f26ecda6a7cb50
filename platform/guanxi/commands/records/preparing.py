"""From a payload to a record that could be saved: read, relate, complete, judge; all problems at once.

Creating, changing and previewing share this path, so a form shows just what saving would do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.records.collecting import collect_changed, collect_nothing
from guanxi.commands.records.files import fill_in_files
from guanxi.commands.records.relations import Related, refuse_references, relate
from guanxi.commands.records.showing import shows_of
from guanxi.commands.records.trees import refuse_circles
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields.references import LINK
from guanxi.definitions.role import Level
from guanxi.errors import Problem
from guanxi.records.checking import check_values
from guanxi.records.completing import complete, fill_defaults
from guanxi.records.conditions import refuse_by_condition
from guanxi.records.needs import Needs, needs_of, needs_of_paths
from guanxi.records.payload import Reading, read_payload
from guanxi.records.schema_check import check_schema
from guanxi.rules.constraints import broken_checks

PASSES = 3
"""How often completing may set a reference that leads to further values."""


@dataclass(slots=True)
class Prepared:
    """A record as it would be saved, and everything that is wrong with it."""

    record: dict[str, Any]
    given: frozenset[str]
    problems: list[Problem]
    related: Related
    needs: Needs


async def prepare(
    turn: Turn,
    entity: Entity,
    payload: object,
    before: Mapping[str, Any] | None,
    levels: Mapping[str, Level],
    *,
    form: bool,
) -> Prepared:
    """Work out the record that a payload makes of a new (`before` None) or a stored record.

    A `Reading` in place of a payload is what an effect sets: it may refer to what the actor cannot see.
    """
    effect = isinstance(payload, Reading)
    reading = (
        payload if isinstance(payload, Reading) else read_payload(entity, payload, levels, before, form=form)
    )
    record = _start(turn, entity, before)
    record.update(reading.values)
    reading.problems += await fill_in_files(turn, entity, record, before)
    given = frozenset(reading.given)
    needs = needs_of(entity) | needs_of_paths(entity, turn.access(entity.name).reads())
    related = Related()
    await _keep_unseen_links(turn, entity, record, before, needs, related)
    fill_defaults(entity, record, before, given, turn.variables)
    if before is None:
        collect_nothing(entity, record)
    for _ in range(PASSES):
        await relate(turn, entity, record, needs, related)
        known = _references(entity, record)
        complete(entity, record, before, given, turn.variables)
        if before is not None and await collect_changed(turn, entity, record, before):
            complete(entity, record, before, given, turn.variables)
        if _references(entity, record) == known:
            break
    problems = reading.problems
    seen = {problem.field for problem in problems}
    found = [
        *refuse_references(turn, entity, record, needs, related, given, unseen=effect),
        *await refuse_circles(turn, entity, record, before),
        *refuse_by_condition(entity, record, before, given, turn.variables),
        *check_values(entity, record, given),
    ]
    for problem in found:
        if problem.field not in seen:
            problems.append(problem)
            seen.add(problem.field)
    if not problems:
        shows = shows_of(turn, entity, record, levels, related)
        problems += broken_checks(entity, record, turn.variables, shows) or check_schema(entity, record)
    return Prepared(record, given, problems, related, needs)


async def _keep_unseen_links(
    turn: Turn,
    entity: Entity,
    record: dict[str, Any],
    before: Mapping[str, Any] | None,
    needs: Needs,
    related: Related,
) -> None:
    """What the actor was never shown cannot have been taken out by them: such links stay."""
    if before is None:
        return
    fields = [field for field in entity.line_fields if field.type == "references"]
    gone: dict[str, list[Any]] = {}
    for field in fields:
        left = {link[LINK] for link in record.get(field.name) or ()}
        gone[field.name] = [dict(link) for link in before.get(field.name) or () if link[LINK] not in left]
    if not any(gone.values()):
        return
    await relate(turn, entity, {**before, **gone}, needs, related)
    for field in fields:
        to = field.lines.fields[LINK].to or "" if field.lines is not None else ""
        record[field.name] += [link for link in gone[field.name] if (to, link[LINK]) not in related.titles]


def _start(turn: Turn, entity: Entity, before: Mapping[str, Any] | None) -> dict[str, Any]:
    if before is not None:
        return {key: [dict(line) for line in v] if isinstance(v, list) else v for key, v in before.items()}
    stages = turn.catalog.stages.get(entity.name)
    record: dict[str, Any] = {stages.field: stages.initial} if stages is not None else {}
    by = turn.actor.user_id
    return record | {
        "id": None,
        "version": 1,
        "created_at": turn.now,
        "created_by": by,
        "updated_at": turn.now,
        "updated_by": by,
    }


def _references(entity: Entity, record: Mapping[str, Any]) -> list[Any]:
    """The references of the record, to see whether completing has set another."""
    own = [record.get(name) for name, field in entity.fields.items() if field.type == "reference"]
    for field in entity.line_fields:
        if field.lines is not None:
            for line in record.get(field.name) or ():
                own += [line.get(n) for n, inner in field.lines.fields.items() if inner.type == "reference"]
    return own
