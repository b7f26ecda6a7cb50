"""Each defect that is put into a sound process is found, at its step; sound processes pass."""

import pytest

from guanxi.definitions.documents import Document
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.meta import schema_problems
from guanxi.definitions.proving import Flaw, Known, known_of, prove
from tests.scenarios.orders import reading
from tests.unit.proving.defects import DEFECTS
from tests.unit.proving.sound import SECOND, SOUND, Data, approve, process


def proved(document: Data, *, circle: bool = False) -> tuple[Flaw, ...]:
    """What is found wrong with a document that is expected to compile."""
    compiling = reading()
    compiling.workshop.processes = {**compiling.workshop.processes, ("approval", "tried"): "order"}
    assert schema_problems(Document("approval.json", document)) == []
    approval = read_approval(document, compiling)
    assert compiling.workshop.problems == []
    known = known_of([approval], {})
    calls = {**known.calls, "line_check": frozenset({"tried"} if circle else ())}
    return prove(approval, Known({}, calls))


def test_there_are_thirty_of_each() -> None:
    assert len(DEFECTS) >= 30
    assert len(SOUND) >= 30


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_process_passes(name: str) -> None:
    assert proved(SOUND[name]) == ()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found_and_named(name: str) -> None:
    document, step, says = DEFECTS[name]
    found = proved(document, circle=name == "calls in a circle")
    assert [one.step for one in found] == [step], found
    assert says in str(found[0].text)
    assert str(found[0].hint)
    assert not found[0].warning
    assert not step or found[0].way[-1] == step


def test_the_way_there_is_told_with_steps_and_branches() -> None:
    document, _, _ = DEFECTS["behind an end in a branch"]
    (flaw,) = proved(document)
    assert flaw.way == ("first", "size", "big", "stop", "second")
    assert str(flaw.text).endswith("The way there: First › Size › Big › Stop › Second.")


def test_who_edits_what_is_watched_is_only_warned_of() -> None:
    document = process(approve("first", fields={"note": "editable"}), SECOND, watch=["note"])
    (flaw,) = proved(document)
    assert flaw.warning
    assert (flaw.step, flaw.key) == ("first", "fields/note")
