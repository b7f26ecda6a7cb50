"""Reading what a person is asked for before an action or a transition: fields that are not stored."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.labels import humanised
from guanxi.definitions.order import check_currencies, computation_order
from guanxi.definitions.read_field import read_field
from guanxi.definitions.record_schema import input_schema
from guanxi.definitions.shapes import plain_entity, unit_of
from guanxi.expressions.types import ReferenceType, Shape, Type

INPUT = "input"
STORED = ("unique", "index", "inverse", "onDelete", "tree", "formula", "audit", "renamedFrom")
"""Options of fields that only make sense for what is kept."""


def read_input(
    data: Mapping[str, Any] | None, of: str, name: str, pointer: str, compiling: Compiling
) -> tuple[Entity | None, str]:
    """The fields that are asked for by `name`, an action or transition of the entity `of`.

    They are like one line of the record: they read it behind `parent.`. Also returns the name of the shape
    that effects read: that of the record, with `input` beside its own fields.
    """
    if data is None:
        return None, of
    workshop, root = compiling.workshop, f"{of}:{name}"
    if INPUT in workshop.shapes[of].members:
        compiling.problem(pointer, f'{of} has a field "{INPUT}" already', "give that field another name")
        return None, of
    plain = plain_entity(root, {"name": name, "fields": data}, None)
    members = {key: _type(one, data[key]) for key, one in plain.fields.items()}
    record = workshop.shapes[of]
    workshop.shapes = {
        **workshop.shapes,
        root: Shape(root, members, parent=of),
        f"{root}:{INPUT}": Shape(
            record.entity, {**record.members, INPUT: ReferenceType(root)}, record.parent
        ),
    }
    fields = {}
    for key, one in plain.fields.items():
        for option in STORED:
            if option in data[key]:
                message = f'nothing is stored of it, so it has no "{option}"'
                compiling.problem(f"{pointer}/{key}/{option}", message, "remove it")
        fields[key] = read_field(one, data[key], root, f"{pointer}/{key}", compiling)
    asked = replace(plain, label=humanised(name), parent=of, fields=MappingProxyType(fields))
    check_currencies(asked, "", compiling)
    asked = replace(asked, order=computation_order(asked, pointer, compiling))
    return replace(asked, schema=input_schema(asked)), f"{root}:{INPUT}"


def _type(plain: Field, data: Mapping[str, Any]) -> Type:
    return FIELD_TYPES[plain.type].expression_type(plain, unit_of(data))
