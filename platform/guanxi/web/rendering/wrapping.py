"""Breaking a label into lines on the server: in a drawing no browser does it.

Widths are estimates, in parts of the font size, and rather too wide than too narrow.
"""

from collections.abc import Iterator
from unicodedata import east_asian_width

WIDE, NARROW, CAPITAL, USUAL = 1.0, 0.34, 0.72, 0.58
THIN = frozenset("iljtfrI.,:;'|!()[] -")
MORE = "…"


def width_of(text: str) -> float:
    """How wide a text is, in font sizes."""
    return sum(_width(one) for one in text)


def wrap(text: str, room: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines of so many font sizes; what does not fit ends in an ellipsis.

    Latin text breaks between words, Han characters anywhere.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, room):
        if line and width_of(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    lines += [line.rstrip()] if line.strip() else []
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(last + MORE) > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + MORE)


def _width(one: str) -> float:
    if east_asian_width(one) in ("W", "F"):
        return WIDE
    if one in THIN:
        return NARROW
    return CAPITAL if one.isupper() or one in "mwMW%@" else USUAL


def _pieces(text: str, room: float) -> Iterator[str]:
    """What is not broken: a Han character, or a word with the space behind it, cut where it is too long."""
    piece = ""
    for one in text:
        if _width(one) == WIDE:
            if piece:
                yield piece
            piece = ""
            yield one
            continue
        if width_of(piece + one) > room:
            yield piece
            piece = ""
        piece += one
        if one == " ":
            yield piece
            piece = ""
    if piece:
        yield piece
