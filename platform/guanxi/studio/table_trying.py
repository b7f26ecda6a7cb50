"""Trying a decision table with facts, before it is live."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request

from guanxi.definitions.decisions import Decision
from guanxi.definitions.decisions.model import LISTS
from guanxi.definitions.decisions.notation import NotationProblem, outcome_of, outcome_text
from guanxi.definitions.decisions.spoken import NO, YES
from guanxi.errors import Refused
from guanxi.rules.decision_facts import answer_json, outputs_json
from guanxi.studio.inputs import Inputs
from guanxi.studio.table_views import Trying
from guanxi.web.rendering import Catalog

PREFIX = "x."


def trying(request: Request, table: Decision | None, href: str, words: Catalog) -> Trying | None:
    """The form that tries a table, with the answer to the facts in the address; None without a table."""
    if table is None:
        return None
    typed = {
        name: request.query_params.get(name, "") for name in (f"{PREFIX}{one.name}" for one in table.inputs)
    }
    inputs = Inputs(words, typed)
    fields = []
    for one in table.inputs:
        name, label = f"{PREFIX}{one.name}", one.label
        if one.measure.type == "boolean":
            fields.append(inputs.choice(name, label, [("yes", words.say(YES)), ("no", words.say(NO))]))
        elif one.measure.values:
            fields.append(inputs.choice(name, label, [(value, value) for value in one.measure.values]))
        else:
            fields.append(inputs.text(name, label))
    form = Trying(action=f"{href}#try", inputs=fields)
    if not any(name.startswith(PREFIX) for name in request.query_params):
        return form
    return _answered(form, table, typed, words)


def _answered(form: Trying, table: Decision, typed: dict[str, str], words: Catalog) -> Trying:
    facts: dict[str, Any] = {}
    try:
        for one in table.inputs:
            value = outcome_of(typed[f"{PREFIX}{one.name}"], one.measure.type)
            if value is not None:
                facts[one.name] = value
        found = answer_json(table, facts)
    except NotationProblem as problem:
        return replace(form, problem=words.say(problem.text))
    except Refused as refused:
        lines = [refused.message, *(one.message for one in refused.problems)]
        return replace(form, problem=" ".join(words.say(one) for one in lines))
    said = outputs_json(table, found)
    outputs = []
    for output in table.outputs:
        value, kind = said[output.name], output.measure.type
        listed = table.hit in LISTS
        texts = [outcome_text(each, kind) for each in value] if listed else [outcome_text(value, kind)]
        outputs.append((words.say(output.label), ", ".join(texts)))
    return replace(form, outputs=outputs, decided=found.decided, otherwise=not found.rows)
