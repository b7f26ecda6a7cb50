"""Drawn processes: nothing lies upon anything else, nothing leaves the sheet, labels fit their boxes."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.web.rendering.flow_layout import BOX, LEFT, NARROW, RIGHT, across, down
from guanxi.web.rendering.views.flow import FlowDrawing, FlowStep, FlowWay
from guanxi.web.rendering.wrapping import width_of, wrap

LABELS = st.sampled_from(
    [
        "Manager",
        "Finance controller who checks everything twice",
        "折扣审批由直属上级经理决定并抄送财务部",
        "x" * 60,
    ]
)
STATES = st.sampled_from(["done", "now", "todo", "skipped"])


def _steps(depth: int) -> st.SearchStrategy[tuple[FlowStep, ...]]:
    ways = (
        st.lists(st.builds(FlowWay, LABELS, st.booleans(), _steps(depth - 1)), min_size=1, max_size=3)
        if depth
        else st.just([])
    )
    one = st.builds(
        FlowStep, name=st.uuids().map(str), label=LABELS, type=st.just("approve"), state=STATES,
        people=LABELS, ways=st.one_of(st.just([]), ways),
    )  # fmt: skip
    return st.lists(one, min_size=depth // 2, max_size=3).map(tuple)


def count(steps: tuple[FlowStep, ...]) -> int:
    return sum(1 + sum(count(tuple(way.steps)) for way in step.ways) for step in steps)


def check(drawing: FlowDrawing, steps: tuple[FlowStep, ...]) -> None:
    assert len(drawing.boxes) == count(steps)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height
        for text in box.texts:
            assert box.y < text.y < box.y + box.height
            size = 12 if text.style == "small" else 13
            assert width_of(text.text) * size <= box.width - LEFT - RIGHT
    for one, other in combinations(drawing.boxes, 2):
        beside = one.x + one.width < other.x or other.x + other.width < one.x
        above = one.y + one.height < other.y or other.y + other.height < one.y
        assert beside or above, f"{one.step.label} lies upon {other.step.label}"


@settings(max_examples=60, deadline=None)
@given(_steps(2).filter(bool))
def test_no_box_lies_upon_another(steps):
    check(across(steps), steps)
    check(down(steps), steps)
    assert down(steps).width == NARROW
    assert all(box.width == BOX for box in across(steps).boxes)


def step(name: str, **more) -> FlowStep:
    return FlowStep(name=name, label=name, **{"type": "approve", "state": "todo", **more})


def test_ways_stand_below_each_other_and_join_again():
    ways = [FlowWay("Over 20 %", True, [step("director")]), FlowWay("Otherwise", False, [])]
    drawn = across([step("tier", type="choose", ways=ways), step("finance")])
    tier, director, finance = drawn.boxes
    assert tier.x < director.x < finance.x
    assert tier.y + tier.height / 2 == finance.y + finance.height / 2
    assert [tag.text for tag in drawn.tags] == ["Over 20 %", "Otherwise"]
    assert [tag.style for tag in drawn.tags] == ["tag", "off"]
    assert any(not line.taken for line in drawn.lines)


def test_nothing_leads_on_from_an_end():
    ended = across([step("refuse", type="end", ends=True)])
    assert not ended.lines
    joined = across([step("check", ways=[FlowWay("No", True, [step("refuse", ends=True)])])])
    assert len(joined.lines) == 1


def test_going_back_is_drawn_to_the_step_it_goes_back_to():
    drawn = across([step("manager"), step("again", back_to="manager", ends=True)])
    (back,) = [line for line in drawn.lines if line.back]
    manager = drawn.boxes[0]
    assert back.head.startswith("M")
    assert f"V{manager.y - 3:g}" in back.path


@pytest.mark.parametrize(
    ("text", "room", "most", "lines"),
    [
        ("Manager", 10.0, 3, ("Manager",)),
        ("One two", 3.0, 3, ("One", "two")),
        ("折扣审批", 2.0, 3, ("折扣", "审批")),
        ("折扣审批", 2.0, 1, ("折…",)),
        ("", 2.0, 3, ()),
    ],
)
def test_labels_are_wrapped(text, room, most, lines):
    assert wrap(text, room, most) == lines
