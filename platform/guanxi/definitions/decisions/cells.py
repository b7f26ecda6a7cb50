"""Cells of decision tables: what each says of one value; None is missing."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell(ABC):
    """Root of the cells."""

    @abstractmethod
    def holds(self, value: Any) -> bool:
        """Whether the cell holds for a value."""


@dataclass(frozen=True, slots=True)
class Among(Cell):
    """The value is one of these."""

    values: frozenset[Any]

    def holds(self, value: Any) -> bool:
        """Whether it is one of them; missing is none."""
        return value in self.values


@dataclass(frozen=True, slots=True)
class Range(Cell):
    """The value is there and within bounds; None is no bound."""

    low: Any = None
    high: Any = None
    open_low: bool = False
    """The low bound itself is outside."""
    open_high: bool = False

    def holds(self, value: Any) -> bool:
        """Whether it lies within; missing does not."""
        if value is None:
            return False
        low, high = self.low, self.high
        if low is not None and (value <= low if self.open_low else value < low):
            return False
        return high is None or bool(value < high if self.open_high else value <= high)


@dataclass(frozen=True, slots=True)
class Missing(Cell):
    """The value is missing."""

    def holds(self, value: Any) -> bool:
        """Whether it is missing."""
        return value is None


@dataclass(frozen=True, slots=True)
class Except(Cell):
    """The value is there, and another cell does not hold for it."""

    cell: Cell

    def holds(self, value: Any) -> bool:
        """Whether it is there and is not that."""
        return value is not None and not self.cell.holds(value)


@dataclass(frozen=True, slots=True)
class AnyOf(Cell):
    """One of several cells holds."""

    cells: tuple[Cell, ...]

    def holds(self, value: Any) -> bool:
        """Whether one of them holds."""
        return any(cell.holds(value) for cell in self.cells)


def constants(cell: Cell) -> frozenset[Any]:
    """The values that a cell names one by one."""
    match cell:
        case Among():
            return cell.values
        case Except():
            return constants(cell.cell)
        case AnyOf():
            return frozenset().union(*map(constants, cell.cells))
        case _:
            return frozenset()


def ranges(cell: Cell) -> tuple[Range, ...]:
    """The ranges within a cell."""
    match cell:
        case Range():
            return (cell,)
        case Except():
            return ranges(cell.cell)
        case AnyOf():
            return tuple(one for inner in cell.cells for one in ranges(inner))
        case _:
            return ()
