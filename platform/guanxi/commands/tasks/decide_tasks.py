"""Answer many tasks at once, each for itself."""

from collections.abc import Sequence
from hashlib import sha256

from guanxi.commands.actor import Actor
from guanxi.commands.process_views import Verdict
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Invalid, Problem, Refused
from guanxi.workflow import Decide

MOST = 100
TOO_MANY = N_("Choose at most {limit} tasks at once.")


async def decide_tasks(
    workspace: Workspace,
    actor: Actor,
    task_ids: Sequence[int],
    answer: str,
    comment: str = "",
    *,
    key: str | None = None,
) -> list[Verdict]:
    """Decide tasks one after the other, each in its own transaction: one that is refused holds up no other.

    Returns what became of each, in order. Raises Invalid for more than `MOST`.
    """
    if len(task_ids) > MOST:
        message = TOO_MANY(limit=MOST)
        raise Invalid(message, [Problem("/tasks", "too_many", message)])

    def event(hand: Hand) -> Decide:
        return Decide(hand.by, hand.task, answer, comment, hand.behalf)

    verdicts = []
    for id_ in dict.fromkeys(task_ids):
        one = sha256(f"{key} {id_}".encode()).hexdigest() if key is not None else None
        doing = Doing(
            verb=answer, event=event, payload={"comment": comment}, key=one, decides=answer != "reject"
        )
        try:
            await act(workspace, actor, id_, doing)
        except Refused as refusal:
            verdicts.append(Verdict(id_, refusal))
        else:
            verdicts.append(Verdict(id_))
    return verdicts
