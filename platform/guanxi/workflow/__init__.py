"""The workflow engine: a pure function from (approval, state, event, moment, facts) to (state, outputs).

There are no tokens. An instance keeps marks (what was asked, answered, chosen), and after each event the tree
is derived again from them: every step is open, done or no, and the open tasks are whatever the walk finds
open. An edit or a new submission only clears marks, so nothing can be left behind.
"""

from guanxi.workflow.chain import ChainStep, Decision, chain, preview
from guanxi.workflow.events import Assign, Cancel, Decide, Edit, Event, Recall, Submit, Tick, event_from_json
from guanxi.workflow.facts import Facts
from guanxi.workflow.outputs import Close, Finished, Hold, Open, Output, Reask
from guanxi.workflow.question import Fact, changed_since, question
from guanxi.workflow.refusals import AlreadyDecided, ProcessMoved, TaskClosed
from guanxi.workflow.state import State, Task
from guanxi.workflow.step import Step, needed, replay, step

__all__ = [
    "AlreadyDecided",
    "Assign",
    "Cancel",
    "ChainStep",
    "Close",
    "Decide",
    "Decision",
    "Edit",
    "Event",
    "Fact",
    "Facts",
    "Finished",
    "Hold",
    "Open",
    "Output",
    "ProcessMoved",
    "Reask",
    "Recall",
    "State",
    "Step",
    "Submit",
    "Task",
    "TaskClosed",
    "Tick",
    "chain",
    "changed_since",
    "event_from_json",
    "needed",
    "preview",
    "question",
    "replay",
    "step",
]
