"""The rows of a decision table as CSV: for spreadsheets, and back.

The first line names the columns: `name`, `if discount` for each input, `then level` for each output. A line
called `(otherwise)` holds what is answered where no row hits.
"""

import copy
import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.definitions.decisions.notation import (
    NotationProblem,
    cell_of,
    cell_text,
    outcome_of,
    outcome_text,
)
from guanxi.definitions.suggestions import nearest
from guanxi.errors import N_, Invalid, Problem, Text

Data = Mapping[str, Any]
NAME, OTHERWISE = "name", "(otherwise)"
_FORMULA = ("=", "+", "@", "\t", "'")
"""What a spreadsheet would take for a formula of its own stands behind an apostrophe."""

NOT_READ = N_("The file was not taken over. Correct what is listed and send it again.")
EMPTY = N_("The file is empty. Its first line names the columns.")
NOT_CSV = N_("The file is not CSV in UTF-8.")
UNKNOWN = N_("Line 1: there is no column “{column}”. {hint}")
LACKING = N_("Line 1: the column “{column}” is missing.")
TWICE = N_("Line 1: the column “{column}” occurs twice.")
AT = N_("Line {line}, {column}: {text}")
NO_NAME = N_("Write the name of the row.")
TOO_MANY = N_("Line {line}: more cells than columns.")


def types_of(data: Data, tables: Mapping[str, Data], seen: frozenset[str] = frozenset()) -> dict[str, str]:
    """The types of the inputs (`if ...`) and outputs (`then ...`) of a definition."""
    found = {}
    for item in data["inputs"]:
        kind = item.get("type", "text")
        used = tables.get(item.get("decision", ""))
        if used is not None and used["name"] not in seen:
            inner = types_of(used, tables, seen | {data["name"]})
            outputs = [one["name"] for one in used["outputs"]]
            kind = inner.get(f"then {item.get('output', outputs[0])}", "text")
        found[f"if {item['name']}"] = kind
    counting = data["hit"] == "count"
    for item in data["outputs"]:
        found[f"then {item['name']}"] = "integer" if counting else item["type"]
    return found


def table_csv(data: Data, tables: Mapping[str, Data]) -> str:
    """The rows of a definition as CSV."""
    kinds = types_of(data, tables)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([NAME, *kinds])
    for row in data["rows"]:
        cells = [_written(row, column, kind) for column, kind in kinds.items()]
        writer.writerow([row["name"], *map(_guarded, cells)])
    if "otherwise" in data:
        cells = [_written({"then": data["otherwise"]}, column, kind) for column, kind in kinds.items()]
        writer.writerow([OTHERWISE, *map(_guarded, cells)])
    return out.getvalue()


def with_csv(data: Data, text: str, tables: Mapping[str, Data]) -> dict[str, Any]:
    """The definition with the rows of a CSV; what a CSV does not say, such as labels of rows, stays.

    Raises:
        Invalid: it cannot be read; every place is told.
    """
    kinds = types_of(data, tables)
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        raise Invalid(NOT_READ, [Problem("", "csv", NOT_CSV)]) from None
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise Invalid(NOT_READ, [Problem("", "csv", EMPTY)])
    columns = [column.strip() for column in lines[0]]
    problems = list(_columns(columns, kinds))
    found = copy.deepcopy(dict(data))
    if not problems:
        found["rows"], otherwise = [], None
        before = {row["name"]: row for row in data["rows"]}
        for number, line in enumerate(lines[1:], 2):
            row = _row(number, columns, line, kinds, problems)
            if row["name"] == OTHERWISE:
                otherwise = row["then"]
            else:
                kept = {k: v for k, v in before.get(row["name"], {}).items() if k not in ("if", "then")}
                found["rows"].append({**kept, **row})
        found.pop("otherwise", None)
        if otherwise is not None:
            found["otherwise"] = otherwise
    if problems:
        raise Invalid(NOT_READ, [Problem("", "csv", one) for one in problems])
    return found


def _columns(columns: list[str], kinds: Mapping[str, str]) -> Iterator[Text]:
    wanted = [NAME, *kinds]
    for column in dict.fromkeys(columns):
        if column not in wanted:
            yield UNKNOWN(column=column, hint=nearest(column, wanted))
        elif columns.count(column) > 1:
            yield TWICE(column=column)
    for column in wanted:
        if column not in columns and not column.startswith("if "):
            yield LACKING(column=column)


def _row(
    number: int, columns: list[str], line: list[str], kinds: Mapping[str, str], problems: list[Text]
) -> dict[str, Any]:
    row: dict[str, Any] = {"name": "", "if": {}, "then": {}}
    if len(line) > len(columns):
        problems.append(TOO_MANY(line=number))
    for column, raw in zip(columns, line, strict=False):
        text = raw.strip().removeprefix("'")
        if column == NAME:
            row["name"] = text
            continue
        part, _, name = column.partition(" ")
        try:
            value = (cell_of if part == "if" else outcome_of)(text, kinds[column])
        except NotationProblem as problem:
            problems.append(AT(line=number, column=column, text=problem.text))
            continue
        if value is not None:
            row[part][name] = value
    if not row["name"]:
        problems.append(AT(line=number, column=NAME, text=NO_NAME))
    return row


def _written(row: Data, column: str, kind: str) -> str:
    part, _, name = column.partition(" ")
    value = row.get(part, {}).get(name)
    return cell_text(value, kind) if part == "if" else outcome_text(value, kind)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
