"""Laying a process out: a tree of steps and branches, so every box is placed by its own size alone.

`across` goes to the right, with the branches of a step below each other and joined behind it; `down` is for
narrow screens: every box is as wide as there is room, and branches are indented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from guanxi.web.rendering.views.flow import FlowBox, FlowDrawing, FlowLine, FlowStep, FlowWay, Written
from guanxi.web.rendering.wrapping import wrap

BOX, LEFT, RIGHT, TOP = 156.0, 36.0, 12.0, 14.0
"""The width of a box; from its edges to its text."""
FONT, SMALL, LINE, SMALL_LINE = 13.0, 12.0, 17.0, 15.0
GAP, LEAD, TAG, LANE = 32.0, 24.0, 84.0, 18.0
"""Between boxes; where a branch bends; where its label stands; between branches."""
MARGIN, TRACK = 10.0, 16.0
NARROW, INDENT, RAIL, DROP = 300.0, 24.0, 14.0, 24.0
"""On a phone: the width of all, the indentation of branches, where connections run, between boxes."""
LABEL_LINES, PEOPLE_LINES, TAG_LINES = 3, 2, 2


@dataclass(slots=True)
class _Sheet:
    """What has been drawn so far."""

    boxes: list[FlowBox] = field(default_factory=list)
    lines: list[FlowLine] = field(default_factory=list)
    tags: list[Written] = field(default_factory=list)

    def box(self, step: FlowStep, x: float, y: float, width: float) -> FlowBox:
        """Draw a step with its upper left corner there."""
        lines = _texts(step, width)
        texts, baseline = [], y + TOP
        for text, small in lines:
            baseline += SMALL_LINE if small else LINE
            texts.append(Written(x + LEFT, baseline - 4, text, "small" if small else "label"))
        if len(lines) == 1:
            texts = [Written(x + LEFT, y + _height(step, width) / 2 + 4.5, lines[0][0])]
        drawn = FlowBox(step, x, y, width, _height(step, width), texts)
        self.boxes.append(drawn)
        return drawn

    def line(self, path: str, to: tuple[float, float] | None, *, taken: bool, down: bool = False) -> None:
        """Draw a connection, with a head where it arrives at a box."""
        self.lines.append(FlowLine(path, "" if to is None else _head(*to, down=down), taken))

    def tag(self, way: FlowWay, x: float, y: float, room: float) -> None:
        """Write the label of a branch so that its last line stands on y."""
        lines = _tag_lines(way, room)
        for number, text in enumerate(reversed(lines)):
            style: Literal["tag", "off"] = "tag" if way.taken else "off"
            self.tags.append(Written(x, y - number * SMALL_LINE, text, style))


@dataclass(frozen=True, slots=True)
class _Size:
    """How much room a part takes: its width, and how far it reaches above and below its axis."""

    width: float
    up: float
    down: float


def across(steps: Sequence[FlowStep]) -> FlowDrawing:
    """The process from left to right."""
    size, sheet = _row_size(steps), _Sheet()
    loops = [step.name for step in _all(steps) if step.back_to]
    top = MARGIN + len(loops) * TRACK
    _row(sheet, steps, MARGIN, top + size.up, taken=True)
    _loops(sheet, top)
    height = top + size.up + size.down + MARGIN
    return FlowDrawing(size.width + 2 * MARGIN, height, sheet.boxes, sheet.lines, sheet.tags)


def down(steps: Sequence[FlowStep]) -> FlowDrawing:
    """The process from top to bottom, no wider than a phone."""
    sheet = _Sheet()
    end = _column(sheet, steps, 2.0, MARGIN, None, taken=True)
    return FlowDrawing(NARROW, end + MARGIN, sheet.boxes, sheet.lines, sheet.tags)


def _texts(step: FlowStep, width: float) -> list[tuple[str, bool]]:
    room = width - LEFT - RIGHT
    texts = [(text, False) for text in wrap(step.label, room / FONT, LABEL_LINES)]
    for said in (step.people, step.note):
        texts += [(text, True) for text in wrap(said, room / SMALL, PEOPLE_LINES)]
    return texts


def _height(step: FlowStep, width: float) -> float:
    lines = _texts(step, width)
    return max(TOP * 2 + sum(SMALL_LINE if small else LINE for _, small in lines), 48.0)


def _tag_lines(way: FlowWay, room: float) -> tuple[str, ...]:
    return wrap(way.label, room / SMALL, TAG_LINES)


def _head(x: float, y: float, *, down: bool) -> str:
    return f"M{x - 4:g} {y - 7:g}L{x:g} {y:g}L{x + 4:g} {y - 7:g}Z" if down else _to_the_right(x, y)


def _to_the_right(x: float, y: float) -> str:
    return f"M{x - 7:g} {y - 4:g}L{x:g} {y:g}L{x - 7:g} {y + 4:g}Z"


def _all(steps: Sequence[FlowStep]) -> list[FlowStep]:
    found = []
    for step in steps:
        found.append(step)
        for way in step.ways:
            found += _all(way.steps)
    return found


def _row_size(steps: Sequence[FlowStep]) -> _Size:
    sizes = [_step_size(step) for step in steps]
    if not sizes:
        return _Size(0.0, 0.0, 0.0)
    width = sum(size.width for size in sizes) + GAP * (len(sizes) - 1)
    return _Size(width, max(size.up for size in sizes), max(size.down for size in sizes))


def _step_size(step: FlowStep) -> _Size:
    half = _height(step, BOX) / 2
    if not step.ways:
        return _Size(BOX, half, half)
    lanes = [_lane_size(way) for way in step.ways]
    high = _high(lanes) / 2
    width = BOX + LEAD + TAG + max(lane.width for lane in lanes) + LEAD
    return _Size(width, max(half, high), max(half, high))


def _high(lanes: Sequence[_Size]) -> float:
    return sum(lane.up + lane.down for lane in lanes) + LANE * (len(lanes) - 1)


def _lane_size(way: FlowWay) -> _Size:
    row = _row_size(way.steps)
    label = len(_tag_lines(way, TAG)) * SMALL_LINE + 8
    return _Size(row.width, max(row.up, label), max(row.down, 6.0))


def _row(sheet: _Sheet, steps: Sequence[FlowStep], x: float, y: float, *, taken: bool) -> float | None:
    """Draw steps one behind the other; where it goes on, None behind an end."""
    at: float | None = x
    before: FlowStep | None = None
    for step in steps:
        if at is None:
            return None
        if before is not None:
            solid = taken and "skipped" not in (before.state, step.state)
            sheet.line(f"M{at:g} {y:g}H{at + GAP - 3:g}", (at + GAP, y), taken=solid)
            at += GAP
        at, before = _step(sheet, step, at, y), step
    return at


def _step(sheet: _Sheet, step: FlowStep, x: float, y: float) -> float | None:
    """Draw a step and its branches; where it goes on, None where nothing follows."""
    sheet.box(step, x, y - _height(step, BOX) / 2, BOX)
    if not step.ways:
        return None if step.ends else x + BOX
    lane_x, joined = x + BOX + LEAD + TAG, x + _step_size(step).width
    lanes = [_lane_size(way) for way in step.ways]
    axis = y - _high(lanes) / 2
    goes_on = False
    for way, lane in zip(step.ways, lanes, strict=True):
        axis += lane.up
        _branch(sheet, way, (x + BOX, y), (lane_x, axis))
        end = _row(sheet, way.steps, lane_x, axis, taken=way.taken)
        if end is not None:
            goes_on = True
            middle = joined - LEAD / 2
            bend = f"C{middle:g} {axis:g} {middle:g} {y:g} {joined:g} {y:g}"
            sheet.line(f"M{end:g} {axis:g}H{joined - LEAD:g}{bend}", None, taken=way.taken)
        axis += lane.down + LANE
    return joined if goes_on else None


def _branch(sheet: _Sheet, way: FlowWay, head: tuple[float, float], lane: tuple[float, float]) -> None:
    (x, y), (to, axis) = head, lane
    bend = f"M{x:g} {y:g}C{x + LEAD / 2:g} {y:g} {x + LEAD / 2:g} {axis:g} {x + LEAD:g} {axis:g}"
    end = to - 3 if way.steps else to
    sheet.line(f"{bend}H{end:g}", (to, axis) if way.steps else None, taken=way.taken)
    sheet.tag(way, x + LEAD + 2, axis - 7, TAG - 6)


def _loops(sheet: _Sheet, top: float) -> None:
    """The lines that lead back, each on a track of its own above everything."""
    boxes = {box.step.name: box for box in sheet.boxes}
    loops = [box for box in sheet.boxes if box.step.back_to]
    for number, box in enumerate(loops):
        target, track = boxes[box.step.back_to], top - TRACK * (number + 1) + 6
        start, end = box.x + box.width / 2, target.x + target.width / 2 + 12 * (number + 1)
        path = f"M{start:g} {box.y:g}V{track:g}H{end:g}V{target.y - 3:g}"
        taken = box.step.state == "done"
        sheet.lines.append(FlowLine(path, _head(end, target.y, down=True), taken, back=True))


def _column(
    sheet: _Sheet, steps: Sequence[FlowStep], x: float, y: float, begin: float | None, *, taken: bool
) -> float:
    """Draw steps below each other, from the line that comes down from `begin`; where the last one ends."""
    end, rail = y, begin
    before: FlowStep | None = None
    for step in steps:
        if before is not None:
            y = end + DROP
        if rail is not None:
            solid = taken and "skipped" not in (step.state, before.state if before else "")
            sheet.line(f"M{x + RAIL:g} {rail:g}V{y - 3:g}", (x + RAIL, y), taken=solid, down=True)
        box = sheet.box(step, x, y, NARROW - x - 2)
        bottom = box.y + box.height
        end, rail, before = _below(sheet, step, x, bottom), None if step.ends else bottom, step
    return end


def _below(sheet: _Sheet, step: FlowStep, x: float, bottom: float) -> float:
    """Draw the branches of a step under it, indented; where they end."""
    end, inner = bottom, x + INDENT + RAIL
    for way in step.ways:
        room = NARROW - inner - 8
        high = len(_tag_lines(way, room)) * SMALL_LINE
        axis = end + 12 + high / 2
        rail = f"M{x + RAIL:g} {bottom:g}V{axis - 8:g}Q{x + RAIL:g} {axis:g} {x + RAIL + 8:g} {axis:g}"
        sheet.line(f"{rail}H{inner - 6:g}", None, taken=way.taken)
        sheet.tag(way, inner, axis + high / 2 - 3, room)
        begin = axis + high / 2 + 4
        end = (
            _column(sheet, way.steps, x + INDENT, begin + DROP - 4, begin, taken=way.taken)
            if way.steps
            else begin
        )
    return end
