"""What the records say about the fields of a candidate, field by field."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from guanxi.commands.releases.candidate import Candidate
from guanxi.commands.releases.fields_by_uid import Place, fields_by_uid
from guanxi.commands.releases.plan import Class, Finding, Remap
from guanxi.definitions import Catalog
from guanxi.definitions.changes import field_path
from guanxi.definitions.entity import Entity, Field
from guanxi.errors import N_, Text
from guanxi.storage.counting import (
    count_rows,
    count_values,
    equal_values,
    missing_values,
    rows_of_options,
    running_in_states,
)
from guanxi.storage.field_columns import replaced
from guanxi.storage.moving import PAUSE, SAMPLES, Move, Outcome, check_values, read_batch
from guanxi.storage.session import Session

KEPT = N_("{rows} values are kept aside; they are there again when you go back.")
COMES_BACK = N_("{rows} values of earlier are there again.")
FILLED = N_("{rows} records get “{value}”.")
MISSING = N_("{rows} records have nothing here. Fill them in, give a default, or do not require it.")
TWICE = N_("{rows} values occur more than once. Change those records, or do not make it unique.")
CONVERTED = N_("{rows} values are converted, each so that it could be turned back.")
NOT_BACK = N_("{lossy} of {rows} values cannot be turned back exactly from what they become.")
IMPOSSIBLE = N_("{failing} of {rows} values cannot become what is wanted. Change those records first.")
NOT_ALLOWED = N_(
    "{failing} records have a value that would no longer be allowed. Choose another for it, or change them."
)
PURGED = N_("The values of that time were purged. It comes back with nothing in it.")
PURGED_TYPE = N_("The values of that time were purged. Those that are there now are converted.")
MAPPED = N_("{rows} records get the value that was chosen for theirs; going back gives them the former one.")
RUNNING = N_("{rows} approvals of such records are running ({approvals}). Let them finish first.")


class Fields:
    """Compares field by field; `moves` are what has to be converted or filled to get there."""

    def __init__(self, session: Session, candidate: Candidate, zone: tzinfo) -> None:
        self.session = session
        self.candidate = candidate
        self.zone = zone
        self.before = fields_by_uid(candidate.live, candidate.live_identity)
        self.after = fields_by_uid(candidate.catalog, candidate.identity)
        self.tables = candidate.existing.columns
        self.moves: list[Move] = []

    async def findings(self) -> AsyncIterator[Finding]:
        """What there is to say, in the order of the definitions."""
        for uid, (holder, one) in self.before.items():
            if uid not in self.after and self._holder_stays(holder):
                rows = await count_values(self.session, holder, one)
                if rows:
                    yield finding(holder, one, "lossless", rows, KEPT(rows=rows))
        for uid, there in self.after.items():
            was = self.before.get(uid)
            async for found in self._of_new(*there) if was is None else self._of_both(uid, was, there):
                yield found

    def _holder_stays(self, holder: Entity) -> bool:
        return any(other.table == holder.table for other, _ in self.after.values())

    async def _of_new(self, holder: Entity, one: Field) -> AsyncIterator[Finding]:
        known = self.tables.get(holder.table)
        if known is None:
            return
        if one.columns[0].name in known:
            rows = await count_values(self.session, holder, one)
            if rows:
                yield finding(holder, one, "lossless", rows, COMES_BACK(rows=rows))
        elif self.candidate.going_back:
            yield finding(holder, one, "lossy", 0, PURGED)
        value = first_value(self.candidate.catalog, holder, one)
        if value is not None:
            rows = await count_rows(self.session, holder.table)
            if rows:
                self.moves.append(Move(holder, None, one, again=one.columns[0].name in known, fill=value))
                yield finding(holder, one, "lossless", rows, FILLED(rows=rows, value=str(value)))
        elif one.required and not one.computed:
            async for found in self._required(holder, one, one):
                yield found

    async def _of_both(self, uid: str, was: Place, there: Place) -> AsyncIterator[Finding]:
        (_, before), (holder, after) = was, there
        if after.formula is not None or before.columns == after.columns == ():
            return
        if holder.table != was[0].table:
            return
        async for found in self._of_values(uid, holder, before, after):
            yield found
        if after.required and not before.required and not after.computed:
            async for found in self._required(holder, before, after):
                yield found
        if after.unique and not before.unique:
            rows, samples = await equal_values(self.session, holder, before.columns[:1])
            if rows:
                yield finding(holder, after, "needsDecision", rows, TWICE(rows=rows), samples)

    async def _of_values(
        self, uid: str, holder: Entity, before: Field, after: Field
    ) -> AsyncIterator[Finding]:
        """What becomes of the values of a field that may be kept in another way."""
        names = [column.name for column in before.columns]
        if not before.columns or not after.columns:
            # Lines and links have tables of their own: nothing is turned into them or out of them.
            rows = await count_values(self.session, holder, before) if before.columns else 0
            if rows:
                yield finding(holder, after, "lossless", rows, KEPT(rows=rows))
        elif [column.name for column in after.columns] != names:
            async for found in self._moved(uid, holder, before, after):
                yield found
        elif before.type != after.type or _fewer_options(before, after):
            outcome = await check_values(self.session, Move(holder, before, after))
            if outcome.failing:
                said = NOT_ALLOWED(failing=outcome.failing)
                found = finding(
                    holder, after, "needsDecision", outcome.failing, said, outcome.failing_samples
                )
                yield replace(found, remap=await self._remap(holder, before, after))
        if before.type == "stage":
            async for found in self._running(holder, before, after):
                yield found

    async def _remap(self, holder: Entity, before: Field, after: Field) -> Remap | None:
        """What has to be chosen for options that go."""
        if not before.options or not after.options:
            return None
        names = tuple(option.name for option in after.options)
        rows = await rows_of_options(self.session, holder, before)
        left = tuple((value, count) for value, count in rows if value not in names)
        return Remap(f"{holder.name}.{after.name}", left, names) if left else None

    async def _running(self, holder: Entity, before: Field, after: Field) -> AsyncIterator[Finding]:
        """Approvals that hold records in a state that goes: a mapping would take it from under them."""
        names = {option.name for option in after.options}
        gone = [option.name for option in before.options if option.name not in names]
        running = await running_in_states(self.session, holder, before, gone) if gone else ()
        if running:
            approvals = ", ".join(sorted({approval for _, approval, _ in running}))
            said = RUNNING(rows=len(running), approvals=approvals)
            samples = [(id_, state, approval) for id_, approval, state in running[:SAMPLES]]
            yield finding(holder, after, "needsDecision", len(running), said, samples)

    async def _moved(self, uid: str, holder: Entity, before: Field, after: Field) -> AsyncIterator[Finding]:
        again = after.columns[0].name in self.tables.get(holder.table, {})
        target = self.candidate.live.entities.get(before.to or after.to or "")
        ways = partial(replaced, self.candidate.known, holder.table)
        old, new = before.columns[0].name, after.columns[0].name
        move = Move(
            holder,
            before,
            after,
            again=again,
            target=target,
            forward={**ways(old, new), **self.candidate.mapped.get(uid, {})},
            backward=ways(new, old),
            zone=self.zone,
        )
        outcome = await self._try(move)
        self.moves.append(move)
        rows = outcome.seen
        if self.candidate.going_back and not again and uid not in self.candidate.mapped:
            yield finding(holder, after, "lossy", 0, PURGED_TYPE)
        if outcome.failing:
            said = IMPOSSIBLE(failing=outcome.failing, rows=rows)
            found = finding(holder, after, "needsDecision", outcome.failing, said, outcome.failing_samples)
            yield replace(found, remap=await self._remap(holder, before, after))
        if outcome.mapped:
            yield finding(holder, after, "lossless", outcome.mapped, MAPPED(rows=outcome.mapped))
        if outcome.lossy:
            said = NOT_BACK(lossy=outcome.lossy, rows=rows)
            yield finding(holder, after, "lossy", outcome.lossy, said, outcome.lossy_samples)
        if not (outcome.failing or outcome.lossy or outcome.mapped) and rows:
            yield finding(holder, after, "lossless", rows, CONVERTED(rows=rows))

    async def _try(self, move: Move) -> Outcome:
        total, above = Outcome(), 0
        probe = move if move.again else _unwritten(move)
        while (batch := await read_batch(self.session, probe, above)).last is not None:
            total.add(batch.outcome)
            if not batch.more:
                break
            above = batch.last
            await asyncio.sleep(PAUSE)
        return total

    async def _required(self, holder: Entity, before: Field, after: Field) -> AsyncIterator[Finding]:
        known = before.columns[0].name in self.tables.get(holder.table, {})
        if known:
            rows, samples = await missing_values(self.session, holder, before.columns[0])
        else:
            rows, samples = await count_rows(self.session, holder.table), ()
        if rows:
            # Going back never makes things worse than they were then: it is told, and can be accepted.
            cls: Class = "lossy" if self.candidate.going_back else "needsDecision"
            yield finding(holder, after, cls, rows, MISSING(rows=rows), samples)


def first_value(catalog: Catalog, holder: Entity, one: Field) -> object:
    """What existing records get in a new field: the first state, or a default that is required."""
    stages = catalog.stages.get(holder.name)
    if one.type == "stage" and stages is not None and stages.field == one.name:
        return stages.initial
    if one.required and one.default is not None and one.default.formula is None and len(one.columns) == 1:
        return one.default.literal
    return None


def finding(
    holder: Entity,
    one: Field,
    cls: Class,
    rows: int,
    sentence: Text,
    samples: Sequence[tuple[int, str, str]] = (),
) -> Finding:
    """A finding about a field."""
    entity, _, lines = holder.name.partition(".")
    path = field_path(f"{lines}.{one.name}" if lines else one.name)
    return Finding("entity", entity, path, cls, rows, sentence, tuple(samples))


def _fewer_options(before: Field, after: Field) -> bool:
    names = {option.name for option in after.options}
    return any(option.name not in names for option in before.options)


def _unwritten(move: Move) -> Move:
    """To be read before there are columns for it."""
    return replace(move, probe=True)
