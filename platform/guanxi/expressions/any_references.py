"""Comparing a reference to one of several entities with one that always leads to the same."""

from collections.abc import Sequence
from dataclasses import replace

from guanxi.expressions.nodes import Both, Call, Compare, Comparison, Literal, Member, Node, Not
from guanxi.expressions.resolve import Resolver, Span
from guanxi.expressions.types import BOOLEAN, TEXT, AnyReferenceType, ReferenceType


def compare_any(sides: Sequence[Node], operator: Comparison, span: Span, resolver: Resolver) -> Node | None:
    """`about == account`: the entity and the id are compared; None where the sides are others.

    Like any comparison it is false when a side is missing.
    """
    left, right = sides
    mixed, plain = (left, right) if isinstance(left.type, AnyReferenceType) else (right, left)
    if not isinstance(mixed, Member) or not isinstance(mixed.type, AnyReferenceType):
        return None
    if not isinstance(plain.type, ReferenceType) or plain.type.entity not in mixed.type.entities:
        return None
    if operator not in ("==", "!="):
        return None
    *way, name = mixed.keys
    kind = resolver.read(replace(mixed, type=TEXT, keys=(*way, f"{name}.entity")))
    key = resolver.read(replace(mixed, type=plain.type, keys=(*way, f"{name}.id")))
    place = (BOOLEAN, span.offset, span.end)
    wanted = Literal(TEXT, mixed.offset, mixed.end, plain.type.entity)
    same = Both(*place, (Compare(*place, "==", kind, wanted), Compare(*place, "==", key, plain)))
    if operator == "==":
        return same
    there = (Not(*place, Call(*place, "missing", (one,))) for one in (mixed, plain))
    return Both(*place, (*there, Not(*place, same)))
