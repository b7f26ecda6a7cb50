"""The defects that are put into sound processes one by one."""

from typing import Any

from tests.unit.proving.sound import (
    ANNA,
    BAD,
    BIG,
    END,
    FIRST,
    JOINED,
    PAUSE,
    SECOND,
    WAITS_LEFT,
    WAITS_RIGHT,
    Data,
    approve,
    back,
    branch,
    choose,
    process,
    step,
    task,
)


def late(*deadlines: tuple[str, str]) -> Data:
    """A process whose step has these deadlines: after what, and what then happens."""
    to = {"to": [{"managerOf": "owner"}]}
    found = [
        {"name": f"d{number}", "after": after, "do": do, **(to if do in ("reassign", "escalate") else {})}
        for number, (after, do) in enumerate(deadlines)
    ]
    return process(approve("first", deadlines=found))


def race(*branches: Data) -> Data:
    return process(step("race", "who", branches=list(branches)))


def split(*branches: Data, **more: Any) -> Data:
    return process(FIRST, step("parallel", "both", branches=list(branches), **more), SECOND)


LONG = step("wait", "long", **{"for": "1 week"})
DEFECTS: dict[str, tuple[Data, str, str]] = {
    "behind an end": (process(FIRST, END, SECOND), "second", "Nothing comes to"),
    "behind an end in every branch": (
        process(
            choose("size", branch("big", END, when=BIG), otherwise=[step("end", "no", outcome="rejected")]),
            SECOND,
        ),
        "second",
        "Nothing comes to",
    ),
    "behind a return": (process(FIRST, back(), SECOND), "second", "Nothing comes to"),
    "behind an end in a branch": (
        process(FIRST, choose("size", branch("big", END, SECOND, when=BIG))),
        "second",
        "Nothing comes to",
    ),
    "returns for ever": (process(task("ready"), back("ready")), "again", "never ends"),
    "returns in every branch": (
        process(
            task("ready"),
            choose(
                "bad",
                branch("yes", step("goBack", "a", to="ready", max=3), when=BAD),
                otherwise=[step("goBack", "b", to="ready", max=3)],
            ),
        ),
        "b",
        "never ends",
    ),
    "a join that cannot be met": (
        split(branch("one", approve("one_ok")), branch("two", back())),
        "both",
        "can never be done",
    ),
    "two of a join that can be one": (
        split(
            branch("one", approve("one_ok")),
            branch("two", back()),
            branch("three", step("goBack", "b", to="first", max=2)),
            join={"atLeast": 2},
        ),
        "both",
        "can never be done",
    ),
    "cut off at the end": (
        process(step("parallel", "both", branches=JOINED, join="first", rest="letRun")),
        "both",
        "is cut off",
    ),
    "the same branch twice": (
        process(choose("size", branch("a", FIRST, when=BIG), branch("b", SECOND, when=BIG))),
        "size",
        "never taken",
    ),
    "wide before narrow": (
        process(choose("size", branch("a", FIRST, when=BIG), branch("b", SECOND, when="total > 500"))),
        "size",
        "never taken",
    ),
    "two branches leave nothing": (
        process(
            choose(
                "size",
                branch("a", FIRST, when="total > 100 or terms == 'free'"),
                branch("b", SECOND, when="total > 50 and total > 100"),
            )
        ),
        "size",
        "never taken",
    ),
    "otherwise of everything": (
        process(
            choose(
                "size",
                branch("a", FIRST, when="missing(note)"),
                branch("b", SECOND, when="not missing(note)"),
                otherwise=[task("ready")],
            )
        ),
        "size",
        "never taken",
    ),
    "a branch against the process": (
        process(choose("size", branch("a", FIRST, when="total < 50")), when=BIG),
        "size",
        "never taken",
    ),
    "a step against its branch": (
        process(choose("size", branch("a", approve("first", when="total < 50"), when=BIG))),
        "first",
        "never reached",
    ),
    "a step in otherwise": (
        process(
            choose("size", branch("a", FIRST, when=BIG), otherwise=[approve("second", when="total > 500")])
        ),
        "second",
        "never reached",
    ),
    "a step against the process": (
        process(approve("first", when="total < 50"), when=BIG),
        "first",
        "never reached",
    ),
    "a condition against itself": (
        process(FIRST, approve("second", when="terms == 'free' and terms == 'bound'")),
        "second",
        "never reached",
    ),
    "a process that is never run": (process(FIRST, when="total > 10 and total < 5"), "", "never run"),
    "rejected, and yet going on": (
        process(FIRST, approve("second", when="outcome('first') == 'rejected'")),
        "second",
        "never reached",
    ),
    "waits for what cannot be": (
        process(FIRST, step("wait", "soon", when="total > 10 and total < 5")),
        "soon",
        "waits for ever",
    ),
    "asks a later step": (
        process(approve("first", when="outcome('ready') == 'good'"), task("ready")),
        "first",
        "only after it",
    ),
    "waits for a later step": (
        process(step("wait", "soon", when="outcome('ready') == 'good'"), task("ready")),
        "soon",
        "only after it",
    ),
    "wait for each other": (
        process(
            step(
                "parallel",
                "both",
                branches=[
                    branch("one", WAITS_RIGHT, task("left")),
                    branch("two", WAITS_LEFT, task("right")),
                ],
            )
        ),
        "wait_left",
        "wait for each other",
    ),
    "a race that is over": (
        race(branch("ok", FIRST), branch("none", step("end", "stop", outcome="cancelled"))),
        "who",
        "at once",
    ),
    "a race with a loser": (race(branch("a", PAUSE), branch("b", LONG)), "who", "never wins"),
    "too few people": (process(approve("first", by=ANNA, need={"atLeast": 2})), "first", "needs 2 people"),
    "one manager for two": (process(approve("first", need={"atLeast": 2})), "first", "needs 2 people"),
    "the same person apart": (
        process(
            approve("first", by=ANNA),
            approve("second", by=ANNA),
            policies={"separate": [["first", "second"]]},
        ),
        "second",
        "both ask only anna@example.com",
    ),
    "the decider apart": (
        process(
            FIRST,
            approve("second", by=[{"deciderOf": "first"}]),
            policies={"separate": [["first", "second"]]},
        ),
        "second",
        "may not be decided by the same person",
    ),
    "a reminder that is too late": (late(("1 day", "reject"), ("2 days", "remind")), "first", "never comes"),
    "two decisions": (late(("30 hours", "approve"), ("2 days", "reject")), "first", "never comes"),
    "reassigned to the same": (
        late(
            ("1 day", "reassign"),
        ),
        "first",
        "who have it already",
    ),
    "calls itself": (process(FIRST, step("call", "sub", process="tried")), "sub", "without an end"),
    "calls in a circle": (process(FIRST, step("call", "sub", process="line_check")), "sub", "without an end"),
    "ends at once": (
        process(FIRST, when=BIG, exits=[{"name": "big", "when": "total > 50"}]),
        "",
        "as soon as it begins",
    ),
    "spins": (
        process(
            FIRST,
            step("choose", "size", branches=[branch("a", when=BIG)], otherwise=[]),
            back("size", when=BIG),
        ),
        "again",
        "nobody and nothing between",
    ),
}
