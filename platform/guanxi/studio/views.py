"""What Studio's templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.web.rendering.views.forms import FormProblem, Input
from guanxi.web.rendering.views.values import Hidden, Link, Notice, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of an entity's configuration."""

    label: str
    href: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something wrong with the draft, and where to mend it."""

    where: str
    message: str
    hint: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The top of every page of Studio. `changes` counts what is not published yet."""

    title: str
    icon: str
    breadcrumb: Sequence[Link]
    changes: int
    tabs: Sequence[Tab] = ()
    preview_href: str = ""
    notices: Sequence[Notice] = ()
    troubles: Sequence[Trouble] = ()


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with a tint."""

    text: str
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field in the list of an entity's fields. A `line` field hangs below its lines."""

    name: str
    label: str
    icon: str
    kind: str
    href: str
    badges: Sequence[Badge] = ()
    current: bool = False
    line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """An entity in the overview."""

    name: str
    label: str
    icon: str
    href: str
    fields: int
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """`studio/overview.html`."""

    head: Head
    entities: Sequence[EntityRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition: field, operator and, where the operator needs one, a value."""

    index: int
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionEditor:
    """A condition as rows, or as text (`text`) where rows cannot say it or somebody prefers it."""

    name: str
    label: str
    rows: Sequence[ConditionRow]
    hidden: Sequence[Hidden]
    join: Input | None = None
    text: Input | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """An option being edited: labels, tint, name, and when it is offered."""

    index: int
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    condition: ConditionEditor


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsEditor:
    """The options of a choice."""

    name: str
    rows: Sequence[OptionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEditor:
    """The form of a field. Of lines, `column_href` is where they get another column."""

    title: str
    action: str
    cancel_href: str
    basics: Sequence[Input]
    details: Sequence[Input]
    flags: Sequence[Input]
    conditions: Sequence[ConditionEditor]
    computed: Sequence[Input]
    places: Sequence[Input]
    hidden: Sequence[Hidden]
    options: OptionsEditor | None = None
    problems: Sequence[FormProblem] = ()
    remove_href: str = ""
    rename_href: str = ""
    column_href: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsPage:
    """`studio/fields.html`: the fields of an entity, and the one that is open."""

    head: Head
    fields: Sequence[FieldRow]
    add_href: str
    editor: FieldEditor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """`studio/preview.html`: the form of an entity as a role sees it in a language.

    `form` is the form already drawn, in that language.
    """

    head: Head
    action: str
    inputs: Sequence[Input]
    tag: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePage:
    """`studio/remove.html`: the question before something is removed, and what uses it."""

    head: Head
    title: str
    text: str
    action: str
    cancel_href: str
    uses: Sequence[str]
    refused: bool
    hidden: Sequence[Hidden]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePage:
    """`studio/rename.html`: another API name for a field, and everything that names it."""

    head: Head
    title: str
    text: str
    action: str
    cancel_href: str
    name: Input
    uses: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A field in a list of a layout."""

    index: int
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesEditor:
    """A list of fields in a layout: columns, filters, the fields of a section."""

    name: str
    label: str
    add: str
    rows: Sequence[PlaceRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEditor:
    """A section of the page; one of related records has no `places`."""

    index: int
    title: str
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    condition: ConditionEditor
    places: PlacesEditor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutPage:
    """`studio/layout.html`: a layout of an entity."""

    head: Head
    views: Sequence[Tab]
    action: str
    cancel_href: str
    lists: Sequence[PlacesEditor]
    sections: Sequence[SectionEditor]
    hidden: Sequence[Hidden]
    has_sections: bool = False
    problems: Sequence[FormProblem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEditor:
    """A rule over the whole record: values that are unique together, or a condition that must hold."""

    index: int
    title: str
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    conditions: Sequence[ConditionEditor]
    places: PlacesEditor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """`studio/rules.html`: the rules of an entity."""

    head: Head
    action: str
    cancel_href: str
    rules: Sequence[RuleEditor]
    hidden: Sequence[Hidden]
    problems: Sequence[FormProblem] = ()
