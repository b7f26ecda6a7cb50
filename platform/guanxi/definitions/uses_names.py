"""The names in an expression, each with its place in the text and what it stands for."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guanxi.definitions.compiling import Part
from guanxi.definitions.shapes import led_back_by
from guanxi.expressions import ExpressionError
from guanxi.expressions.parse import dotted, end_of, offset_of, parse
from guanxi.expressions.types import CollectionType, OptionsType, ReferenceType, Shapes, TextType, Type

THIS, OWNER = "this", "parent"


@dataclass(frozen=True, slots=True)
class InText:
    """A name in an expression: what it stands for, and its characters.

    Where `start` is `end` the text does not hold the name itself: an inverse stands for the reference that
    it turns round.
    """

    part: Part
    name: str
    start: int
    end: int


def names_in(text: str, shapes: Shapes, root: str) -> list[InText]:
    """The fields and options that an expression over records of `root` names; none if it is no expression."""
    try:
        tree = parse(text)
    except ExpressionError:
        return []
    return list(_Reader(text, shapes, root).names(tree, {})) if root in shapes else []


def constants_in(text: str) -> Iterator[tuple[str, int, int]]:
    """The texts that an expression holds, with their characters."""
    try:
        tree = parse(text)
    except ExpressionError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, offset_of(node, text), end_of(node, text)


@dataclass(frozen=True, slots=True)
class _End:
    """Where a path ends: the member, and the entity that it leads to."""

    entity: str | None
    member: tuple[str, str] | None = None
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks the tree of one expression; `rows` are the names of rows, with their entities."""

    text: str
    shapes: Shapes
    root: str

    def names(self, node: ast.AST, rows: Mapping[str, str]) -> Iterator[InText]:
        """All names below a node."""
        match node:
            case ast.Name() | ast.Attribute():
                yield from self._follow(node, rows)[0]
            case ast.Call(args=arguments):
                for argument in arguments:
                    yield from self.names(argument, rows)
            case ast.GeneratorExp(elt=element, generators=[loop]):
                found, end = self._follow(loop.iter, rows)
                yield from found
                row = {loop.target.id: end.entity} if isinstance(loop.target, ast.Name) and end.entity else {}
                for part in (element, *loop.ifs):
                    yield from self.names(part, {**rows, **row})
            case _:
                if isinstance(node, ast.Compare):
                    yield from self._options(node, rows)
                for child in ast.iter_child_nodes(node):
                    yield from self.names(child, rows)

    def _follow(self, node: ast.expr, rows: Mapping[str, str]) -> tuple[list[InText], _End]:
        """The members along a path, and where it ends."""
        found: list[InText] = []
        names = dotted(node)
        if not names:
            return found, _End(None)
        first = names[0][0]
        end = _End(rows.get(first, self.root))
        for name, part in names[1:] if first in rows or first == THIS else names:
            shape = self.shapes.get(end.entity or "")
            if shape is None:
                break
            type_ = shape.members.get(name)
            if type_ is None and name == OWNER and shape.parent:
                end = _End(shape.parent)
                continue
            if type_ is None:
                break
            stop = end_of(part, self.text)
            if isinstance(type_, CollectionType) and type_.via:
                holder, via = led_back_by(type_)
                found.append(InText(Part("field", holder), via, stop, stop))
            else:
                found.append(InText(Part("field", shape.entity), name, stop - len(name), stop))
            entity = type_.entity if isinstance(type_, ReferenceType | CollectionType) else None
            if isinstance(type_, CollectionType) and type_.through:
                links = self.shapes[type_.entity]
                link = links.members.get(type_.through)
                entity = link.entity if isinstance(link, ReferenceType) else links.parent
            end = _End(entity, (shape.entity, name), type_)
        return found, end

    def _options(self, node: ast.Compare, rows: Mapping[str, str]) -> Iterator[InText]:
        """The texts that a field with options is compared with."""
        sides = [node.left, *node.comparators]
        for side in sides:
            for path in ast.walk(side):
                end = (
                    self._follow(path, rows)[1] if isinstance(path, ast.Name | ast.Attribute) else _End(None)
                )
                options = end.type.options if isinstance(end.type, TextType | OptionsType) else None
                if options is None or end.member is None:
                    continue
                part = Part("option", ".".join(end.member))
                for other in sides:
                    for one in ast.walk(other) if other is not side else ():
                        if isinstance(one, ast.Constant) and one.value in options:
                            yield InText(part, one.value, offset_of(one, self.text), end_of(one, self.text))
