"""Who uses a field, an option, a state, a step, an entity, a role: every place, in words.

What is used cannot be taken away unnoticed: a removal is refused with the uses that are left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.changes import field_path
from guanxi.definitions.extension_paths import inside
from guanxi.definitions.uses_mentions import Mention, Mentions, mentions_in
from guanxi.definitions.uses_words import Words
from guanxi.errors import Sentence

Target = tuple[str, str, str]
"""What is used: its sort, what it is of, its name: `("field", "order.lines", "price")`."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses something: its path in the effective definition `kind/name`, and in words.

    `file` and `pointer` say where it is written, `pack` whose that is (empty: the workspace's).
    """

    kind: str
    name: str
    path: str
    file: str
    pointer: str
    pack: str
    where: Sentence


def uses_of(catalog: Catalog, entity: str, field: str) -> tuple[Use, ...]:
    """The uses of a field, or of a field of lines (`lines.price`); those within it do not count."""
    return uses_in(mentions_in(catalog), [field_target(entity, field)])


def option_uses(catalog: Catalog, entity: str, field: str, option: str) -> tuple[Use, ...]:
    """The uses of one option of a select, or of one state of a stage field."""
    return uses_in(mentions_in(catalog), _options(entity, field, option))


def state_uses(catalog: Catalog, entity: str, state: str) -> tuple[Use, ...]:
    """The uses of a state: transitions, conditions, locks, views."""
    stages = catalog.stages.get(entity)
    return option_uses(catalog, entity, stages.field, state) if stages else ()


def transition_uses(catalog: Catalog, entity: str, transition: str) -> tuple[Use, ...]:
    """The uses of a transition: roles that may press it."""
    return uses_in(mentions_in(catalog), [("transition", entity, transition)])


def step_uses(catalog: Catalog, approval: str, step: str) -> tuple[Use, ...]:
    """The uses of a step within its approval: policies, and steps that ask its deciders."""
    return uses_in(mentions_in(catalog), [("step", approval, step)])


def definition_uses(catalog: Catalog, kind: str, name: str) -> tuple[Use, ...]:
    """The uses of a whole definition: of an entity, a role, an approval, a pack."""
    return uses_in(mentions_in(catalog), [(kind, "", name)])


def field_target(entity: str, field: str) -> Target:
    """The field of an entity by its path."""
    outer, _, name = f"{entity}.{field}".rpartition(".")
    return "field", outer, name


def own_place(target: Target) -> tuple[str, str, str] | None:
    """Where a field is declared: kind, name and path."""
    what, of, name = target
    entity, _, lines = of.partition(".")
    return ("entity", entity, field_path(f"{lines}.{name}" if lines else name)) if what == "field" else None


def uses_in(mentions: Mentions, targets: Iterable[Target]) -> tuple[Use, ...]:
    """The uses of these targets, but for those that lie within them, by definition and place."""
    words = Words(mentions.layers.documents)
    found = [_use(one, mentions, words) for target in targets for one in outside(mentions, target)]
    return tuple({(one.kind, one.name, one.path, one.pointer): one for one in found}.values())


def outside(mentions: Mentions, target: Target) -> Iterator[Mention]:
    """The mentions of a target that do not lie within it."""
    own = own_place(target)
    found = mentions.of(*target)
    if target[0] == "field":
        # With the lines their fields are gone too, and what uses these uses the lines.
        lines = f"{target[1]}.{target[2]}"
        found += [one for one in mentions.all if (one.part.what, one.part.of) == ("field", lines)]
    for one in found:
        place = (one.document.kind, one.document.name)
        if own is None or place != own[:2] or not inside(one.path, own[2]):
            yield one


def _use(mention: Mention, mentions: Mentions, words: Words) -> Use:
    document, path = mention.document, mention.path
    owner = mentions.layers.written(document, mention.pointer)
    return Use(
        kind=document.kind,
        name=document.name,
        path=path,
        file=owner.document.file,
        pointer=owner.pointer,
        pack=owner.document.pack,
        where=words.place(document.kind, document.name, path),
    )


def _options(entity: str, field: str, option: str) -> Sequence[Target]:
    return [("option", f"{entity}.{field}", option), ("state", entity, option)]
