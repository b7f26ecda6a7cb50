"""The languages the product speaks, and which of them a reader gets."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True)
class Language:
    """A language the product has a full catalog for.

    `tag` is the BCP 47 tag as HTML and definitions write it, `short` what the switch in the top bar shows,
    `name` the language's own name for itself.
    """

    tag: str
    short: str
    name: str

    @property
    def locale(self) -> Locale:
        """The locale data (number patterns, month names, plural rules)."""
        return Locale.parse(self.tag, sep="-")

    @property
    def folder(self) -> str:
        """The folder of its catalog below `ui/locales`."""
        return self.tag.replace("-", "_")


ENGLISH = Language("en", "EN", "English")
SIMPLIFIED_CHINESE = Language("zh-CN", "简", "简体中文")
LANGUAGES = (ENGLISH, SIMPLIFIED_CHINESE)

# A reader of traditional Chinese is served better by simplified Chinese than by English.
_ALIASES = {"zh": "zh-CN", "en": "en"}


def language(tag: str | None) -> Language:
    """The language for a tag a person chose or a browser sent (`zh`, `zh-Hant-TW`, `en_GB`), else English."""
    if tag:
        wanted = _ALIASES.get(tag.strip().replace("_", "-").lower().split("-")[0])
        for candidate in LANGUAGES:
            if candidate.tag == wanted:
                return candidate
    return ENGLISH


def _weight(part: str) -> float:
    for parameter in part.split(";")[1:]:
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _by_weight(header: str) -> Iterable[str]:
    parts = [part for part in header.split(",")[:20] if part.strip()]
    # sorted() is stable: equal weights keep the browser's order.
    for part in sorted(parts, key=_weight, reverse=True):
        if _weight(part) > 0:
            yield part.split(";")[0].strip()


def negotiate(accept_language: str | None) -> Language:
    """The first language of an Accept-Language header that the product speaks, else English."""
    for tag in _by_weight(accept_language or ""):
        if _ALIASES.get(tag.lower().split("-")[0]):
            return language(tag)
    return ENGLISH
