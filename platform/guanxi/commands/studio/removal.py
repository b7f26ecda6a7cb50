"""Removing a field from the draft: its places in layouts go with it; what else uses it stands against it."""

import asyncio
import copy

from guanxi.commands.studio.drafting import Drafted, documents_of
from guanxi.commands.studio.fields import remove_field
from guanxi.definitions.uses import Use, definition_uses, uses_of
from guanxi.definitions.uses_removed import removed_in_use


def uses_in_draft(draft: Drafted, entity: str, path: str) -> list[Use]:
    """Everything that names a field; nothing can be said while the draft has problems."""
    return [] if draft.catalog is None else list(uses_of(draft.catalog, entity, path))


def places_of(draft: Drafted, entity: str, path: str) -> list[Use]:
    """The places in layouts that go with a field."""
    uses = uses_in_draft(draft, entity, path)
    return [use for use in uses if use.kind == "layout" and _shows(use.path)]


async def left_in_use(draft: Drafted, entity: str, path: str) -> list[Use]:
    """What would still use a field when it and its places are gone.

    Raises:
        NotFound: there is no such field.
    """
    after = copy.deepcopy(dict(draft.definitions))
    remove_field(after, entity, path)
    documents = documents_of(draft.live, after)
    # Reading all definitions anew takes a moment in which others want to be answered.
    found = await asyncio.to_thread(removed_in_use, draft.documents, documents)
    return [use for one in found for use in one.uses]


def uses_of_action(draft: Drafted, name: str) -> list[Use]:
    """Everything that names an action, such as roles that may press it."""
    return [] if draft.catalog is None else list(definition_uses(draft.catalog, "action", name))


def _shows(path: str) -> bool:
    """Whether a place only shows the field, so that it can go with it; a condition cannot."""
    return path.rpartition("/")[2] not in ("where", "visibleWhen")
