"""Why an expression is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from guanxi.errors import GuanxiError


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One thing wrong with an expression.

    `code` is stable for programs, `hint` says what to write instead (may be empty), `offset` counts the
    characters before the place.
    """

    code: str
    message: str
    hint: str = ""
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ExpressionError(GuanxiError):
    """A text that is no expression over the given shapes; `problems` holds all that was found."""

    def __init__(self, problems: Sequence[ExpressionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Finding(Exception):
    """Ends the checking of one part of an expression; its neighbours are still looked at."""

    def __init__(self, *problems: ExpressionProblem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def finding(code: str, message: str, hint: str = "", offset: int = 0) -> Finding:
    """A finding with one problem, to be raised."""
    return Finding(ExpressionProblem(code, message, hint, offset))


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint with the known names nearest to `name`."""
    near = get_close_matches(name, list(known), n=2, cutoff=0.6)
    if not near:
        return otherwise
    return f"Did you mean {' or '.join(repr(one) for one in near)}?"
