"""A candidate beside the live release: both compiled, and which field of one is which of the other."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guanxi.commands.releases.fields_by_uid import Place, fields_by_uid
from guanxi.commands.releases.mapping import NO_MAPPINGS, Mappings, mappings_by_uid
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.definitions.changes_identity import Identity, field_identity
from guanxi.definitions.placement import USUAL
from guanxi.definitions.uses_removed import refuse_removed
from guanxi.errors import DefinitionsRefused, Unavailable
from guanxi.storage.field_columns import (
    FieldColumn,
    columns_of_catalog,
    place,
    read_field_columns,
)
from guanxi.storage.field_identity import identity_of, live_identity
from guanxi.storage.introspection import Existing, read_existing


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
    mapped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What shall become of values that go, by the uid of the field."""


async def make_candidate(
    workspace: Workspace,
    documents: Sequence[Document],
    back_to: str | None = None,
    values: Mappings = NO_MAPPINGS,
) -> Candidate:
    """Compile documents as the next release; `back_to` is the digest of the release that they are of.

    A field whose values are mapped gets new columns, so that the former values are there for going back.

    Raises:
        Invalid: `values` names a field, an option or a state that does not go.
        DefinitionsRefused: the documents do not compile, or something that goes is still used.
    """
    live = await workspace.live()
    # Compiling takes a moment, in which others want to be answered.
    in_use = await asyncio.to_thread(refuse_removed, live.documents, documents)
    if in_use:
        raise DefinitionsRefused(in_use)
    plain = await asyncio.to_thread(compile_catalog, documents)
    async with workspace.database.reading() as session:
        current = await live_identity(session)
        if current is None:
            raise Unavailable("This workspace has no release yet: run `guanxi init`.")
        earlier = await identity_of(session, back_to) if back_to is not None else None
        former: tuple[FieldColumn, ...] = ()
        if earlier is not None and back_to is not None:
            former = tuple(columns_of_catalog(await workspace.catalogs.get(session, back_to), earlier))
        known = await read_field_columns(session) or tuple(columns_of_catalog(live, current))
        existing = await read_existing(session)
    identity = current.restored(earlier) if earlier else field_identity(plain.effective, current)
    before, after = fields_by_uid(live, current), fields_by_uid(plain, identity)
    mapped = mappings_by_uid(before, after, values)
    fresh = frozenset(mapped) | (frozenset() if earlier else _entered_again(before, after))
    stems = {uid: before[uid][1].columns[0].name for uid in mapped}
    former = tuple(one for one in former if stems.get(one.uid) != one.stem)
    # Of several columns of one field in one shape the live ones are meant, or those that one goes back to.
    usual = [one for one in columns_of_catalog(live, current) if one.uid not in fresh]
    placed = place(plain, identity, known, existing, current, preferred=(*usual, *former), fresh=fresh)
    known += tuple(
        replace(one, source=stems[one.uid], mapping=json.dumps(dict(mapped[one.uid]), sort_keys=True))
        for one in placed.added
        if one.uid in mapped
    )
    placement = placed.placement
    catalog = plain
    if placement != USUAL:
        catalog = await asyncio.to_thread(compile_catalog, documents, placement)
    return Candidate(live, current, catalog, identity, known, existing, back_to is not None, mapped)


def _entered_again(before: Mapping[str, Place], after: Mapping[str, Place]) -> frozenset[str]:
    """The fields that were computed and are entered from now on.

    They take over what was computed. What had been entered before that is kept where it is, for going back.
    """
    return frozenset(
        uid
        for uid, (_, field) in after.items()
        if field.formula is None and uid in before and before[uid][1].formula is not None
    )
