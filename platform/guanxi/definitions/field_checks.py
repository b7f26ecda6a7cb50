"""What must hold of a field besides the shape of its definition."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Field
from guanxi.definitions.naming import check_member
from guanxi.definitions.shapes import unit_of
from guanxi.expressions.types import CollectionType, ReferenceType, Shape

Data = Mapping[str, Any]

BOUNDS: Mapping[str, tuple[str, str]] = {
    "date": ("day", "2026-01-31"),
    "time": ("time of the day", "09:30"),
    "duration": ("duration", "PT1H30M"),
}
"""What a bound of these types is called, and one; bounds of other types are judged by their schema."""
RESTARTS: Mapping[str, tuple[str, ...]] = {
    "never": (),
    "year": ("{year}",),
    "month": ("{year}", "{month}"),
    "day": ("{year}", "{month}", "{day}"),
}
"""What a number must hold, by when counting starts again, so that none repeats."""


def check_field(field: Field, data: Data, root: str, pointer: str, compiling: Compiling) -> None:
    """Note everything about the field that cannot be."""
    check_member(field.name, pointer, compiling, line="." in root)
    for check in (_filling, _bounds, _options, _reference, _money, _sequence, _condition_of_required):
        check(field, data, pointer, compiling)
    if field.tree and field.to != root and field.to in compiling.catalog_names("entity"):
        message = "only references to the own entity form a tree"
        compiling.problem(f"{pointer}/tree", message, f'remove "tree", or refer to {root}')
    _formula_source(field, root, pointer, compiling)
    _other_sources(field, root, pointer, compiling)


def _filling(field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    """A formula is the only source of its field."""
    for key in ("default", "suggest", "required", "readOnly", "requiredWhen", "readOnlyWhen"):
        if "formula" in data and key in data:
            compiling.problem(
                f"{pointer}/{key}", f'a field with a formula has no "{key}"', "remove one of them"
            )
    if field.read_only and not {"default", "suggest", "formula"} & set(data) and field.required:
        compiling.problem(
            f"{pointer}/readOnly", "nobody can fill a required field that is read-only", "add a default"
        )


def _bounds(field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    for key in ("min", "max"):
        if field.type in BOUNDS and key in data and getattr(field, key) is None:
            what, example = BOUNDS[field.type]
            message = f'there is no {what} "{data[key]}"'
            compiling.problem(f"{pointer}/{key}", message, f"write a {field.type} such as {example}")
    low, high = field.min, field.max
    if low is not None and high is not None and low > high:  # type: ignore[operator]  # both are of the field's type
        compiling.problem(f"{pointer}/min", f"min {low} is more than max {high}", "swap them")


def _options(_field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    if "options" in data:
        compiling.distinct(data["options"], f"{pointer}/options")


def _reference(field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    if field.targets:
        for index, name in enumerate(field.targets):
            compiling.known("entity", name, f"{pointer}/to/{index}")
        for key in ("inverse", "choices", "tree", "unique", "default", "suggest", "formula"):
            if key in data:
                message = f'a reference to one of several entities has no "{key}"'
                compiling.problem(f"{pointer}/{key}", message, "remove it, or refer to one entity")
        if field.required and field.on_delete == "clear":
            message = "a required reference cannot be emptied"
            compiling.problem(f"{pointer}/onDelete", message, 'write "restrict"')
    if field.to is None:
        return
    compiling.known("entity", field.to, f"{pointer}/to")
    if field.required and field.on_delete == "clear":
        compiling.problem(f"{pointer}/onDelete", "a required reference cannot be emptied", 'write "restrict"')
    if field.inverse is not None:
        check_member(field.inverse, f"{pointer}/inverse", compiling)


def _money(field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    if field.type == "money" and unit_of(data) is None:
        message = f'"{data["currency"]}" is neither a currency code nor a path'
        compiling.problem(
            f"{pointer}/currency", message, 'write "CNY", or "= " and a path such as "= account.currency"'
        )


def _sequence(field: Field, _data: Data, pointer: str, compiling: Compiling) -> None:
    if field.type != "sequence":
        return
    written = field.format or ""
    if written.count("{n") != 1:
        compiling.problem(
            f"{pointer}/format", "a sequence has {n} exactly once", 'write for example "SO-{year}-{n:05}"'
        )
    needed = RESTARTS[field.restart]
    for part in needed:
        if part not in written:
            message = f"numbers that restart every {field.restart} would repeat without {part}"
            compiling.problem(f"{pointer}/format", message, f"add {part}")


def _condition_of_required(field: Field, data: Data, pointer: str, compiling: Compiling) -> None:
    if field.required and "requiredWhen" in data:
        compiling.problem(
            f"{pointer}/requiredWhen", "the field is required anyway", 'remove "required" or "requiredWhen"'
        )


def _formula_source(field: Field, root: str, pointer: str, compiling: Compiling) -> None:
    """A stored result must follow from what is saved, or it would be wrong without anybody saving."""
    formula = field.formula
    if formula is None:
        return
    if formula.variables:
        names = ", ".join(sorted(formula.variables))
        message = f"a formula is kept with the record, so it cannot follow {names}"
        compiling.problem(f"{pointer}/formula", message, "read a date of the record")
    for path in sorted(formula.reads):
        place = _collection_inside(compiling.workshop.shapes, root, path)
        if place:
            message = f'a formula reads other records of the record itself, and "{path}" those of another'
            hint = f'give what "{place}" leads to a formula of its own, and read that'
            compiling.problem(f"{pointer}/formula", message, hint)
            return


def _other_sources(field: Field, root: str, pointer: str, compiling: Compiling) -> None:
    """What a form does while somebody fills it in follows from the record and what it refers to."""
    conditions = {
        "suggest": field.suggest,
        "visibleWhen": field.visible_when,
        "requiredWhen": field.required_when,
        "readOnlyWhen": field.read_only_when,
        "assignWhen": field.assign_when,
    }
    members = compiling.workshop.shapes[root].members
    for key, formula in conditions.items():
        for path in sorted(formula.reads) if formula is not None else ():
            member = members.get(path.partition(".")[0])
            if isinstance(member, CollectionType) and member.via is not None:
                message = f'this cannot read the other records "{path.partition(".")[0]}"'
                compiling.problem(f"{pointer}/{key}", message, "read a field whose formula collects them")
                break


def _collection_inside(shapes: Mapping[str, Shape], root: str, path: str) -> str:
    """What leads to a collection that is not the record's own; empty where there is none."""
    shape, way, through = shapes[root], "", False
    for name in path.split("."):
        member = shapes[shape.parent or ""] if name == "parent" and shape.parent else shape.members.get(name)
        others = isinstance(member, CollectionType) and (member.via is not None or through)
        if others and way:
            return way
        through = through or others or isinstance(member, ReferenceType)
        way = f"{way}.{name}" if way else name
        entity = str(getattr(member, "entity", ""))
        if entity not in shapes:
            return ""
        shape = shapes[entity]
    return ""
