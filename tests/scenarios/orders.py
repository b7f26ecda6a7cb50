"""The small world of the scenarios: one entity with lines, by hand, so that only the engine is tried."""

from decimal import Decimal
from typing import Any

from guanxi.definitions.compiling import Compiling, Workshop
from guanxi.definitions.documents import Document
from guanxi.definitions.entity import Column, Entity, Field
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.meta import schema_problems
from guanxi.expressions.types import (
    TEXT,
    CollectionType,
    DecimalType,
    MoneyType,
    ReferenceType,
    Shape,
)

USER = ReferenceType("user")
MONEY = MoneyType("CNY")
SHAPES = {
    "order": Shape(
        "order",
        {
            "owner": USER,
            "helper": USER,
            "account": ReferenceType("account"),
            "status": TEXT,
            "note": TEXT,
            "terms": TEXT,
            "total": MONEY,
            "lines": CollectionType("order.lines"),
        },
    ),
    "order.lines": Shape(
        "order.lines", {"discount": DecimalType(2, percent=True), "amount": MONEY}, parent="order"
    ),
    "account": Shape("account", {"level": TEXT, "owner": USER}),
    "user": Shape("user", {"name": TEXT}),
}
PROCESSES = {("approval", "line_check"): "order"}
"""A process that others can call."""

ROLES = frozenset({"director", "legal", "board", "admin"})


def _field(name: str, kind: str, **options: Any) -> Field:
    column = Column(name, name, "decimal" if kind in ("money", "percent") else "text")
    return Field(name=name, type=kind, label={"en": name}, columns=(column,), **options)


def _entity(name: str, fields: list[Field]) -> Entity:
    label = {"en": name}
    return Entity(
        name=name,
        label=label,
        plural=label,
        title="note",
        icon="",
        table=name,
        fields={f.name: f for f in fields},
    )


LINES = _entity("order.lines", [_field("discount", "percent"), _field("amount", "money")])
ORDER = _entity(
    "order",
    [
        _field("owner", "reference"),
        _field("helper", "reference"),
        _field("account", "reference"),
        _field("status", "stage"),
        _field("note", "longText"),
        _field("terms", "text"),
        _field("total", "money"),
        Field(name="lines", type="lines", label={"en": "lines"}, lines=LINES),
    ],
)


def reading(file: str = "approval.json") -> Compiling:
    """What reads an approval over this world; problems gather in its workshop."""
    names = {"entity": frozenset({"order"}), "role": ROLES}
    return Compiling(
        file, Workshop(names=names, shapes=SHAPES, entities={"order": ORDER}, processes=PROCESSES)
    )


def approval_of(document: dict[str, Any]) -> Approval:
    """The compiled approval of a document that is expected to be right."""
    compiling = reading()
    problems = schema_problems(Document("approval.json", document)) or compiling.workshop.problems
    approval = read_approval(document, compiling)
    assert not problems, "\n".join(map(str, problems))
    return approval


def order_record(values: dict[str, Any], people: dict[str, int]) -> dict[str, Any]:
    """A flat record from its JSON form; people are named, every amount is 100 unless given."""
    record: dict[str, Any] = {
        "owner": None,
        "helper": None,
        "account": 1,
        "account.level": None,
        "account.owner": None,
        "status": "draft",
        "note": None,
        "terms": None,
    }
    for key, value in values.items():
        if value is not None:
            record[key] = people.get(value) if key.endswith(("owner", "helper")) else value
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(values.get("lines", ()), 1):
        amount = Decimal(line.get("amount", "100"))
        discount, id_ = Decimal(line["discount"]), line.get("id", number)
        lines.append({"id": id_, "discount": discount, "amount": amount, "parent": record})
    record["lines"] = lines
    record["items"] = list(values.get("items", ()))
    record["total"] = sum((line["amount"] for line in lines), Decimal(0))
    return record
