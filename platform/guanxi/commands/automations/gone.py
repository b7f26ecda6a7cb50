"""Automations about a record that is not there any more: they see it as it was."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.approvals.case import Case
from guanxi.commands.effects.carrying import carry_out
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.pending import Given
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.records.difference import stored_keys
from guanxi.workflow import CarryOut
from guanxi.workflow.encoding import decode


def as_it_was(entity: Entity, id_: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The record that the audit kept these values of when it was deleted."""
    record: dict[str, Any] = dict.fromkeys(stored_keys(entity))
    record |= {"id": id_, "version": 0}
    for name, value in values.items():
        field = entity.fields.get(name)
        if field is not None and field.lines is not None:
            empty = dict.fromkeys(stored_keys(field.lines))
            rows = ({key: decode(one) for key, one in line.items()} for line in value)
            record[name] = [{**empty, **row, "parent": record} for row in rows]
        else:
            record[name] = decode(value)
    for field in entity.line_fields:
        record.setdefault(field.name, [])
    return record


async def carry_out_gone(turn: Turn, case: Case) -> None:
    """Carry out the effects of an automation whose record is gone: only what reaches beyond it."""
    mine = [one for one in turn.pending if isinstance(one, Given) and one.instance_id == case.instance.id]
    for given in mine:
        turn.pending.remove(given)
        if isinstance(given.output, CarryOut):
            occasion = f"instance {given.instance_id} {given.output.key}"
            id_ = case.instance.record_id
            effecting = Effecting(case.entity, id_, case.process.label, key=occasion, gone=case.record)
            await carry_out(turn, effecting, (given.output.effect,))
