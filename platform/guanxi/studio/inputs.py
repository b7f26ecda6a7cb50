"""Inputs of Studio's forms, from the texts that they hold."""

from collections.abc import Mapping, Sequence

from guanxi.errors import N_, Sentence
from guanxi.studio.typed import TAGS
from guanxi.web.rendering import LANGUAGES, Catalog
from guanxi.web.rendering.views.forms import Input, Widget
from guanxi.web.rendering.views.lists import Choice

IN_LANGUAGE = N_("{label} ({language})")


class Inputs:
    """Makes inputs that hold what was typed, with what is wrong with it."""

    def __init__(
        self, words: Catalog, typed: Mapping[str, str], problems: Mapping[str, str] | None = None
    ) -> None:
        self.words, self.typed, self.problems = words, typed, problems or {}

    def text(
        self,
        name: str,
        label: Sentence | str,
        widget: Widget = "text",
        help_: Sentence | str = "",
        *,
        required: bool = False,
        wide: bool = False,
    ) -> Input:
        """A text, a long text or a tick."""
        return Input(
            name=name,
            label=self.words.say(label),
            widget=widget,
            value=self.typed.get(name, ""),
            help=self.words.say(help_) if help_ else "",
            required=required,
            wide=wide,
            problem=self.problems.get(name, ""),
        )

    def choice(
        self,
        name: str,
        label: Sentence | str,
        options: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        first: bool = False,
        help_: Sentence | str = "",
    ) -> Input:
        """A choice among values with their texts; one that is no longer offered stays choosable.

        With `first` there is always a choice: the first value, until somebody chooses another.
        """
        value = self.typed.get(name, "") or (options[0][0] if first and options else "")
        known = [*options, *([(value, value)] if value and value not in dict(options) else [])]
        return Input(
            name=name,
            label=self.words.say(label),
            widget="select",
            value=value,
            choices=[Choice(one, text, one == value) for one, text in known],
            required=required or first,
            help=self.words.say(help_) if help_ else "",
            problem=self.problems.get(name, ""),
        )

    def ticks(
        self, name: str, label: Sentence, options: Sequence[tuple[str, str]], *, help_: Sentence | str = ""
    ) -> Input:
        """Some of several values with their texts; those that are set have commas between them."""
        chosen = self.typed.get(name, "").split(",")
        return Input(
            name=name,
            label=self.words.say(label),
            widget="multiSelect",
            value=self.typed.get(name, ""),
            choices=[Choice(one, text, one in chosen) for one, text in options],
            wide=True,
            help=self.words.say(help_) if help_ else "",
            problem=self.problems.get(name, ""),
        )

    def label(self, name: str, label: Sentence, *, required: bool = False) -> list[Input]:
        """One text for each language."""
        return [
            self.text(
                f"{name}.{tag}",
                self.words.say(IN_LANGUAGE(label=self.words.say(label), language=language.name)),
                required=required and tag == TAGS[0],
            )
            for tag, language in zip(TAGS, LANGUAGES, strict=True)
        ]
