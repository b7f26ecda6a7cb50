"""What must hold of a constraint by which records do not have a resource at the same time."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Field
from guanxi.definitions.suggestions import nearest

RESOURCES = ("reference", "select", "text", "integer")
TIMES = ("date", "datetime")


def check_no_overlap(
    item: Mapping[str, Any], fields: Mapping[str, Field], root: str, pointer: str, compiling: Compiling
) -> None:
    """Note everything about the constraint that cannot be."""
    if "noOverlap" not in item:
        for key in ("start", "end"):
            if key in item:
                compiling.problem(f"{pointer}/{key}", f'"{key}" is for "noOverlap"', "remove it")
        return
    if "." in root:
        compiling.problem(f"{pointer}/noOverlap", "lines cannot have it", "write it on the entity")
    for index, name in enumerate(item["noOverlap"]):
        _check(name, fields, RESOURCES, root, f"{pointer}/noOverlap/{index}", compiling)
    for key in ("start", "end"):
        if key not in item:
            compiling.problem(pointer, f'"{key}" is missing', "name a field of type date or datetime")
        else:
            _check(item[key], fields, TIMES, root, f"{pointer}/{key}", compiling)
    kinds = {fields[item[key]].type for key in ("start", "end") if item.get(key) in fields}
    if len(kinds) > 1:
        compiling.problem(f"{pointer}/end", "start and end are of different types", "use one type for both")


def _check(
    name: str,
    fields: Mapping[str, Field],
    types: tuple[str, ...],
    root: str,
    pointer: str,
    compiling: Compiling,
) -> None:
    known = compiling.one_of(name, fields, Part("field", root), pointer)
    if known and fields[name].type not in types:
        fitting = [key for key, field in fields.items() if field.type in types]
        message = f'"{name}" is of type {fields[name].type}; it must be {" or ".join(types)}'
        compiling.problem(pointer, message, nearest(name, fitting))
