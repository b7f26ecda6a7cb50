"""Random approvals, organisations and orders for the property tests."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guanxi.rules.organisation import Member, Snapshot, Team

PEOPLE = list(range(1, 9))
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


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """An approval document: a tree of approve and choose steps under any policies."""
    names: list[str] = []
    steps = _steps(draw, names, 0)
    asking = [name for name in names if name.startswith("a")]
    group = st.lists(st.sampled_from(asking), min_size=2, max_size=3, unique=True)
    separate = draw(st.lists(group, max_size=2)) if len(asking) > 1 else []
    policies = {
        "approverIsSubmitter": draw(st.sampled_from(["nextManager", "hold"])),
        "sameApproverAgain": draw(st.sampled_from(["carryOver", "ask"])),
        "unavailable": draw(st.sampled_from([[], ["manager"]])) or None,
        "separate": separate or None,
        "recall": draw(st.sampled_from(["anyTime", "beforeFirstDecision", "never"])),
        "resubmit": draw(st.sampled_from(["askAll", "askAffected"])),
    }
    return {
        "kind": "approval",
        "name": "made_up",
        "of": "order",
        "watch": draw(st.lists(st.sampled_from(WATCHABLE), min_size=1, unique=True)),
        "policies": {key: value for key, value in policies.items() if value is not None},
        "steps": steps,
    }


def _steps(draw: st.DrawFn, names: list[str], depth: int) -> list[dict[str, Any]]:
    return [_step(draw, names, depth) for _ in range(draw(st.integers(1 if depth == 0 else 0, 3 - depth)))]


def _step(draw: st.DrawFn, names: list[str], depth: int) -> dict[str, Any]:
    if depth < 2 and names and draw(st.integers(0, 2)) == 0:
        name = f"c{len(names)}"
        names.append(name)
        branches = [
            {"name": f"b{i}", "when": text, "steps": _steps(draw, names, depth + 1)}
            for i, text in enumerate(draw(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=2)))
        ]
        rest = _steps(draw, names, depth + 1)
        return {"name": name, "type": "choose", "branches": branches, "otherwise": rest, **draw(WHEN)}
    name = f"a{len(names)}"
    asked = [other for other in names if other.startswith("a")]
    names.append(name)
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
    return step


@st.composite
def organisations(draw: st.DrawFn) -> Snapshot:
    """Eight people with any managers, circles included, and outsiders."""
    maybe = st.one_of(st.none(), st.sampled_from(PEOPLE))
    people = {
        person: Member(draw(maybe), draw(st.sampled_from([None, 1, 2])), f"p{person}@example.com", True)
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
    record["lines"] = [{"discount": Decimal(d), "amount": Decimal(100), "parent": record} for d in discounts]
    record["total"] = Decimal(100 * len(discounts))
    return record
