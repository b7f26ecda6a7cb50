"""Facts for a decision table as somebody wrote them in JSON, by the name of the input."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.decisions import Decision, Output
from guanxi.definitions.decisions.model import LISTS
from guanxi.definitions.fields import FieldProblem
from guanxi.definitions.suggestions import nearest
from guanxi.errors import N_, Invalid, Problem
from guanxi.rules.decisions import Answer, answer, check_input

NOT_FACTS = N_("These are no facts for the table.")
UNKNOWN = N_("There is no such input. {hint}")


def answer_json(table: Decision, facts: Mapping[str, Any]) -> Answer:
    """The answer of a table for facts in JSON; a fact that is not given is missing.

    An input from another table may be given too; otherwise that table is asked, with the same facts.

    Raises:
        Invalid: a fact is unknown, or not of its type.
        Undecided: the table has no answer for them.
    """
    known = _known(table)
    problems = [
        Problem(f"/{name}", "unknown", UNKNOWN(hint=nearest(name, known)))
        for name in facts
        if name not in known
    ]
    if problems:
        raise Invalid(NOT_FACTS, problems)
    return _answer(table, facts)


def outputs_json(table: Decision, found: Answer) -> dict[str, Any]:
    """The outputs of an answer in JSON; people as the selectors that name them."""
    return {one.name: _written(table, one, found) for one in table.outputs}


def _known(table: Decision) -> frozenset[str]:
    inner = (_known(one.table) for one in table.inputs if one.table is not None)
    return frozenset({one.name for one in table.inputs}).union(*inner)


def _answer(table: Decision, facts: Mapping[str, Any]) -> Answer:
    inputs: dict[str, Any] = {}
    problems = []
    for one in table.inputs:
        if one.table is not None and one.name not in facts:
            inputs[one.name] = _answer(one.table, facts).outputs[one.output]
            continue
        raw = facts.get(one.name)
        try:
            inputs[one.name] = None if raw is None else one.measure.read(raw)
        except FieldProblem as problem:
            problems.append(Problem(f"/{one.name}", problem.code, problem.message))
            inputs[one.name] = None
    if problems:
        raise Invalid(NOT_FACTS, problems)
    for one in table.inputs:
        check_input(table, one, inputs[one.name], inputs)
    return answer(table, inputs)


def _written(table: Decision, output: Output, found: Answer) -> Any:
    value = found.outputs[output.name]
    if output.measure.type == "who" and table.hit != "count":
        rows = {row.name: row.then for row in table.rows}
        said = [rows[name][output.name].literal for name in found.decided]
        said = said or [(table.otherwise or {})[output.name].literal]
        return said if table.hit in LISTS else said[0]
    if isinstance(value, tuple):
        return [output.measure.write(one) for one in value]
    return output.measure.write(value)
