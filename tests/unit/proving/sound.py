"""Sound processes, and what they are made of."""

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
