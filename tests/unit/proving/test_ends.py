"""What is said of random processes holds when the engine runs them."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.proving import Known, prove
from guanxi.rules.organisation import Snapshot
from guanxi.workflow import Submit, Tick
from tests.scenarios.orders import approval_of
from tests.unit.workflow.made_up import PEOPLE, documents, orders, organisations
from tests.unit.workflow.test_any_process import AnyProcess

MOST_EVENTS = 300


@settings(max_examples=40, deadline=None)
@given(document=documents(), org=organisations(), record=orders(), by=st.sampled_from(PEOPLE))
def test_what_passes_ends_and_what_is_never_reached_is_not(
    document: dict[str, Any], org: Snapshot, record: dict[str, Any], by: int
) -> None:
    approval = approval_of(document)
    flaws = prove(approval, Known({}, {}))
    never = {flaw.step for flaw in flaws if "never reached" in str(flaw.text) or "comes to" in str(flaw.text)}
    run = AnyProcess()
    run.document = document
    run.begin(approval, org, record)
    run.take(Submit(by))
    reached = set[str]()
    for _ in range(MOST_EVENTS):
        assert run.state is not None
        reached |= {name for name, mark in run.state.marks.items() if not mark.skipped}
        if run.state.ended:
            break
        run.drive()
        run.take(Tick())
    assert not never & reached
    assert run.state is not None
    assert run.state.ended or flaws
