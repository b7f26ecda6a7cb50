"""Why an expression is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from guanxi.errors import N_, GuanxiError, Text

WITH_ADVICE = N_("{problem} {advice}")


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One thing wrong with an expression.

    `code` is stable for programs, `advice` says what to write instead, `offset` counts the characters before
    the place. `message` and `hint` are the same in English.
    """

    code: str
    text: Text
    advice: Text | None = None
    offset: int = 0

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return str(self.text)

    @property
    def hint(self) -> str:
        """What to write instead, in English; empty where there is no advice."""
        return str(self.advice or "")

    @property
    def told(self) -> Text:
        """What is wrong and what to write instead."""
        return self.text if self.advice is None else WITH_ADVICE(problem=self.text, advice=self.advice)

    def __str__(self) -> str:
        return str(self.told)


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


def finding(code: str, text: Text, advice: Text | None = None, offset: int = 0) -> Finding:
    """A finding with one problem, to be raised."""
    return Finding(ExpressionProblem(code, text, advice, offset))


def did_you_mean(name: str, known: Iterable[str], otherwise: Text | None = None) -> Text | None:
    """Advice with the known names nearest to `name`."""
    near = get_close_matches(name, list(known), n=2, cutoff=0.6)
    match near:
        case [one]:
            return N_("Did you mean '{name}'?", name=one)
        case [one, other]:
            return N_("Did you mean '{name}' or '{other}'?", name=one, other=other)
        case _:
            return otherwise
