"""Sound processes, and the defects that are put into them one by one."""

from typing import Any

Data = dict[str, Any]


def approve(name: str, **more: Any) -> Data:
    return {"name": name, "type": "approve", "by": [{"managerOf": "owner"}], **more}


def task(name: str, **more: Any) -> Data:
    return {
        "name": name,
        "type": "task",
        "by": [{"field": "owner"}],
        "outcomes": [{"name": "good"}, {"name": "bad"}],
        **more,
    }


def step(kind: str, name: str, **more: Any) -> Data:
    return {"name": name, "type": kind, **more}


def branch(name: str, *steps: Data, **more: Any) -> Data:
    return {"name": name, "steps": list(steps), **more}


def choose(name: str, *branches: Data, otherwise: list[Data] | None = None, **more: Any) -> Data:
    return step("choose", name, branches=list(branches), otherwise=otherwise or [], **more)


def process(*steps: Data, **more: Any) -> Data:
    return {
        "kind": "approval",
        "name": "tried",
        "of": "order",
        "watch": ["account"],
        "steps": list(steps),
        **more,
    }


def back(to: str = "first", **more: Any) -> Data:
    return step("goBack", "again", to=to, max=3, **more)


END = step("end", "stop", outcome="approved")
PAUSE = step("wait", "pause", **{"for": "2 days"})
PAID = step("wait", "payment", event="paid")
FIRST = approve("first")
SECOND = approve("second", by=[{"roles": ["director"]}])
ANNA = [{"people": ["anna@example.com"]}]
BIG = "total > 100"
BAD = "outcome('ready') == 'bad'"
JOINED = [branch("law", approve("law_ok")), branch("money", approve("money_ok"))]
WAITS_RIGHT = step("wait", "wait_left", when="outcome('right') == 'good'")
WAITS_LEFT = step("wait", "wait_right", when="outcome('left') == 'good'")

SOUND: dict[str, Data] = {
    "one step": process(FIRST),
    "two steps": process(FIRST, SECOND),
    "a condition": process(approve("first", when=BIG)),
    "a process with a condition": process(FIRST, approve("second", when="total > 200"), when=BIG),
    "a choice": process(FIRST, choose("size", branch("big", SECOND, when=BIG))),
    "narrow before wide": process(
        choose(
            "size",
            branch("huge", SECOND, when="total > 500"),
            branch("big", FIRST, when=BIG),
        )
    ),
    "a missing value is otherwise": process(
        choose(
            "size",
            branch("big", FIRST, when=BIG),
            branch("small", SECOND, when="total <= 100"),
            otherwise=[task("ready")],
        )
    ),
    "texts apart": process(
        choose(
            "terms",
            branch("free", FIRST, when="terms == 'free'"),
            branch("bound", SECOND, when="terms == 'bound'"),
        )
    ),
    "not the same": process(
        choose("terms", branch("free", FIRST, when="terms == 'free' and not (total > 100)")),
        approve("second", when="terms == 'free' and total > 100"),
    ),
    "a condition in a choice": process(
        choose("size", branch("big", approve("first", when="total > 500"), when=BIG))
    ),
    "lines": process(
        choose("size", branch("big", SECOND, when="max(lines.discount) > 20")),
        when="max(lines.discount) > 10",
    ),
    "all of two": process(step("parallel", "both", branches=JOINED)),
    "one of two": process(step("parallel", "both", branches=JOINED, join="first"), SECOND),
    "two of two": process(step("parallel", "both", branches=JOINED, join={"atLeast": 2})),
    "the rest runs on": process(
        step("parallel", "both", branches=JOINED, join="first", rest="letRun"), SECOND
    ),
    "a loop": process(task("ready"), choose("bad", branch("yes", back("ready"), when=BAD)), FIRST),
    "a loop with an end": process(
        task("ready"), choose("bad", branch("yes", back("ready"), when=BAD), otherwise=[END])
    ),
    "an end in a branch": process(choose("size", branch("small", END, when="total < 1")), FIRST),
    "a wait": process(FIRST, PAUSE),
    "a condition waited for": process(FIRST, step("wait", "soon", when=BIG)),
    "a race": process(step("race", "who", branches=[branch("paid", PAID), branch("over", PAUSE)])),
    "a race with an approval": process(
        step("race", "who", branches=[branch("ok", FIRST), branch("over", PAUSE)])
    ),
    "people enough": process(
        approve("first", by=[{"people": ["a@example.com", "b@example.com"]}], need={"atLeast": 2})
    ),
    "a role may have many": process(approve("first", by=[{"roles": ["director"]}], need={"atLeast": 2})),
    "people apart": process(approve("first", by=ANNA), SECOND, policies={"separate": [["first", "second"]]}),
    "the same again": process(approve("first", by=ANNA), approve("second", by=[{"deciderOf": "first"}])),
    "reminders in turn": process(
        approve(
            "first",
            deadlines=[
                {"name": "soon", "after": "1 day", "do": "remind"},
                {"name": "late", "after": "3 days", "do": "reject"},
            ],
        )
    ),
    "handed on": process(
        approve(
            "first",
            deadlines=[{"name": "late", "after": "1 day", "do": "reassign", "to": [{"roles": ["board"]}]}],
        )
    ),
    "a call": process(FIRST, step("call", "sub", process="line_check")),
    "how a call ended": process(
        step("call", "sub", process="line_check", ifRejected="continue"),
        approve("first", when="outcome('sub') == 'rejected'"),
    ),
    "how a step ended": process(
        approve("first", ifRejected="continue"), approve("second", when="outcome('first') == 'rejected'")
    ),
    "one waits for the other": process(
        step(
            "parallel",
            "both",
            branches=[branch("one", task("left")), branch("two", WAITS_LEFT, task("right"))],
        )
    ),
    "small orders end it": process(FIRST, when=BIG, exits=[{"name": "small", "when": "total < 1"}]),
    "filled in, then asked": process(
        task("ready", fields={"terms": "required"}), approve("first", when="terms == 'free'")
    ),
}


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
