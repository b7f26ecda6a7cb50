"""Texts with places for values: `Order {{ number }}`. Values are put in; nothing else is carried out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guanxi.definitions.compiling import Compiling
from guanxi.expressions import Formula, ReferenceType

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """A text in parts: what is written as it is, and expressions whose value stands in their place."""

    parts: tuple[str | Formula, ...]

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The expressions, in order."""
        return tuple(part for part in self.parts if isinstance(part, Formula))

    @property
    def reads(self) -> frozenset[str]:
        """The record paths that the text needs."""
        return frozenset[str]().union(*(formula.reads for formula in self.formulas))


Templates = Mapping[str, Template]
"""A template by language tag."""


def read_templates(texts: Mapping[str, str], of: str, pointer: str, compiling: Compiling) -> Templates:
    """Read a text in several languages about records of entity `of`; problems are noted in `compiling`."""
    return MappingProxyType(
        {tag: read_template(text, of, f"{pointer}/{tag}", compiling) for tag, text in texts.items()}
    )


def read_template(text: str, of: str, pointer: str, compiling: Compiling) -> Template:
    """Read one text; a place that does not compile is left out, and noted."""
    parts: list[str | Formula] = []
    end = 0
    for place in _PLACE.finditer(text):
        _add(parts, text[end : place.start()], pointer, compiling)
        end = place.end()
        formula = _value(place, of, pointer, compiling)
        if formula is not None:
            parts.append(formula)
    _add(parts, text[end:], pointer, compiling)
    return Template(tuple(parts))


def _add(parts: list[str | Formula], text: str, pointer: str, compiling: Compiling) -> None:
    for brackets in ("{{", "}}"):
        if brackets in text:
            message = f'"{brackets}" stands alone'
            compiling.problem(pointer, message, "write a value as {{ total }}")
    if text:
        parts.append(text)


def _value(place: re.Match[str], of: str, pointer: str, compiling: Compiling) -> Formula | None:
    written = place[1].strip()
    offset = place.start(1) + place[1].find(written)
    formula = compiling.formula(written, of, None, pointer, offset=offset)
    if formula is not None and isinstance(formula.type, ReferenceType):
        message = f'"{written}" is a record, not a value'
        compiling.problem(pointer, message, f"write one of its fields, as in {written}.name")
        return None
    return formula
