"""What Studio's templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.studio.access_views import AccessRow
from guanxi.studio.part_views import ConditionEditor, Group, OptionsEditor
from guanxi.web.rendering.views.forms import FormProblem, Input
from guanxi.web.rendering.views.records import PathStage
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
class EditorPage:
    """`studio/editor.html`: a form in groups of parts, and who could newly do what by the draft.

    `form` is its id. `views` are tabs below those of the head. `path` draws the states of a record in their
    order. A page that is `empty` has nothing to save yet.
    """

    head: Head
    title: str
    form: str
    action: str
    cancel_href: str
    groups: Sequence[Group]
    hidden: Sequence[Hidden]
    views: Sequence[Tab] = ()
    path: Sequence[PathStage] = ()
    problems: Sequence[FormProblem] = ()
    add: Link | None = None
    remove_href: str = ""
    access: Sequence[AccessRow] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role in the list of roles."""

    name: str
    label: str
    help: str
    href: str
    includes: str
    entities: int
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesPage:
    """`studio/roles.html`."""

    head: Head
    roles: Sequence[RoleRow]
    add_href: str
