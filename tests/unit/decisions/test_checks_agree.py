"""The checks agree with asking every point of small tables."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.compiling import Compiling, Workshop
from guanxi.definitions.decisions.checks import check_table
from guanxi.definitions.decisions.read import read_table
from guanxi.rules.decisions import decide
from tests.unit.decisions.tables import table

INPUTS = [
    {"name": "n", "type": "integer", "min": 0, "max": 5},
    {"name": "s", "type": "select", "values": ["a", "b", "c"], "required": True},
    {"name": "b", "type": "boolean"},
]
POINTS = list(product([*range(6), None], ["a", "b", "c"], [False, True, None]))
NUMBERS = st.integers(0, 5)
RANGES = st.tuples(
    st.sampled_from(["from", "over"]), NUMBERS, st.sampled_from(["upTo", "below"]), NUMBERS
).map(lambda one: {one[0]: min(one[1], one[3]), one[2]: max(one[1], one[3]) + 2})
PLAIN = st.one_of(NUMBERS, RANGES, st.just({"missing": True}))
CELLS = {
    "n": st.one_of(PLAIN, st.lists(PLAIN, min_size=1, max_size=2), PLAIN.map(lambda one: {"not": one})),
    "s": st.one_of(st.sampled_from("abc"), st.sampled_from("abc").map(lambda one: {"not": one})),
    "b": st.one_of(st.booleans(), st.just({"missing": True})),
}
ROWS = st.lists(
    st.tuples(
        st.fixed_dictionaries({}, optional=CELLS), st.integers(0, 3).map(lambda number: {"out": number})
    ).map(lambda one: {"if": one[0], "then": one[1]}),
    min_size=1,
    max_size=5,
)


def read(rows, hit, **more):
    found = read_table(table(INPUTS, rows, hit=hit, **more), {}, Compiling("example", Workshop(names={})))
    assert found is not None
    return found


def hits(found, point):
    """The places of the rows that hit a point."""
    return [
        place for place, row in enumerate(found.rows) if all(cell.holds(point[at]) for at, cell in row.cells)
    ]


def told(found, kind):
    return [one for one in check_table(found).problems if one.kind == kind]


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_gaps_and_dead_rows(rows):
    found = read(rows, "first")
    decided = {point: hits(found, point)[:1] for point in POINTS}
    gaps = told(found, "gap")
    assert bool(gaps) == any(not one for one in decided.values())
    for gap in gaps:
        assert not hits(found, tuple(gap.examples[0].values()))
    alive = {one[0] for one in decided.values() if one}
    dead = {int(one.pointer.rpartition("/")[2]) for one in told(found, "dead")}
    assert dead == set(range(len(rows))) - alive


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_rows_that_hit_together(rows):
    found = read(rows, "unique")
    overlaps = told(found, "overlap")
    assert bool(overlaps) == any(len(hits(found, point)) > 1 for point in POINTS)
    for one in overlaps:
        names = [found.rows[place].name for place in hits(found, tuple(one.examples[0].values()))]
        assert set(one.rows) <= set(names)


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_rows_that_contradict_each_other(rows):
    found = read(rows, "any")
    said = [{found.rows[place].then["out"].literal for place in hits(found, point)} for point in POINTS]
    assert bool(told(found, "overlap")) == any(len(one) > 1 for one in said)


@settings(max_examples=80, deadline=None)
@given(ROWS, st.sampled_from(["decreases", "increases"]), st.sampled_from(["first", "max", "min"]))
def test_promises(rows, never, hit):
    promise = [{"input": "n", "output": "out", "never": never}]
    found = read(rows, hit, otherwise={"out": 1}, monotone=promise)
    broken = told(found, "monotone")
    expected = any(
        (out(found, (low, s, b)) > out(found, (high, s, b)))
        if never == "decreases"
        else (out(found, (low, s, b)) < out(found, (high, s, b)))
        for s, b in product(["a", "b", "c"], [False, True, None])
        for low, high in combinations(range(6), 2)
    )
    assert bool(broken) == expected
    for one in broken:
        first, then = (out(found, tuple(example.values())) for example in one.examples)
        assert first > then if never == "decreases" else first < then


def out(found, point):
    return decide(found, dict(zip(["n", "s", "b"], point, strict=True)), {}).outputs["out"]
