"""Values as a page shows them: already written for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["neutral", "ok", "warn", "bad", "info", "accent"]
"""What a tint means: `info` and `accent` are the two further hues for states on their way."""

CellKind = Literal[
    "text", "long", "number", "date", "badge", "person", "link", "stars", "badges", "links", "image", "masked"
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, shown with the first letter of the name in a small disc."""

    name: str
    href: str | None = None

    @property
    def initial(self) -> str:
        """The character in the disc."""
        return self.name.strip()[:1].upper() or "?"

    @property
    def hue(self) -> int:
        """One of five tints, the same for the same name on every page."""
        return sum(map(ord, self.name)) % 5


@dataclass(frozen=True, slots=True)
class CellPart:
    """One of several options or records in a cell."""

    text: str
    href: str | None = None
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a list, a section or a highlight. An empty `text` is shown as a dash.

    `kind` decides the form: `number` covers everything that is right-aligned with tabular digits (integer,
    decimal, percent, money), `badge` needs `tone`, `link` needs `href`, `masked` says that the value exists
    and this reader may not see it; `badges` and `links` have `parts`, one for each option or record; `image`
    is drawn small from `href`.
    """

    kind: CellKind
    text: str = ""
    href: str | None = None
    tone: Tone = "neutral"
    parts: Sequence[CellPart] = ()

    @property
    def person(self) -> Person:
        """The cell as a person, for `kind` person."""
        return Person(self.text, self.href)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value; `why` leads to what made it so."""

    label: str
    cell: Cell
    wide: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go."""

    label: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message at the top of a page that stays until its cause is gone."""

    tone: Tone
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that a form sends back unchanged."""

    name: str
    value: str
