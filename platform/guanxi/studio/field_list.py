"""The list of an entity's fields: in the order of the form, lines with their columns below them."""

from collections.abc import Iterator

from guanxi.commands.studio.drafting import Drafted, of_release
from guanxi.definitions.labels import Label, humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.field_words import OTHER_ICON, TYPES
from guanxi.studio.heads import entity_href, field_of_path, spot_of
from guanxi.studio.typed import Data
from guanxi.studio.views import Badge, FieldRow
from guanxi.web.rendering import Catalog

REQUIRED, CONDITIONAL, COMPUTED = N_("Required"), N_("Conditional"), N_("Computed")
NEW, CHANGED, WRONG = N_("New"), N_("Changed"), N_("Problem")


def field_rows(draft: Drafted, entity: Data, words: Catalog, current: str = "") -> list[FieldRow]:
    """The rows of all fields; `current` is the open one."""
    name = entity["name"]
    live = of_release(draft.live).get(("entity", name), {})
    spots = [spot_of(draft, one) for one in draft.problems]
    wrong = {field_of_path(spot.path) for spot in spots if (spot.kind, spot.name) == ("entity", name)}
    rows = []
    for path, field in paths_of(entity):
        before = dict(paths_of(live)).get(path) if live else None
        label: Label = field.get("label") or humanised(path.rpartition(".")[2])
        kind, icon = TYPES.get(field["type"], (humanised(field["type"]), OTHER_ICON))
        badges = [Badge(words.say(text)) for text in _words(field)]
        if path in wrong:
            badges.append(Badge(words.say(WRONG), "bad"))
        elif before is None:
            badges.append(Badge(words.say(NEW), "ok"))
        elif before != field:
            badges.append(Badge(words.say(CHANGED), "warn"))
        rows.append(
            FieldRow(
                name=path.rpartition(".")[2],
                label=say(label, words.language.tag),
                icon=icon,
                kind=words.say(kind),
                href=entity_href(name, "fields", path),
                badges=badges,
                current=path == current,
                line="." in path,
            )
        )
    return rows


def paths_of(entity: Data) -> Iterator[tuple[str, Data]]:
    """All fields with their paths, lines before their columns."""
    for name, field in entity.get("fields", {}).items():
        yield name, field
        for inner, column in field.get("fields", {}).items():
            yield f"{name}.{inner}", column


def _words(field: Data) -> Iterator[Text]:
    if field.get("required"):
        yield REQUIRED
    if "formula" in field:
        yield COMPUTED
    if "visibleWhen" in field or "requiredWhen" in field:
        yield CONDITIONAL
