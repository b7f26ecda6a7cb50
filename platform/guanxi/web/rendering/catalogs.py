"""Message catalogs, compiled in memory from the .po files when the process starts."""

import io
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from guanxi.definitions.labels import say
from guanxi.errors import Sentence, Text
from guanxi.web.rendering.languages import LANGUAGES, Language

DOMAIN = "guanxi"


class Catalog:
    """What the product says in one language."""

    def __init__(self, language: Language, translations: NullTranslations) -> None:
        self.language = language
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext
        self.pgettext = translations.pgettext
        self.npgettext = translations.npgettext

    def say(self, sentence: Sentence | str) -> str:
        """A sentence for a person: product texts are translated, labels answer in the language."""
        if isinstance(sentence, Text):
            values = {name: self._value(value) for name, value in sentence.values.items()}
            return self.gettext(sentence.template).format(**values)
        if isinstance(sentence, Mapping):
            return say(sentence, self.language.tag)
        return self.gettext(sentence)

    def _value(self, value: object) -> object:
        if isinstance(value, Text | Mapping):
            return self.say(value)
        return value


def read_catalog(folder: Path, language: Language) -> Catalog:
    """The catalog of a language below the locales folder.

    Raises:
        FileNotFoundError: the language has no .po file: the installation is incomplete.
    """
    path = folder / language.folder / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as source:
        messages = read_po(source, locale=language.folder, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Catalog(language, GNUTranslations(compiled))


def read_catalogs(folder: Path) -> Mapping[str, Catalog]:
    """Every language's catalog, by tag."""
    return {language.tag: read_catalog(folder, language) for language in LANGUAGES}
