"""A candidate beside the live release: both compiled, and which field of one is which of the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.definitions.changes_identity import Identity, field_identity
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.placement import USUAL
from guanxi.definitions.uses_removed import refuse_removed
from guanxi.errors import DefinitionsRefused, Unavailable
from guanxi.storage.field_columns import (
    FieldColumn,
    columns_of_catalog,
    holders,
    place,
    read_field_columns,
)
from guanxi.storage.field_identity import identity_of, live_identity
from guanxi.storage.introspection import Existing, read_existing

Place = tuple[Entity, Field]
"""A field with its entity or lines."""


@dataclass(frozen=True)
class Candidate:
    """What would be live, over what is.

    `going_back` is whether it was live before; then its fields are those of that time. `known` are the
    columns of all releases.
    """

    live: Catalog
    live_identity: Identity
    catalog: Catalog
    identity: Identity
    known: tuple[FieldColumn, ...]
    existing: Existing
    going_back: bool


async def make_candidate(
    workspace: Workspace, documents: Sequence[Document], back_to: str | None = None
) -> Candidate:
    """Compile documents as the next release; `back_to` is the digest of the release that they are of.

    Raises:
        DefinitionsRefused: the documents do not compile, or something that goes is still used.
    """
    live = await workspace.live()
    in_use = refuse_removed(live.documents, documents)
    if in_use:
        raise DefinitionsRefused(in_use)
    plain = compile_catalog(documents)
    async with workspace.database.reading() as session:
        current = await live_identity(session)
        if current is None:
            raise Unavailable("This workspace has no release yet: run `guanxi init`.")
        earlier = await identity_of(session, back_to) if back_to is not None else None
        preferred: tuple[FieldColumn, ...] = ()
        if earlier is not None and back_to is not None:
            former = await workspace.catalogs.get(session, back_to)
            preferred = tuple(columns_of_catalog(former, earlier))
        known = await read_field_columns(session) or tuple(columns_of_catalog(live, current))
        existing = await read_existing(session)
    identity = current.restored(earlier) if earlier else field_identity(plain.effective, current)
    fresh = frozenset[str]() if earlier else _entered_again(live, current, plain, identity)
    placed = place(plain, identity, known, existing, current, preferred=preferred, fresh=fresh)
    placement = placed.placement
    catalog = plain if placement == USUAL else compile_catalog(documents, placement)
    return Candidate(live, current, catalog, identity, known, existing, back_to is not None)


def _entered_again(
    live: Catalog, current: Identity, candidate: Catalog, identity: Identity
) -> frozenset[str]:
    """The fields that were computed and are entered from now on.

    They take over what was computed. What had been entered before that is kept where it is, for going back.
    """
    before, after = fields_by_uid(live, current), fields_by_uid(candidate, identity)
    return frozenset(
        uid
        for uid, (_, field) in after.items()
        if field.formula is None and uid in before and before[uid][1].formula is not None
    )


def fields_by_uid(catalog: Catalog, identity: Identity) -> Mapping[str, Place]:
    """Every field that has columns, by its uid."""
    return dict(_fields(catalog, identity))


def _fields(catalog: Catalog, identity: Identity) -> Iterator[tuple[str, Place]]:
    for holder, path in holders(catalog):
        root = holder.name.partition(".")[0]
        for one in holder.fields.values():
            if one.columns:
                yield identity.uids[root, f"{path}.{one.name}" if path else one.name], (holder, one)
