"""In which order the computed fields of a record are computed."""

from collections.abc import Mapping

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Entity, Field

Graph = Mapping[str, frozenset[str]]


def computation_order(entity: Entity, pointer: str, compiling: Compiling) -> tuple[str, ...]:
    """The fields with a formula or suggestion, each after those that it reads.

    The lines of a field are completed together, so they stand in the order as one. A circle is noted as a
    problem with its path, and the rest of the order is then of no use.
    """
    graph = {name: _needs(field) for name, field in entity.fields.items() if _computes(field)}
    graph = {name: (needs & graph.keys()) for name, needs in graph.items()}
    ordered: list[str] = []
    for name in graph:
        circle = _visit(name, graph, ordered, ())
        if circle:
            key = "formula" if entity.fields[circle[0]].formula else "suggest"
            where = f"{pointer}/fields/{circle[0]}"
            message = f"the computed fields go round in a circle: {' -> '.join(circle)}"
            compiling.problem(
                where if entity.fields[circle[0]].lines else f"{where}/{key}", message, "break it"
            )
            return ()
    return tuple(ordered)


def check_currencies(entity: Entity, pointer: str, compiling: Compiling) -> None:
    """A currency is known before anything is computed, so it cannot come from a computed field."""
    for field in entity.fields.values():
        formula = field.currency.formula if field.currency else None
        for path in formula.reads if formula else ():
            source = entity.fields.get(path.split(".")[0])
            if source is not None and (source.formula or source.suggest):
                where = f"{pointer}/fields/{field.name}/currency"
                message = f'the currency cannot come from the computed field "{source.name}"'
                compiling.problem(where, message, "read an entered field or a reference")


def _computes(field: Field) -> bool:
    if field.lines is not None:
        return any(map(_computes, field.lines.fields.values()))
    return field.formula is not None or field.suggest is not None


def _needs(field: Field) -> frozenset[str]:
    """The fields of the same record that must be there before."""
    if field.lines is None:
        return frozenset(path.split(".")[0] for path in _reads(field))
    inner = frozenset().union(*map(_reads, field.lines.fields.values()))
    return frozenset(path.split(".")[1] for path in inner if path.startswith("parent."))


def _reads(field: Field) -> frozenset[str]:
    return frozenset().union(*(formula.reads for formula in (field.formula, field.suggest) if formula))


def _visit(name: str, graph: Graph, ordered: list[str], path: tuple[str, ...]) -> tuple[str, ...]:
    """Put a field and what it needs into the order; the circle, if there is one."""
    if name in path:
        return (*path[path.index(name) :], name)
    if name in ordered:
        return ()
    for need in sorted(graph[name]):
        circle = _visit(need, graph, ordered, (*path, name))
        if circle:
            return circle
    ordered.append(name)
    return ()
