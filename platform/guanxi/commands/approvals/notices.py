"""Telling people what an event of a process means for them: a task, a reminder, how it came out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from guanxi.commands.approvals.case import Case
from guanxi.commands.messaging.telling import Message, tell, tell_each
from guanxi.commands.workspace import Turn
from guanxi.definitions.labels import Label, say
from guanxi.definitions.who import SUBMITTER
from guanxi.storage.people import titles_of_users
from guanxi.storage.tasks import task_id_of
from guanxi.workflow import Event, Finished, Hold, Open, Remind, Returned, Step

TO_DECIDE: Label = {"en": "To decide: {process}", "zh-CN": "待审批：{process}"}
TO_ADVISE: Label = {"en": "You are asked: {process}", "zh-CN": "需要您回复：{process}"}
HELD: Label = {
    "en": "Nobody may decide: {process}. Assign somebody.",
    "zh-CN": "无人可审批：{process}。请指派处理人。",
}
REMINDED: Label = {"en": "Still to decide: {process}", "zh-CN": "请尽快审批：{process}"}
RETURNED: Label = {"en": "Returned to you: {process}", "zh-CN": "已退回给您：{process}"}
ENDED: dict[str, Label] = {
    "approved": {"en": "Approved: {process}", "zh-CN": "已通过：{process}"},
    "rejected": {"en": "Rejected: {process}", "zh-CN": "已驳回：{process}"},
    "cancelled": {"en": "Cancelled: {process}", "zh-CN": "已取消：{process}"},
}
FROM: Label = {"en": "Submitted by {name} · {step}", "zh-CN": "提交人：{name} · {step}"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is told of the task of a key, with its id if it is known; the occasion is told once."""

    people: Collection[int]
    title: Label
    key: str
    occasion: str
    task: int | None


async def tell_people(turn: Turn, case: Case, event: Event, made: Step, opened: Mapping[str, int]) -> None:
    """Notify whom the outputs of an event concern, but never the person who acted.

    `opened` are the ids of the tasks that were opened, by key.
    """
    tasks: list[Asked] = []
    for output in made.outputs:
        match output:
            case Open(key=key, task=task):
                title = TO_ADVISE if task.kind == "advise" else TO_DECIDE
                tasks.append(Asked(task.who, title, key, f"task {key}", opened.get(key)))
            case Hold(key=key, task=task):
                people = administrators(turn, case)
                tasks.append(Asked(people, HELD, key, f"held {key}", opened.get(key)))
            case Remind(step=step, people=people, deadline=deadline):
                key = next((k for k, task in made.state.tasks.items() if task.step == step), "")
                await remind_people(turn, case, key, people, f"{deadline} {made.state.seq}")
            case Returned(to=to, comment=comment) if to == SUBMITTER:
                await _to_submitter(turn, case, RETURNED, comment)
            case Finished(status=status) if status in ENDED and case.instance.parent_id is None:
                if case.instance.kind == "approval":
                    await _to_submitter(turn, case, ENDED[status], getattr(event, "comment", ""))
            case _:
                pass
    await _of_tasks(turn, case, tasks)


def administrators(turn: Turn, case: Case) -> tuple[int, ...]:
    """Who may manage every process: the holders of roles with the right."""
    roles = [name for name, role in turn.catalog.roles.items() if "process" in role.may]
    people = (one for role in roles for one in case.facts.organisation.members_of_role(role))
    return tuple(dict.fromkeys(people))


async def remind_people(turn: Turn, case: Case, task_key: str, people: Collection[int], occasion: str) -> int:
    """Remind people of an open task, once for an occasion; returns how many were told."""
    task = await task_id_of(turn.session, case.instance.id, task_key)
    return await _of_tasks(turn, case, [Asked(people, REMINDED, task_key, occasion, task)])


async def tell_of(
    turn: Turn, case: Case, people: Collection[int], title: Label, body: str, occasion: str
) -> int:
    """Tell people something of an instance, with a link to it; `title` has a hole for `{process}`."""
    message = Message(
        f"instance {case.instance.id} {occasion}",
        _filled(title, case),
        {"en": body},
        f"/approvals/{case.instance.id}",
    )
    others = [person for person in people if person != turn.actor.user_id]
    return await tell(turn, others, message, by_mail=turn.mails)


async def _of_tasks(turn: Turn, case: Case, tasks: Sequence[Asked]) -> int:
    """Tell people of tasks, never the person who acted; returns how many were told."""
    others = [(asked, [person for person in asked.people if person != turn.actor.user_id]) for asked in tasks]
    if not any(people for _, people in others):
        return 0
    submitter = case.instance.started_by
    names = await titles_of_users(turn.session, turn.catalog, {submitter})
    name = names.get(submitter) or f"#{submitter}"
    told = [(people, _message(case, asked, name)) for asked, people in others]
    return sum(await tell_each(turn, told, by_mail=turn.mails))


def _message(case: Case, asked: Asked, name: str) -> Message:
    place = case.process.places[asked.key.partition("#")[0]] if asked.key else None
    step = place.step.label if place is not None else case.process.label
    body = {tag: text.format(name=name, step=say(step, tag)) for tag, text in FROM.items()}
    href = f"/inbox/{asked.task}" if asked.task is not None else f"/approvals/{case.instance.id}"
    return Message(f"instance {case.instance.id} {asked.occasion}", _filled(asked.title, case), body, href)


async def _to_submitter(turn: Turn, case: Case, title: Label, comment: str) -> None:
    people = {case.state.submitter, case.state.sender}
    await tell_of(turn, case, people, title, comment, f"event {case.instance.seq}")


def _filled(title: Label, case: Case) -> Label:
    return {tag: text.format(process=say(case.process.label, tag)) for tag, text in title.items()}
