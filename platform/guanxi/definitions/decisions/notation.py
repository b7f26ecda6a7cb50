"""Cells as people write them in a grid or a spreadsheet, and back to what a definition holds.

`> 20`, `20..30`, `(20..30]`, `east, west`, `not east`, `missing`; `-` or nothing is a cell that says nothing.
A text that would read as something else stands in double quotes.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from guanxi.definitions.decisions.measures import NUMBERS, ORDERED
from guanxi.errors import N_, GuanxiError, Text

ANY = "-"
MISSING = "missing"
_SIGNS = {">=": "from", ">": "over", "<=": "upTo", "<": "below"}
_COMPARED = re.compile(r"(>=|>|<=|<|≥|≤)\s*(.+)", re.DOTALL)
_RANGE = re.compile(r"([\[(])?\s*(.+?)\s*\.\.\s*(.+?)\s*([\])])?", re.DOTALL)
_NEGATED = re.compile(r"not\s*(?=\()")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_YES, _NO = frozenset({"yes", "true", "是"}), frozenset({"no", "false", "否"})
_PEOPLE = {"people": True, "teams": True, "roles": True, "field": False, "managerOf": False, "chainOf": False}
_COMMAS, _OPENING, _CLOSING = ",，、", "([", ")]"
_LIST = re.compile(f"[{_COMMAS}]")

YES_OR_NO = N_("Write yes or no.")
NOTHING = N_("Write a value.")
UNREADABLE = N_(
    "“{text}” is not to be understood. Write a value, > 20, 20..30, a list, not ..., missing or -."
)
PEOPLE = N_("Write who, as in “roles director” or “managerOf owner”; several after a semicolon.")


class NotationProblem(GuanxiError):
    """A cell that cannot be read; `text` says what to write."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


def cell_of(text: str, kind: str) -> Any:
    """What a definition holds for a cell of an input of a type; None for a cell that says nothing.

    Raises:
        NotationProblem: it cannot be read.
    """
    text = text.strip()
    if text in ("", ANY):
        return None
    if _negated(text) is None and text.startswith("not ") and not text.startswith("not ("):
        return {"not": _listed(text[4:], kind)}
    return _listed(text, kind)


def cell_text(cell: Any, kind: str) -> str:
    """A cell as people write it; `cell_of` reads it back."""
    if cell is None:
        return ANY
    if isinstance(cell, Mapping) and "not" in cell:
        inner = _list_text(cell["not"], kind)
        return f"not({inner})" if inner.startswith(("(", "not")) else f"not {inner}"
    return _list_text(cell, kind)


def outcome_of(text: str, kind: str) -> Any:
    """What a definition holds for an output of a type; None for nothing.

    Raises:
        NotationProblem: it cannot be read.
    """
    text = text.strip()
    if not text:
        return None
    if kind == "who":
        return _who_of(text)
    if text.startswith("= "):
        return text
    return _literal(text, kind)


def outcome_text(outcome: Any, kind: str) -> str:
    """An output as people write it; `outcome_of` reads it back."""
    if outcome is None:
        return ""
    if isinstance(outcome, list):
        return _who_text(outcome)
    if isinstance(outcome, str) and outcome.startswith("= "):
        return outcome
    return _literal_text(outcome, kind)


def _listed(text: str, kind: str) -> Any:
    parts = [_test_of(one, kind) for one in _split(text)]
    return parts[0] if len(parts) == 1 else parts


def _split(text: str) -> list[str]:
    """The parts between commas that stand neither in quotes nor in brackets."""
    ends = [at for at, depth, char in _depths(text) if depth == 0 and char in _COMMAS]
    parts = [text[start + 1 : end].strip() for start, end in pairwise((-1, *ends, len(text)))]
    if "" in parts:
        raise NotationProblem(UNREADABLE(text=text) if len(parts) > 1 else NOTHING)
    return parts


def _negated(text: str) -> str | None:
    """What stands in the brackets of `not(...)`; None where the text is something else."""
    match = _NEGATED.match(text)
    if match is None:
        return None
    closed = next((at for at, depth, char in _depths(text) if char in _CLOSING and depth == 0), -1)
    return text[match.end() + 1 : -1] if closed == len(text) - 1 else None


def _depths(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character outside of quotes with its place, and how many brackets are open behind it."""
    depth, quoted = 0, False
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char in _OPENING) - (char in _CLOSING)
            yield at, depth, char


def _test_of(text: str, kind: str) -> Any:
    if text == MISSING:
        return {"missing": True}
    negated = _negated(text)
    if negated is not None:
        return {"not": _listed(negated, kind)}
    if kind in ORDERED:
        compared = _COMPARED.fullmatch(text)
        if compared:
            sign = compared[1].replace("≥", ">=").replace("≤", "<=")
            return {_SIGNS[sign]: _literal(compared[2].strip(), kind)}
        ranged = _RANGE.fullmatch(text)
        if ranged:
            low = "over" if ranged[1] == "(" else "from"
            high = "below" if ranged[4] == ")" else "upTo"
            return {low: _literal(ranged[2], kind), high: _literal(ranged[3], kind)}
    return _literal(text, kind)


def _literal(text: str, kind: str) -> Any:
    if text.startswith('"'):
        if len(text) < 2 or not text.endswith('"'):
            raise NotationProblem(UNREADABLE(text=text))
        return text[1:-1].replace('""', '"')
    if kind == "boolean":
        if text.lower() in _YES:
            return True
        if text.lower() in _NO:
            return False
        raise NotationProblem(YES_OR_NO)
    if kind in NUMBERS:
        plain = text.replace("−", "-")
        return int(plain) if _WHOLE.fullmatch(plain) else plain
    return text


def _list_text(cell: Any, kind: str) -> str:
    if isinstance(cell, list):
        return ", ".join(_test_text(one, kind) for one in cell)
    return _test_text(cell, kind)


def _test_text(test: Any, kind: str) -> str:
    if not isinstance(test, Mapping):
        return _literal_text(test, kind)
    if "missing" in test:
        return MISSING
    if "not" in test:
        return f"not({_list_text(test['not'], kind)})"
    low = next((key for key in ("over", "from") if key in test), "")
    high = next((key for key in ("below", "upTo") if key in test), "")
    if low and high:
        texts = [_literal_text(test[key], kind) for key in (low, high)]
        inner = "..".join(texts)
        return (
            inner
            if (low, high) == ("from", "upTo")
            else f"{'(' if low == 'over' else '['}{inner}{')' if high == 'below' else ']'}"
        )
    sign = next(sign for sign, key in _SIGNS.items() if key == (low or high))
    return f"{sign} {_literal_text(test[low or high], kind)}"


def _literal_text(value: Any, kind: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if kind in ("text", "select") and (
        text != text.strip()
        or text in ("", ANY, MISSING)
        or re.search(r'[,，、"()\[\]]', text)
        or text.startswith(("not ", "= "))
    ):
        return '"' + text.replace('"', '""') + '"'
    return text


def _who_of(text: str) -> Any:
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            raise NotationProblem(PEOPLE) from None
    found = []
    for part in text.split(";"):
        key, _, rest = part.strip().partition(" ")
        names = [one.strip() for one in _LIST.split(rest) if one.strip()]
        if key not in _PEOPLE or not names or (not _PEOPLE[key] and len(names) > 1):
            raise NotationProblem(PEOPLE)
        found.append({key: names if _PEOPLE[key] else names[0]})
    return found


def _who_text(selectors: Sequence[Any]) -> str:
    parts = []
    for one in selectors:
        if len(one) != 1 or next(iter(one)) not in _PEOPLE:
            return json.dumps(selectors, ensure_ascii=False)
        [(key, value)] = one.items()
        parts.append(f"{key} {', '.join(value) if isinstance(value, list) else value}")
    return "; ".join(parts)
