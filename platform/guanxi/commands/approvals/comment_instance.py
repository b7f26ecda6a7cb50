"""Remark on an instance, mention people, and attach files."""

from collections.abc import Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.instance import COMMENTS
from guanxi.commands.approvals.managing import act_on_instance
from guanxi.commands.approvals.notices import tell_of
from guanxi.commands.approvals.taking_part import participants
from guanxi.commands.audit import audit_event
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.labels import Label
from guanxi.errors import N_, Invalid, Problem
from guanxi.storage.comments import Comment, add_comment
from guanxi.storage.files import attach_file, find_files
from guanxi.workflow import NotAllowed
from guanxi.workflow.powers import may_comment

MENTIONED: Label = {"en": "You are mentioned: {process}", "zh-CN": "有人提到您：{process}"}
EMPTY = N_("Write a remark, or attach a file.")
LONG = N_("Write at most {limit} characters.")
NO_REMARKS = N_("This process takes no remarks at this step.")
NOT_PART = N_("Only people who take part in this can be mentioned. Send others a copy first.")
NO_FILE = N_("This file is not there, or it belongs somewhere already. Choose it again.")
LONGEST = 10_000


async def comment_instance(
    workspace: Workspace,
    actor: Actor,
    instance_id: int,
    text: str,
    *,
    step: str | None = None,
    people: Sequence[int] = (),
    files: Sequence[int] = (),
    key: str | None = None,
) -> InstanceView:
    """Remark on a step that was reached (without `step`: the last that takes remarks).

    `people` are mentioned, and told; they must take part. `files` were uploaded by the actor.

    Raises NotFound, Forbidden where the definition takes no remarks, Invalid for anything else that is wrong.
    """

    async def work(turn: Turn, case: Case) -> None:
        at = step or _last(case)
        if at is None or not may_comment(case.process, case.state, at):
            raise NotAllowed(NO_REMARKS)
        said = text.strip()
        await _check(turn, case, said, people, files)
        by = turn.actor.user_id or 0
        comment = Comment(0, at, by, turn.now, said, tuple(people), tuple(files))
        id_ = await add_comment(turn.session, instance_id, comment)
        for file in files:
            if not await attach_file(turn.session, file, COMMENTS, instance_id, f"comment {id_}"):
                raise Invalid(NO_FILE, [Problem("/files", "no_such_file", NO_FILE)])
        detail = {"instance": instance_id, "remark": id_, "people": sorted(people)}
        audit_event(turn, case.instance.entity, case.instance.record_id, "approval comment", detail)
        await tell_of(turn, case, people, MENTIONED, said, f"comment {id_}")

    content = {"text": text, "step": step, "people": list(people), "files": list(files)}
    return await act_on_instance(
        workspace, actor, Request(key, "comment", "instance", instance_id, content), work
    )


async def _check(turn: Turn, case: Case, said: str, people: Sequence[int], files: Sequence[int]) -> None:
    if not said and not files:
        raise Invalid(EMPTY, [Problem("/text", "required", EMPTY)])
    if len(said) > LONGEST:
        message = LONG(limit=LONGEST)
        raise Invalid(message, [Problem("/text", "too_long", message)])
    if not set(people) <= await participants(turn, case):
        raise Invalid(NOT_PART, [Problem("/people", "outside", NOT_PART)])
    found = await find_files(turn.session, files)
    mine = [one for one in found.values() if one.record_id is None and one.uploaded_by == turn.actor.user_id]
    if len(mine) != len(set(files)):
        raise Invalid(NO_FILE, [Problem("/files", "no_such_file", NO_FILE)])


def _last(case: Case) -> str | None:
    """The step that was reached last and takes remarks."""
    marks = case.state.marks
    open_to = [name for name in marks if may_comment(case.process, case.state, name)]
    return max(open_to, key=lambda name: (marks[name].outcome is None, marks[name].since), default=None)
