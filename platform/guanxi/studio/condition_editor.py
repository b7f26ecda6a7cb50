"""Drawing a condition: as rows of field, operator and value, or as text."""

from collections.abc import Mapping, Sequence

from guanxi.errors import N_, Sentence
from guanxi.studio.conditions import OPERATORS, WITHOUT_VALUE
from guanxi.studio.field_words import OPERATORS as OPERATOR_WORDS
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import ConditionEditor, ConditionRow
from guanxi.studio.typed import positions
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

FIELD, OPERATOR, VALUE, JOIN = N_("Field"), N_("Comparison"), N_("Value"), N_("Together")
AS_TEXT, ALL, ANY = N_("As an expression"), N_("all of them hold"), N_("one of them holds")
YES, NO, ME, TODAY = N_("Yes"), N_("No"), N_("the person who looks"), N_("today")
TEXT_HELP = N_("For instance kind == 'company' and not missing(owner).")

Choices = Mapping[str, Sequence[tuple[str, str]]]


def condition_editor(
    inputs: Inputs,
    name: str,
    label: Sentence,
    labels: Mapping[str, str],
    types: Mapping[str, str],
    choices: Choices,
) -> ConditionEditor:
    """The editor of the condition `name`; `labels` and `types` are those of the fields to choose from."""
    typed, say = inputs.typed, inputs.words.say
    problem = inputs.problems.get(name, "")
    if typed.get(f"{name}.mode") == "text":
        text = inputs.text(f"{name}.text", AS_TEXT, "longText", TEXT_HELP, wide=True)
        return ConditionEditor(
            name=name,
            label=say(label),
            rows=(),
            hidden=[Hidden(f"{name}.mode", "text")],
            text=text,
            problem=problem,
        )
    rows = [
        ConditionRow(index=index, inputs=_inputs(inputs, f"{name}.{index}", labels, types, choices))
        for index in positions(typed, name)
    ]
    joins = [("and", say(ALL)), ("or", say(ANY))]
    hidden = [Hidden(f"{name}.mode", "rows")]
    join = inputs.choice(f"{name}.join", JOIN, joins, first=True) if len(rows) > 1 else None
    return ConditionEditor(name=name, label=say(label), rows=rows, hidden=hidden, join=join, problem=problem)


def _inputs(
    inputs: Inputs, head: str, labels: Mapping[str, str], types: Mapping[str, str], choices: Choices
) -> list[Input]:
    typed, say = inputs.typed, inputs.words.say
    field, operator = typed.get(f"{head}.field", ""), typed.get(f"{head}.operator") or OPERATORS[0]
    fields = [(name, text) for name, text in labels.items() if name in types]
    offered = [(one, say(OPERATOR_WORDS[one])) for one in OPERATORS]
    found = [
        inputs.choice(f"{head}.field", FIELD, fields),
        inputs.choice(f"{head}.operator", OPERATOR, offered, first=True),
    ]
    if operator not in WITHOUT_VALUE:
        found.append(
            _value(inputs, f"{head}.value", types.get(field, "text"), operator, choices.get(field, ()))
        )
    return found


def _value(inputs: Inputs, name: str, type_: str, operator: str, choices: Sequence[tuple[str, str]]) -> Input:
    say = inputs.words.say
    if operator in ("in", "not in", "contains"):
        return inputs.text(name, VALUE)
    if choices:
        return inputs.choice(name, VALUE, choices)
    if type_ == "boolean":
        return inputs.choice(name, VALUE, [("true", say(YES)), ("false", say(NO))])
    if type_ == "reference":
        return inputs.choice(name, VALUE, [("me", say(ME))])
    return inputs.text(name, VALUE)
