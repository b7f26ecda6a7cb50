"""Approvals to begin with: one level, parallel checks, three levels with a matrix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.errors import N_, Text

Data = dict[str, Any]
NUMBERS = ("integer", "decimal", "percent")
"""The types of fields whose size can decide how many levels there are."""
LEVELS = ("first", "second", "third")
MANAGER: Data = {"managerOf": "submitter"}
POLICIES: Data = {
    "nobodyFound": "hold",
    "approverIsSubmitter": "nextManager",
    "sameApproverAgain": "carryOver",
    "unavailable": ["deputy", "manager"],
    "recall": "beforeFirstDecision",
    "resubmit": "askAll",
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new approval is made of: its entity, the fields that consents are bound to, and the limits.

    `number` is the field of a `type`, `called` so, whose size decides, with three `limits`; `calendar` counts
    working time.
    """

    of: str
    name: str
    label: Mapping[str, str]
    watch: str
    number: str = ""
    type: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    calendar: str = ""
    roles: tuple[str, ...] = ()


Made = tuple[Data, list[Data]]
"""An approval, and the decision tables that it asks."""


def one_level(begin: Beginning) -> Made:
    """The submitter's manager decides."""
    step = approve("manager", "Manager", "上级", [MANAGER])
    return _approval(begin, [step]), []


def parallel_checks(begin: Beginning) -> Made:
    """The manager decides, then legal and finance check at the same time."""
    branches = []
    for name, english, chinese in (("legal", "Legal", "法务"), ("finance", "Finance", "财务")):
        step = approve(f"{name}_check", f"{english} check", f"{chinese}审核", [MANAGER])
        branches.append({"name": name, "label": {"en": english, "zh-CN": chinese}, "steps": [step]})
    label = {"en": "Checks", "zh-CN": "会签"}
    checks = {"name": "checks", "type": "parallel", "label": label, "branches": branches}
    return _approval(begin, [approve("manager", "Manager", "上级", [MANAGER]), checks]), []


def three_levels(begin: Beginning) -> Made:
    """Up to three levels, one more above each limit; a matrix says who decides at each."""
    table = f"{begin.name}_levels"
    limits, number = begin.limits, begin.number
    numerals = ("", "一", "二", "三")
    steps = []
    for place, level in enumerate(LEVELS):
        by = [{"decision": table, "output": level}]
        step = approve(level, f"Level {place + 1}", f"{numerals[place + 1]}级审批", by)
        steps.append(step | ({"when": f"{number} > {limits[place]}"} if place else {}))
    approval = _approval(begin, steps)
    approval["when"] = f"{number} > {limits[0]}"
    label = {"label": dict(begin.called)} if begin.called else {}
    approval["show"] = [{"name": number, **label, "value": number, "limit": limits[0], "of": number}]
    return approval, [_matrix(begin, table)]


BEGINNINGS: Mapping[str, tuple[Text, Callable[[Beginning], Made]]] = {
    "one": (N_("One level: the manager decides"), one_level),
    "levels": (N_("Three levels, by a matrix of who decides what"), three_levels),
    "checks": (N_("The manager, then two checks at the same time"), parallel_checks),
}


def approve(name: str, english: str, chinese: str, by: list[Data]) -> Data:
    """A step in which people are asked."""
    return {
        "name": name,
        "type": "approve",
        "label": {"en": english, "zh-CN": chinese},
        "by": by,
        "need": "any",
    }


def _approval(begin: Beginning, steps: list[Data]) -> Data:
    calendar = {"calendar": begin.calendar} if begin.calendar else {}
    return {
        "kind": "approval",
        "name": begin.name,
        "of": begin.of,
        "label": dict(begin.label),
        **calendar,
        "watch": list(dict.fromkeys(one for one in (begin.watch, begin.number) if one)),
        "policies": {
            key: list(value) if isinstance(value, list) else value for key, value in POLICIES.items()
        },
        "steps": steps,
    }


def _matrix(begin: Beginning, name: str) -> Data:
    """A row for each limit, a column for each level: who decides there."""
    low, middle, high = (int(one) if one.isdigit() else one for one in begin.limits)
    label = {"en": f"{begin.label.get('en', begin.name)}: levels"}
    if "zh-CN" in begin.label:
        label["zh-CN"] = f"{begin.label['zh-CN']}：级别"
    cells = [{"upTo": middle}, {"over": middle, "upTo": high}, {"over": high}]
    people: tuple[list[Data], ...] = (
        [MANAGER],
        [{"managerOf": "submitter", "level": 2}],
        [{"roles": [_highest(begin)]}],
    )
    rows = [
        {
            "name": row,
            "if": {"size": cell},
            "then": {level: [dict(one) for one in who] for level, who in zip(LEVELS, people, strict=True)},
        }
        for row, cell in zip(("small", "medium", "large"), cells, strict=True)
    ]
    chinese = ("一级", "二级", "三级")
    return {
        "kind": "decision",
        "name": name,
        "of": begin.of,
        "label": label,
        "hit": "unique",
        "inputs": [
            {
                "name": "size",
                "label": {"en": "Size", "zh-CN": "幅度"},
                "type": begin.type,
                "formula": begin.number,
                "min": low,
                "required": True,
            }
        ],
        "outputs": [
            {"name": level, "label": {"en": f"Level {place + 1}", "zh-CN": chinese[place]}, "type": "who"}
            for place, level in enumerate(LEVELS)
        ],
        "rows": rows,
    }


def _highest(begin: Beginning) -> str:
    return begin.roles[-1] if begin.roles else "admin"
