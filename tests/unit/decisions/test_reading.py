"""What the compiler says of decision tables that do not hold together."""

import pytest

from tests.unit.decisions.tables import compiled, problems, table

NUMBER = {"name": "discount", "type": "percent", "min": 0, "max": 60, "required": True}
REGION = {"name": "region", "type": "select", "values": ["east", "west"]}
ALL = {"then": {"out": 1}}


def of_one(found):
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0].pointer, found[0].message


def test_a_sound_table_compiles():
    rows = [
        {"if": {"discount": {"over": 20}, "region": ["east", "west"]}, "then": {"out": 2}},
        {"if": {"discount": {"over": 20}, "region": {"missing": True}}, "then": {"out": 3}},
        {"if": {"discount": {"upTo": "20"}}, "then": {"out": 1}},
    ]
    found = compiled(table([NUMBER, REGION], rows))
    assert [row.name for row in found.rows] == ["r1", "r2", "r3"]
    assert found.reads == {"discount", "region"}
    assert found.unproved == ()


@pytest.mark.parametrize(
    ("inputs", "rows", "more", "pointer", "message"),
    [
        (
            [NUMBER],
            [{"if": {"dsicount": 1}, **ALL}],
            {},
            "/rows/0/if/dsicount",
            'there is no input "dsicount"',
        ),
        ([NUMBER], [{"if": {"discount": "x"}, **ALL}], {}, "/rows/0/if/discount", "does not fit"),
        ([NUMBER], [{"if": {"discount": "1.234"}, **ALL}], {}, "/rows/0/if/discount", "2 decimal places"),
        ([REGION], [{"if": {"region": "north"}, **ALL}], {}, "/rows/0/if/region", "none of the values"),
        ([REGION], [{"if": {"region": {"over": "a"}}, **ALL}], {}, "/rows/0/if/region", "has no order"),
        (
            [NUMBER],
            [{"if": {"discount": {"over": 3, "upTo": 3}}, **ALL}],
            {},
            "/rows/0/if/discount",
            "no value lies in this range",
        ),
        (
            [NUMBER],
            [{"if": {"discount": {"over": 3, "from": 3}}, **ALL}],
            {},
            "/rows/0/if/discount",
            "say two things",
        ),
        ([NUMBER], [{"then": {"out": "= region"}}], {}, "/rows/0/then/out", "region"),
        ([NUMBER], [{"then": {"out": [{"roles": ["sales_rep"]}]}}], {}, "/rows/0/then/out", "takes a value"),
        ([{**NUMBER, "formula": "1"}], [ALL], {}, "/inputs/0/formula", "of no entity"),
        ([NUMBER], [ALL], {"of": "order"}, "/inputs/0", '"formula" is missing'),
        ([{**NUMBER, "values": ["a"]}], [ALL], {}, "/inputs/0/values", "says nothing of a percent"),
        ([{"name": "x", "decision": "nowhere"}], [ALL], {}, "/inputs/0/decision", "there is no decision"),
        ([{"name": "x", "decision": "example"}], [ALL], {}, "/inputs/0/decision", "in a circle"),
        ([NUMBER], [ALL], {"hit": "priority"}, "/hit", "needs an order of outputs"),
        ([NUMBER, NUMBER], [ALL], {}, "/inputs/1/name", "occurs twice"),
        (
            [NUMBER],
            [ALL],
            {"monotone": [{"input": "x", "output": "out", "never": "decreases"}]},
            "/monotone/0/input",
            "there is no input",
        ),
    ],
)
def test_what_is_wrong_is_told_once_and_where(inputs, rows, more, pointer, message):
    place, said = of_one(problems(table(inputs, rows, **more)))
    assert place == pointer
    assert message in said


def test_inputs_are_expressions_over_records_and_people_are_outputs():
    inputs = [{"name": "discount", "type": "percent", "formula": "max(lines.discount)"}]
    who = [{"name": "approver", "type": "who"}]
    rows = [
        {"if": {"discount": {"over": 20}}, "then": {"approver": [{"roles": ["director"]}]}},
        {"if": {"discount": {"upTo": 20}}, "then": {"approver": [{"managerOf": "owner"}]}},
        {"if": {"discount": {"missing": True}}, "then": {"approver": [{"managerOf": "owner"}]}},
    ]
    found = compiled(table(inputs, rows, who, of="order"))
    assert found.reads == {"lines", "lines.discount", "owner"}
    assert found.rows[0].then["approver"].who[0].roles == ("director",)
