"""Bring the catalogs in line with what templates and code say; keep every translation that is still needed.

Run `python -m tests.unit.web_rendering.update_catalogs`, then translate what it lists.
"""

import io
import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from guanxi import resources
from guanxi.web.rendering.languages import ENGLISH, LANGUAGES, Language

UI = resources.folder("ui")
PACKAGE = UI.parent / "platform" / "guanxi"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TEMPLATES = {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
# Dates and tools would make every run a change.
_NOISE = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*\n'
)

Message = str | tuple[str, ...] | list[str]


@cache
def said() -> dict[str | tuple[str, ...], str]:
    """Every message (singular and plural together) and one file that says it."""
    places: dict[str | tuple[str, ...], str] = {}
    for folder, pattern, method, options in (
        (UI / "templates", "**.html", "jinja2.ext:babel_extract", TEMPLATES),
        (PACKAGE, "**.py", "python", {}),
    ):
        for file, _, message, *_ in extract_from_dir(folder, [(pattern, method)], options, keywords=KEYWORDS):
            if message:
                places.setdefault(message, str(file))
    return places


def first(message: Message) -> str:
    """The id under which a message is looked up."""
    return message if isinstance(message, str) else message[0]


def catalog_file(language: Language) -> Path:
    """Where a language's catalog lies."""
    return UI / "locales" / language.folder / "LC_MESSAGES" / "guanxi.po"


def update(language: Language) -> list[str]:
    """Rewrite a catalog; the ids that have no translation yet."""
    path = catalog_file(language)
    with path.open("rb") as source:
        old = read_po(source, locale=language.folder)
    new = Catalog(
        locale=language.folder,
        project="Guanxi",
        version="0.1",
        fuzzy=False,
        header_comment=old.header_comment,
    )
    missing = []
    for message in sorted(said(), key=first):
        known = old.get(first(message))
        translated = known.string if known and known.string and any(known.string) else ""
        if not translated:
            missing.append(first(message))
            translated = "" if isinstance(message, str) else ("",) * new.num_plurals
        new.add(message, translated)
    written = io.BytesIO()
    write_po(written, new, width=0, sort_output=True)
    path.write_text(_NOISE.sub("", written.getvalue().decode()), encoding="utf-8")
    return missing


if __name__ == "__main__":
    for one in LANGUAGES:
        untranslated = update(one)
        if one != ENGLISH:
            print("\n".join(f"{one.tag}: {text}" for text in untranslated) or f"{one.tag}: complete")
