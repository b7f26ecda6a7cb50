"""The named events that an instance waits for, or remembers for a step that will."""

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Wait
from guanxi.workflow import State


def awaited_events(process: Process, state: State) -> frozenset[str]:
    """Their names; none once the instance has ended or waits for its submitter."""
    if state.status != "running":
        return frozenset()
    waits = [place.step for place in process.places.values() if isinstance(place.step, Wait)]
    heard = {one.event for one in waits if one.event and (one.accept_early or one.name in state.waits)}
    return frozenset(heard | {one.event for one in process.exits if one.event})
