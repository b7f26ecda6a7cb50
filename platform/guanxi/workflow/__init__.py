"""The workflow engine: a pure function from (process, state, event, moment, facts) to (state, outputs).

There are no tokens. An instance keeps marks (what was asked, answered, fired, chosen), and after each event
the tree is derived again from them: every step is open, done or no, and the open tasks, timers and
sub-processes are whatever the walk finds open. A return, an edit or a new submission only clears marks, so
nothing can be left behind.

Who calls it stores in one transaction: the state, the event's row with the facts used, the tasks and timers
that the outputs name, and what the effects change. Events are ordered by (instance, seq).

    Open, Hold, Close      a task, by its key: open for people, held for an administrator, closed
    TimerSet, TimerGone    when to send a `Timer` with this key; a timer that is gone is refused
    CarryOut               an effect, once under (instance, key)
    StartChild, CancelChild  a sub-process; its end comes back as `ChildEnded` with this key
    Returned               it went back to a step, or to the submitter, whose record is free to change
    Reask, Carried, Remind   whom to tell what
    Finished               the instance ended

`Facts.outside` answers what the state and the record do not say: `Around` does so from the definitions.
`guanxi.workflow.powers` says what a person may do with a task, `chain` and `picture` how far all has come,
`versions` whether an instance can go on under another version of its definition.
"""

from guanxi.workflow.around import Around
from guanxi.workflow.chain import ChainStep, Decision, chain, preview
from guanxi.workflow.events import (
    Add,
    Ask,
    Assign,
    Cancel,
    ChildEnded,
    Claim,
    Decide,
    Delegate,
    Edit,
    Event,
    Migrate,
    Move,
    NamedEvent,
    Recall,
    Release,
    Remove,
    Reply,
    Return,
    Skip,
    Submit,
    Tick,
    Timer,
    Transfer,
)
from guanxi.workflow.events_json import event_from_json, event_to_json
from guanxi.workflow.facts import Facts
from guanxi.workflow.outputs import (
    CancelChild,
    Carried,
    CarryOut,
    Close,
    Finished,
    Hold,
    Open,
    Output,
    Reask,
    Remind,
    Returned,
    StartChild,
    TimerGone,
    TimerSet,
)
from guanxi.workflow.outside import Outside
from guanxi.workflow.question import Fact, changed_since, question
from guanxi.workflow.refusals import AlreadyDecided, NotAllowed, NotAwaited, ProcessMoved, TaskClosed
from guanxi.workflow.state import Child, State, Task
from guanxi.workflow.step import Step, needed, replay, step

__all__ = [
    "Add",
    "AlreadyDecided",
    "Around",
    "Ask",
    "Assign",
    "Cancel",
    "CancelChild",
    "Carried",
    "CarryOut",
    "ChainStep",
    "Child",
    "ChildEnded",
    "Claim",
    "Close",
    "Decide",
    "Decision",
    "Delegate",
    "Edit",
    "Event",
    "Fact",
    "Facts",
    "Finished",
    "Hold",
    "Migrate",
    "Move",
    "NamedEvent",
    "NotAllowed",
    "NotAwaited",
    "Open",
    "Output",
    "Outside",
    "ProcessMoved",
    "Reask",
    "Recall",
    "Release",
    "Remind",
    "Remove",
    "Reply",
    "Return",
    "Returned",
    "Skip",
    "StartChild",
    "State",
    "Step",
    "Submit",
    "Task",
    "TaskClosed",
    "Tick",
    "Timer",
    "TimerGone",
    "TimerSet",
    "Transfer",
    "chain",
    "changed_since",
    "event_from_json",
    "event_to_json",
    "needed",
    "preview",
    "question",
    "replay",
    "step",
]
