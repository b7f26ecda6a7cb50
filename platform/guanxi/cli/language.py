"""Which language the terminal's reader wants, as the locale variables say it."""

from collections.abc import Mapping
from functools import cache

from guanxi import resources
from guanxi.web.rendering import Catalog, Language, language
from guanxi.web.rendering.catalogs import read_catalog

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In this order POSIX asks them; the first that is set counts."""


def reader_words(environ: Mapping[str, str]) -> Catalog:
    """What the product says, in the language of the locale; English where it speaks no other of it."""
    chosen = next((environ[name] for name in VARIABLES if environ.get(name)), None)
    return _words(language(chosen))


@cache
def _words(chosen: Language) -> Catalog:
    return read_catalog(resources.folder("ui") / "locales", chosen)
