"""What a process asks outside: decision tables, its calendar, records of candidates; kept for the replay."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.definitions.calendar import Calendar, Opening
from guanxi.definitions.compiling import Compiling, Workshop
from guanxi.definitions.decisions.read import read_decision
from guanxi.definitions.documents import Document
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.meta import schema_problems
from guanxi.expressions.types import TEXT, Shape
from guanxi.workflow import Around, Facts
from tests.scenarios.orders import ORDER, ROLES, SHAPES, order_record
from tests.unit.workflow.acted import ID, NAMES, START, Case, approve

OFFICE = Calendar(
    name="office",
    label={"en": "Office"},
    zone=ZoneInfo("Asia/Shanghai"),
    week=((Opening(9 * 60, 17 * 60),),) * 5 + ((), ()),
)
TABLE = {
    "kind": "decision",
    "name": "matrix",
    "of": "order",
    "inputs": [{"name": "dear", "type": "boolean", "formula": "total > 500"}],
    "outputs": [{"name": "approver", "type": "who"}, {"name": "within", "type": "duration"}],
    "hit": "first",
    "rows": [
        {
            "name": "dear",
            "if": {"dear": True},
            "then": {"approver": [{"roles": ["director"]}], "within": "1 day"},
        },
        {
            "name": "cheap",
            "if": {"dear": False},
            "then": {"approver": [{"managerOf": "owner"}], "within": "3 days"},
        },
    ],
}
SHAPES_HERE = {**SHAPES, "user": Shape("user", {**SHAPES["user"].members, "city": TEXT})}
DEAR = [{"discount": "5", "amount": "900"}]


def workshop() -> Workshop:
    names = {"entity": frozenset({"order"}), "role": ROLES, "decision": frozenset({"matrix"})}
    names["calendar"] = frozenset({"office"})
    return Workshop(names=names, shapes=SHAPES_HERE, entities={"order": ORDER})


def compiled(*steps: dict[str, Any]) -> Approval:
    """An approval of these steps, with the table and the calendar around it."""
    shop = workshop()
    table = read_decision(TABLE, {}, Compiling("decision.json", shop))
    assert table, "\n".join(map(str, shop.problems))
    shop.decisions = {"matrix": table}
    document: dict[str, Any] = {
        "kind": "approval",
        "name": "asks",
        "of": "order",
        "calendar": "office",
        "watch": ["note"],
    }
    document["steps"] = list(steps)
    found = read_approval(document, Compiling("approval.json", shop))
    problems = schema_problems(Document("approval.json", document)) or shop.problems
    assert not problems, "\n".join(map(str, problems))
    Asking.table = table
    return found


class Asking(Case):
    """A case in a workspace with a table, a calendar and the cities of its users."""

    table: Any = None

    @property
    def facts(self) -> Facts:
        record = order_record(self.values, ID)
        users = {ID[name]: {"city": "Xiamen" if name in ("bo", "ana") else "Bremen"} for name in NAMES}
        around = Around(record, {"me": 1}, {"matrix": self.table}, OFFICE, users=users)
        return Facts(record, self.org, outside=around)


def test_a_table_says_who_is_asked_and_is_asked_again_when_it_answers_otherwise() -> None:
    by = [{"decision": "matrix", "output": "approver"}]
    case = Asking(compiled(approve("a", by=by)))
    assert case.who == {"a": ["mia"]}
    assert case.edit("bo", lines=DEAR).who == {"a": ["fuller"]}
    assert any(key.startswith("people matrix") for key in case.rows[0][2]["answers"])


def test_a_span_of_working_time_is_counted_by_the_calendar() -> None:
    late = {"name": "late", "after": "2 working days", "do": "remind"}
    case = Asking(compiled(approve("a", "mia", deadlines=[late], due="8 working hours")))
    assert case.state.timers == {"a#1/late": START + timedelta(days=2)}
    (task,) = case.state.tasks.values()
    assert task.due == START + timedelta(days=1), "17:00 in Shanghai is when the day ends"


def test_a_wait_goes_on_to_a_time_of_day_in_the_calendars_zone() -> None:
    wait = {"name": "w", "type": "wait", "for": "3 days", "at": "09:00"}
    case = Asking(compiled(wait, approve("a", "mia")))
    (due,) = case.state.timers.values()
    assert due.astimezone(OFFICE.zone).isoformat() == "2026-03-06T09:00:00+08:00"


def test_candidates_are_narrowed_by_what_their_own_record_says() -> None:
    by = [{"roles": ["board"], "where": "user.city == 'Xiamen'"}]
    assert sorted(Asking(compiled(approve("a", by=by))).who["a"]) == ["ana", "bo"]
