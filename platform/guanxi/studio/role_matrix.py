"""The matrix of how far each operation reaches, for all entities of a role or all roles of an entity."""

from collections.abc import Sequence

from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.roles import CONDITIONAL, OPERATIONS, SCOPES
from guanxi.definitions.labels import humanised, say
from guanxi.definitions.uses_words import Words
from guanxi.rules.grant_changes import grant_changes
from guanxi.studio.access_views import AccessRow
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import GridRow
from guanxi.studio.plan_view import access_row
from guanxi.studio.role_words import CONDITION, OPERATION_WORDS, SHORT_SCOPES
from guanxi.studio.typed import Data
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.forms import Input


def columns(words: Catalog) -> list[str]:
    """The headings of the matrix."""
    return [words.say(text) for text in OPERATION_WORDS.values()]


def reach_row(inputs: Inputs, name: str, label: str, href: str, *, owned: bool, note: str = "") -> GridRow:
    """A row of the matrix; what is not `owned` by anybody is read by all or by none."""
    cells = [_cell(inputs, f"reach.{name}.{one}", label, one, owned=owned) for one in OPERATIONS]
    return GridRow(label=label, inputs=cells, href=href, note=note)


def _cell(inputs: Inputs, name: str, label: str, operation: str, *, owned: bool) -> Input:
    say_, value = inputs.words.say, inputs.typed.get(name, "")
    offered = ["", *(SCOPES if owned else ("all",))]
    options = [(one, say_(SHORT_SCOPES[one])) for one in offered]
    if value == CONDITIONAL:
        options.append((CONDITIONAL, say_(CONDITION)))
    return inputs.choice(name, f"{label}: {say_(OPERATION_WORDS[operation])}", options, first=True)


def is_owned(entity: Data) -> bool:
    """Whether it is known whose a record is."""
    owner = entity["fields"].get("owner", {})
    return "owner" in entity or owner.get("to") == "user"


def role_labels(draft: Drafted, tag: str) -> dict[str, str]:
    """What all roles of the draft are called."""
    return {name: say(data.get("label") or humanised(name), tag) for name, data in roles_of(draft).items()}


def roles_of(draft: Drafted) -> dict[str, Data]:
    """The roles of the draft by name."""
    return {name: data for (kind, name), data in draft.definitions.items() if kind == "role"}


def access_rows(draft: Drafted, words: Catalog, *, role: str = "", entity: str = "") -> Sequence[AccessRow]:
    """Who could newly see or do what, and who no longer, when the draft is published."""
    if draft.catalog is None or not draft.rows:
        return []
    changes = grant_changes(
        draft.live.roles, draft.catalog.roles, draft.live.entities, draft.catalog.entities
    )
    said, roles = Words(draft.catalog.effective), {**draft.live.roles, **draft.catalog.roles}
    return [
        access_row(one, roles, said, words)
        for one in changes
        if role in ("", one.role) and entity in ("", one.entity)
    ]
