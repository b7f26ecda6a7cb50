"""Everything that follows from what was saved or decided, in the same transaction, until nothing does."""

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.edits import note_edit
from guanxi.commands.approvals.happening import happen
from guanxi.commands.approvals.submitting import begin
from guanxi.commands.effects.carrying import carry_out
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.pending import Begin, Given
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.steps import Call
from guanxi.errors import N_, Conflict
from guanxi.storage.instances import Instance, child_of, instance_of
from guanxi.workflow import Cancel, CancelChild, CarryOut, ChildEnded, Finished, NotAwaited, StartChild
from guanxi.workflow.refusals import NotRunning
from guanxi.workflow.state import Status

MOST = 500
"""How many effects, beginnings and ends of processes may follow from one thing that a person does."""
ENDLESS = N_(
    "This leads to more than {limit} further steps, so nothing was done. Tell who looks after the rules."
)


async def settle(turn: Turn) -> bool:
    """Tell approvals what changed, carry out the effects of processes, begin and end sub-processes.

    Returns whether anything was done to records or other instances, so that what is at hand may be stale.

    Raises:
        Conflict: it does not end.
        Invalid, NotFound: an effect is refused; then nothing is done at all.
    """
    count, carried = 0, False
    while turn.followed or turn.pending:
        if turn.followed:
            entity, record, changed = turn.followed.pop(0)
            await note_edit(turn, entity, record, changed)
            continue
        count += 1
        if count > MOST:
            raise Conflict(ENDLESS(limit=MOST))
        match turn.pending.pop(0):
            case Begin() as what:
                await _begin(turn, what)
                carried = True
            case Given(instance_id=id_, output=output):
                carried = await _given(turn, id_, output) or carried
    return carried


async def _begin(turn: Turn, what: Begin) -> None:
    """A sub-process that is not needed has agreed."""
    if not await begin(turn, what) and what.parent is not None:
        await _report(turn, *what.parent, "approved" if what.kind == "approval" else "done")


async def _given(turn: Turn, id_: int, output: CarryOut | StartChild | CancelChild | Finished) -> bool:
    instance = await instance_of(turn.session, id_)
    if instance is None:
        return False
    match output:
        case CarryOut(key=key, effect=effect):
            label = (await open_case(turn, instance)).process.label
            entity = turn.catalog.entities[instance.entity]
            occasion = f"instance {id_} {key}"
            # An approval locks its record itself; what an automation may not change, nobody let it.
            passes = instance.kind == "approval"
            effecting = Effecting(entity, instance.record_id, label, passes=passes, key=occasion)
            await carry_out(turn, effecting, (effect,))
        case StartChild(key=key, child=child):
            await _start(turn, instance, key, child.row, child.step, child.process)
        case CancelChild(key=key):
            await _cancel(turn, id_, key)
        case Finished(status=status):
            if instance.parent_id is None or instance.parent_key is None:
                return False
            await _report(turn, instance.parent_id, instance.parent_key, status)
    return True


async def _start(turn: Turn, parent: Instance, key: str, row: str | None, step: str, process: str) -> None:
    """Begin a sub-process, on the record of a row where rows are records of their own."""
    case = await open_case(turn, parent)
    called = case.process.places[step].step
    if not isinstance(called, Call):
        return
    on_row = row is not None and called.rows is not None
    about = (str(called.rows), int(row or 0)) if on_row else (parent.entity, parent.record_id)
    by = case.state.submitter
    turn.pending.append(Begin(called.kind, process, *about, by, (parent.id, key)))


async def _cancel(turn: Turn, parent_id: int, key: str) -> None:
    child = await child_of(turn.session, parent_id, key)
    if child is not None and child.status in ("running", "returned"):
        await happen(turn, await open_case(turn, child, change=True), Cancel(by=None))


async def _report(turn: Turn, parent_id: int, key: str, outcome: Status) -> None:
    """Tell the parent how its sub-process ended; one that waits for it no more needs not know."""
    parent = await instance_of(turn.session, parent_id)
    if parent is None:
        return
    try:
        await happen(turn, await open_case(turn, parent, change=True), ChildEnded(key, outcome))
    except (NotAwaited, NotRunning):
        return
