"""The test run of an approval: choose a record and who submits it, see the route, play decisions and time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.steps import step_in
from guanxi.commands.studio.trial_facts import Trial, Tried, trial_facts
from guanxi.definitions.flow.steps import Asking
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, NotFound, Text
from guanxi.studio.flows.homes import APPROVALS, opened
from guanxi.studio.flows.playing import CHILD, TELLS, TIME, Ran, Told, possible, run
from guanxi.studio.flows.step_typed import BRANCHED
from guanxi.studio.flows.views import PlayButton, Played, PlayStep, TryPage
from guanxi.studio.flows.words import Names
from guanxi.studio.forms import read_typed
from guanxi.studio.heads import draft_of, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.typed import Typed
from guanxi.studio.views import Badge
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import formats_of, framed
from guanxi.web.pages.flow_view import ENDS, Drawn, flow_view
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden, Link, Tone
from guanxi.workflow import Close, Finished, State
from guanxi.workflow.explaining import StepTold, explain_route
from guanxi.workflow.picture import picture

TRY = N_("Test run")
RECORD, SUBMITTER, EMPTY = N_("Record"), N_("Submitted by"), N_("An empty record")
APPROVES, REJECTS, ANSWERS = N_("{person} approves"), N_("{person} rejects"), N_("{person}: {answer}")
CHILD_ENDS = N_("The other process is approved")
PASSES, UNDO = N_("Time passes until {moment}"), N_("One step back")
NOT_NEEDED, WAITING = N_("No approval is needed"), N_("Waiting for decisions")
SUBMITTED = N_("{people}: submitted")
LEFT_OUT, HOLDS = N_("Left out: not “{condition}”"), N_("“{condition}” holds")
BY_ROWS = N_("{who}, row {rows}")
TONES: Mapping[str, Tone] = {"approved": "ok", "rejected": "bad"}
WORDS: Mapping[str, Text] = {"approve": N_("approved"), "reject": N_("rejected")}
LONGEST = 200
"""So many plays a form keeps."""


async def show(request: Request) -> Response:
    """The form of a test run, or the run so far."""
    return await _page(request, {})


async def play(request: Request) -> Response:
    """The run with one play more, or one less. Nothing is stored."""
    typed = await read_typed(request)
    plays = _plays(typed)
    button = typed.pop("_do", "")
    if button == "back":
        plays = plays[:-1]
    elif button == "start":
        plays = []
    elif button:
        plays = [*plays, button]
    typed = {key: value for key, value in typed.items() if not key.startswith("play.")}
    return await _page(request, typed | {f"play.{at}": one for at, one in enumerate(plays[:LONGEST])})


def _plays(typed: Typed) -> list[str]:
    numbers = sorted(int(key[5:]) for key in typed if key.startswith("play.") and key[5:].isdigit())
    return [typed[f"play.{number}"] for number in numbers]


async def _page(request: Request, typed: Typed) -> Response:
    context, draft, tag = context_of(request), await draft_of(request), tag_of(request)
    words, name = context.words, request.path_params["approval"]
    approval = opened(request, draft)
    names = Names(draft, approval, words.say, tag)
    label = names.label(approval, name)
    crumbs = [
        Link(words.say(APPROVALS.title), APPROVALS.address),
        Link(label, APPROVALS.href(name)),
        Link(words.say(TRY), ""),
    ]
    page = TryPage(
        head=head_of(request, draft, words.say(TRY), "play", crumbs=crumbs),
        title=label,
        action=APPROVALS.href(name, "try"),
        back=Link(label, APPROVALS.href(name)),
        inputs=(),
        values=(),
        hidden=(),
    )
    status = 200
    try:
        tried = await trial_facts(context.workspace, context.signed_in, draft, _trial(name, typed, request))
        page = _Run(request, names, tried, typed).page(page)
    except (Conflict, NotFound) as refusal:
        page, status = replace(page, problem=words.say(refusal.message)), refusal.status
    return await framed(request, "studio/approval_try.html", page, status)


def _trial(name: str, typed: Typed, request: Request) -> Trial:
    record, submitter = typed.get("record", ""), typed.get("submitter", "")
    values = {key[6:]: value for key, value in typed.items() if key.startswith("value.")}
    me = context_of(request).signed_in.user_id or 0
    chosen = int(submitter) if submitter.isdigit() else me
    return Trial(name, int(record) if record.isdigit() else None, chosen, values)


class _Run:
    """Draws a test run."""

    def __init__(self, request: Request, names: Names, tried: Tried, typed: Typed) -> None:
        self.context, self.names, self.tried = context_of(request), names, tried
        self.formats, self.typed, self.say = formats_of(request), typed, self.context.words.say
        me = self.context.signed_in.user_id or 0
        self.submitter = int(typed.get("submitter") or me)

    def page(self, page: TryPage) -> TryPage:
        """The page with what can be chosen, and the run if one was begun."""
        plays = _plays(self.typed)
        inputs = Inputs(
            self.context.words,
            {"submitter": str(self.submitter), **self.typed},
            {f"value.{_path(one.field)}": self.say(one.message) for one in self.tried.problems},
        )
        samples = [
            ("", self.say(EMPTY)),
            *((str(hit.id), f"{hit.title} {hit.detail}") for hit in self.tried.samples),
        ]
        people = sorted(self.tried.people.items(), key=lambda one: one[1])
        return replace(
            page,
            inputs=[
                inputs.choice("record", RECORD, samples, first=True),
                inputs.choice("submitter", SUBMITTER, [(str(id_), text) for id_, text in people], first=True),
            ],
            values=[self._value(inputs, path, value) for path, _, value in self.tried.fields],
            hidden=[Hidden(f"play.{at}", one) for at, one in enumerate(plays)],
            played=self._played(plays) if self.typed else None,
        )

    def _value(self, inputs: Inputs, path: str, value: Any) -> Input:
        head, _, inner = path.partition(".")
        field = next(one for at, one, _ in self.tried.fields if at == path)
        label = say(field.label, self.names.tag)
        label = f"{self.names.fields[head]} › {label}" if inner else label
        if field.options:
            options = [(one.name, say(one.label, self.names.tag)) for one in field.options]
            made = inputs.choice(f"value.{path}", label, options)
        else:
            made = inputs.text(f"value.{path}", label)
        return replace(made, value=made.value or ("" if value is None else str(value)))

    def _played(self, plays: Sequence[str]) -> Played:
        tried = self.tried
        ran = run(tried.process, tried.facts, self.submitter, tried.now, tried.editors, plays)
        state = ran.state or State(0, "running", self.submitter, self.submitter)
        steps = list(self._steps(ran, state)) if ran.state else []
        nodes = picture(tried.process, state, ran.now, tried.facts)
        return Played(
            flow=flow_view(
                tried.process,
                nodes,
                self.context.words,
                Drawn(
                    people={one.name: one.people for one in steps},
                    submitter=self._people([self.submitter]),
                    status=state.status if ran.state else None,
                ),
            ),
            status=self._status(ran),
            now=self.formats.moment(ran.now),
            steps=steps,
            told=[(self.formats.moment(one.at), text) for one in ran.told if (text := self._told(one))],
            time=self._time(ran),
            undo=PlayButton(value="back", label=self.say(UNDO), icon="undo-2") if plays else None,
        )

    def _status(self, ran: Ran) -> Badge:
        if ran.refused is not None:
            return Badge(self.say(ran.refused.message), "bad")
        if ran.state is None:
            return Badge(self.say(NOT_NEEDED), "ok")
        if ran.state.ended:
            status = ran.state.status
            return Badge(self.say(ENDS[status][0]), TONES.get(status, "neutral"))
        return Badge(self.say(WAITING), "warn")

    def _time(self, ran: Ran) -> PlayButton | None:
        if ran.state is None or not ran.state.timers:
            return None
        moment = self.formats.moment(min(ran.state.timers.values()))
        return PlayButton(value=TIME, label=self.say(PASSES(moment=moment)), icon="alarm-clock")

    def _steps(self, ran: Ran, state: State) -> Iterator[PlayStep]:
        tables = self.names.draft.catalog.decisions if self.names.draft.catalog else {}
        route = explain_route(self.tried.process, state, ran.now, self.tried.facts, tables=tables)
        for one in route.steps:
            if one.type in BRANCHED and not one.skipped:
                continue
            yield PlayStep(
                name=one.step,
                label=say(one.label, self.names.tag),
                state=one.state,
                people=self._asked(one, state),
                why=self._why(one),
                buttons=[] if state.ended else list(self._buttons(one.step, state)),
            )

    def _asked(self, one: StepTold, state: State) -> str:
        open_ = [person for task in state.tasks.values() if task.step == one.step for person in task.who]
        asked = [entry.by for entry in one.asked if entry.by is not None]
        expected = [it.instead if it.why and it.instead else it.person for it in one.people]
        return self._people(open_ or asked or expected)

    def _why(self, one: StepTold) -> str:
        step = step_in(self.names.process, one.step)
        condition = self.names.condition(step["when"]) if one.condition is not None and "when" in step else ""
        if one.skipped:
            return self.say(LEFT_OUT(condition=condition))
        said = [self.say(HOLDS(condition=condition))] if condition else []
        for selector, naming in zip(step.get("by", ()), one.namings, strict=False):
            if naming.counted:
                answer = naming.table.answer if naming.table else None
                rows = ", ".join(answer.decided) if answer else ""
                who = self.names.who(selector)
                said.append(self.say(BY_ROWS(who=who, rows=rows)) if rows else who)
        return " · ".join(said)

    def _buttons(self, step: str, state: State) -> Iterator[PlayButton]:
        for one in possible(self.tried.process, state):
            if one.step == step:
                person = self._people([one.person])
                text = {"approve": APPROVES, "reject": REJECTS}.get(one.answer)
                label = (
                    text(person=person)
                    if text
                    else ANSWERS(person=person, answer=self._answer(one.step, one.answer))
                )
                icon = "x" if one.answer == "reject" else "check"
                yield PlayButton(
                    value=one.play, label=self.say(label), icon=icon, primary=one.answer == "approve"
                )
        for key, child in state.children.items():
            if child.step == step:
                yield PlayButton(value=f"{CHILD}:approved:{key}", label=self.say(CHILD_ENDS), icon="check")

    def _answer(self, step: str, answer: str) -> str:
        asked = self.tried.process.places[step].step
        outcomes = getattr(asked, "outcomes", ()) if isinstance(asked, Asking) else ()
        label = next((one.label for one in outcomes if one.name == answer), None)
        return say(label, self.names.tag) if label else self.say(WORDS.get(answer, answer))

    def _told(self, told: Told) -> str:
        output = told.output
        if output is None:
            return self.say(SUBMITTED(people=self._people([self.submitter])))
        text = TELLS.get(type(output))
        if text is None or (isinstance(output, Close) and output.decided is None):
            return ""
        if isinstance(output, Finished):
            return self.say(text(status=self.say(ENDS[output.status][0])))
        step = getattr(output, "step", "") or getattr(getattr(output, "task", None), "step", "")
        values: dict[str, object] = {"step": self.tried.process.places[step].step.label}
        if isinstance(output, Close) and output.decided is not None:
            values["answer"] = self._answer(step, str(output.decided.answer))
            values["people"] = self._people([output.decided.by] if output.decided.by is not None else [])
        else:
            task = getattr(output, "task", None)
            values["people"] = self._people(getattr(output, "people", None) or (task.who if task else ()))
        return self.say(text(**values))

    def _people(self, people: Sequence[int]) -> str:
        comma = "、" if self.names.tag.startswith("zh") else ", "
        return comma.join(self.tried.people.get(one, f"#{one}") for one in dict.fromkeys(people))


def _path(pointer: str) -> str:
    return ".".join(part for part in pointer.strip("/").split("/") if not part.isdigit())
