"""Which saved views of lists lose a part when fields go or are called otherwise."""

from collections.abc import AsyncIterator, Mapping

from guanxi.commands.releases.fields_by_uid import Place
from guanxi.commands.releases.finding import finding
from guanxi.commands.releases.plan import Finding
from guanxi.errors import N_
from guanxi.storage.list_views import views_that_use
from guanxi.storage.session import Session

VIEWS_LOSE = N_(
    "{views} saved views of lists use it: {views} show without it, with a note, until saved again."
)


async def view_findings(
    session: Session, before: Mapping[str, Place], after: Mapping[str, Place]
) -> AsyncIterator[Finding]:
    """One finding for each field that saved views name and that is not called so any more."""
    used = await views_that_use(session) if before else {}
    for uid, (holder, one) in before.items():
        count = used.get((holder.name, one.name), 0)
        there = after.get(uid)
        if count and (there is None or there[1].name != one.name):
            yield finding(*(there or (holder, one)), "lossless", 0, VIEWS_LOSE(views=count))
