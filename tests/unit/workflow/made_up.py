"""Random approvals, organisations and orders for the property tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guanxi.rules.organisation import Member, Snapshot, Team

PEOPLE = list(range(1, 9))
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
OUTSIDERS = list(range(90, 110))
"""Active people in no role and no team, whom an administrator can always assign."""

CONDITIONS = [
    "total > 150",
    "terms == 'free'",
    "missing(note)",
    "max(lines.discount) > 20",
    "account.level == 'A'",
]
WATCHABLE = ["lines", "total", "terms", "note", "account.level", "lines.discount", "owner"]
NEEDS = st.sampled_from(
    ["any", "all", "inTurn", {"atLeast": 1}, {"atLeast": 3}, {"percent": 50}, {"percent": 100}]
)
WHO = st.sampled_from(
    [
        {"roles": ["director"]},
        {"roles": ["board", "legal"]},
        {"managerOf": "owner"},
        {"managerOf": "submitter", "level": 2},
        {"chainOf": "owner"},
        {"chainOf": "submitter", "upTo": 2},
        {"field": "helper"},
        {"teams": ["east"]},
        {"people": ["p3@example.com"], "roles": ["legal"]},
    ]
)
WHEN: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}), st.sampled_from(CONDITIONS).map(lambda text: {"when": text})
)


POWERS = ("transfer", "delegate", "add", "ask")
WAITS: list[dict[str, Any]] = [{"for": "1 day"}, {"event": "paid"}, {"event": "paid", "acceptEarly": True}]
SPANS = ["1 hour", "2 days", "3 weeks"]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """An approval document: a tree of steps of every type that asks or waits, under any policies."""
    names: list[str] = []
    steps = _steps(draw, names, [], 0)
    asking = [name for name in names if name[0] in "at"]
    group = st.lists(st.sampled_from(asking), min_size=2, max_size=3, unique=True)
    separate = draw(st.lists(group, max_size=2)) if len(asking) > 1 else []
    policies = {
        "approverIsSubmitter": draw(st.sampled_from(["nextManager", "hold"])),
        "sameApproverAgain": draw(st.sampled_from(["carryOver", "ask"])),
        "unavailable": draw(st.sampled_from([[], ["manager"], ["deputy", "manager"]])) or None,
        "separate": separate or None,
        "recall": draw(st.sampled_from(["anyTime", "beforeFirstDecision", "never"])),
        "resubmit": draw(st.sampled_from(["askAll", "askAffected"])),
    }
    may: dict[str, Any] = {power: [{"teams": ["east"], "roles": ["board", "legal"]}] for power in POWERS}
    may["return"] = ["submitter", "previous", *(name for name in names if name[0] in "at")][:20]
    return {
        "kind": "approval",
        "name": "made_up",
        "of": "order",
        "watch": draw(st.lists(st.sampled_from(WATCHABLE), min_size=1, unique=True)),
        "may": may,
        "policies": {key: value for key, value in policies.items() if value is not None},
        "steps": steps,
    }


def _steps(draw: st.DrawFn, names: list[str], before: list[str], depth: int) -> list[dict[str, Any]]:
    least, found, earlier = (1 if depth == 0 else 0), list[dict[str, Any]](), list(before)
    for _ in range(draw(st.integers(least, 3 - depth))):
        found.append(_step(draw, names, earlier, depth))
        earlier.append(found[-1]["name"])
    return found


def _step(draw: st.DrawFn, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    kind = draw(st.sampled_from("aaaattwk" + ("ccpprrbb" if depth < 2 and names else ""))) if names else "a"
    if kind == "b" and not before:
        kind = "w"
    name = f"{kind}{len(names)}"
    names.append(name)
    return _MAKE[kind](draw, name, names, before, depth)


def _approve(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    asked = [other for other in names if other[0] in "at" and other != name]
    who = st.one_of(WHO, st.sampled_from(asked).map(lambda other: {"deciderOf": other})) if asked else WHO
    step = {
        "name": name,
        "type": "approve",
        "by": draw(st.lists(who, min_size=1, max_size=2)),
        "need": draw(NEEDS),
        **draw(WHEN),
    }
    if draw(st.integers(0, 3)) == 0:
        step["watch"] = draw(st.lists(st.sampled_from(WATCHABLE), min_size=1, unique=True))
    if draw(st.integers(0, 2)) == 0:
        step["deadlines"] = [_deadline(draw, ["remind", "escalate", "reassign", "approve", "reject"])]
    if draw(st.integers(0, 4)) == 0:
        step["ifRejected"] = "continue"
    return step


def _deadline(draw: st.DrawFn, kinds: list[str]) -> dict[str, Any]:
    do = draw(st.sampled_from(kinds))
    to = {"to": [{"roles": ["legal", "board"]}]} if do in ("escalate", "reassign") else {}
    return {"name": "late", "after": draw(st.sampled_from(SPANS)), "do": do, **to}


def _task(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    by = draw(st.lists(WHO, min_size=1, max_size=2))
    more = {"deadlines": [_deadline(draw, ["remind", "reassign"])]} if draw(st.booleans()) else {}
    outcomes = [{"name": "good"}, {"name": "bad"}]
    return {"name": name, "type": "task", "by": by, "outcomes": outcomes, **draw(WHEN), **more}


def _wait(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    return {"name": name, "type": "wait", **draw(st.sampled_from(WAITS))}


def _call(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    each: dict[str, Any] = {"forEach": "lines", "join": draw(st.sampled_from(["all", "first", "none"]))}
    return {"name": name, "type": "call", "process": "line_check", **(each if draw(st.booleans()) else {})}


def _choose(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    ends = [f"outcome('{other}') == 'rejected'" for other in before if other[0] == "a"]
    ends += [f"visits('{other}') < 2" for other in before]
    texts = draw(st.lists(st.sampled_from(CONDITIONS + ends), min_size=1, max_size=2))
    branches = [
        {"name": f"b{i}", "when": text, "steps": _steps(draw, names, before, depth + 1)}
        for i, text in enumerate(texts)
    ]
    rest = _steps(draw, names, before, depth + 1)
    return {"name": name, "type": "choose", "branches": branches, "otherwise": rest, **draw(WHEN)}


def _parallel(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    branches = [
        {"name": f"b{i}", "steps": _steps(draw, names, before, depth + 1), **draw(WHEN)}
        for i in range(draw(st.integers(2, 3)))
    ]
    join = draw(st.sampled_from(["all", "all", "first", {"atLeast": 2}]))
    rest = draw(st.sampled_from(["cancel", "letRun"]))
    return {"name": name, "type": "parallel", "branches": branches, "join": join, "rest": rest}


def _race(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    branches = []
    for i in range(2):
        kind = draw(st.sampled_from("aw"))
        first = f"{kind}{len(names)}"
        names.append(first)
        steps = [_MAKE[kind](draw, first, names, before, depth)]
        branches.append({"name": f"b{i}", "steps": steps + _steps(draw, names, [*before, first], depth + 1)})
    return {"name": name, "type": "race", "branches": branches}


def _back(draw: st.DrawFn, name: str, names: list[str], before: list[str], depth: int) -> dict[str, Any]:
    to, most = draw(st.sampled_from(before)), draw(st.integers(2, 3))
    return {"name": name, "type": "goBack", "to": to, "max": most, "when": "total > 150"}


_MAKE = {
    "a": _approve,
    "t": _task,
    "w": _wait,
    "k": _call,
    "c": _choose,
    "p": _parallel,
    "r": _race,
    "b": _back,
}


@st.composite
def organisations(draw: st.DrawFn) -> Snapshot:
    """Eight people with any managers, circles included, and outsiders."""
    maybe = st.one_of(st.none(), st.sampled_from(PEOPLE))
    people = {
        person: Member(
            draw(maybe),
            draw(st.sampled_from([None, 1, 2])),
            f"p{person}@example.com",
            deputy=draw(maybe),
            absent=draw(st.sampled_from([(), (MARCH,)])),
        )
        for person in PEOPLE
    }
    people |= {person: Member() for person in OUTSIDERS}
    teams = {1: Team("east", 2, draw(maybe)), 2: Team("sales", None, draw(maybe))}
    holders = st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True).map(tuple)
    return Snapshot(people, teams, {role: draw(holders) for role in ("director", "board", "legal")})


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """A flat record of an order with up to three lines."""
    record: dict[str, Any] = {
        "owner": draw(st.one_of(st.none(), st.sampled_from(PEOPLE))),
        "helper": draw(st.one_of(st.none(), st.sampled_from(PEOPLE))),
        "account": 1,
        "account.level": draw(st.sampled_from([None, "A", "B"])),
        "account.owner": None,
        "status": "draft",
        "note": draw(st.sampled_from([None, "call", "呼"])),
        "terms": draw(st.sampled_from([None, "30 days", "free"])),
    }
    discounts = draw(st.lists(st.sampled_from(["0", "10", "15.00", "25", "40"]), max_size=3))
    record["lines"] = [
        {"id": number, "discount": Decimal(d), "amount": Decimal(100), "parent": record}
        for number, d in enumerate(discounts)
    ]
    record["total"] = Decimal(100 * len(discounts))
    return record
