"""One case of the log through the commands that pages and API use, each by a person of the role."""

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import RECALL, perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.errors import Refused
from tests.acceptance.bpi2020.acts import Act, UnknownActivity, acts_of
from tests.acceptance.bpi2020.log import Case
from tests.acceptance.bpi2020.office import Office

ENTITY = "declaration"
COMPLETE = frozenset({"draft", "withdrawn", "paid"})
NO_TASK = "nobody of the role {role} is asked"
BECAUSE = "As the log has it."


class NothingToDo(Exception):
    """A person finds nothing that they could press."""


class Playing:
    """A case on its way: what the record is, and which step of the log comes next."""

    def __init__(self, office: Office, case: Case) -> None:
        self.office, self.case = office, case
        self.workspace = office.workspace
        self.id = 0

    async def play(self) -> str | None:
        """None when every event was accepted and the case is complete; else what was refused, and why."""
        try:
            acts = acts_of(self.case.trace)
        except UnknownActivity as unknown:
            return f"unknown activity {unknown}"
        for number, (act, event) in enumerate(zip(acts, self.case.events, strict=True), 1):
            self.office.at(event.at)
            try:
                await self._do(act)
            except (Refused, NothingToDo) as refused:
                return f"event {number}, {event.activity}: {refused}"
        return await self._incomplete()

    async def _do(self, act: Act) -> None:
        match act.verb:
            case "save":
                await self._save()
            case "submit":
                if not self.id:
                    await self._save()
                await self._press(act.role, "submit")
            case "give_up":
                view = await self._read(act.role)
                await self._press(act.role, RECALL if view.recall else "give_up")
            case "press":
                await self._press(act.role, act.what)
            case "decide":
                await self._decide(act)

    async def _save(self) -> None:
        actor, case = self.office.people["traveller"], self.case
        now = self.office.clock.now().isoformat()
        if self.id:
            view = await self._read("traveller")
            change = {"saved_at": now}
            await update_record(self.workspace, actor, ENTITY, self.id, change, version=view.version)
            return
        content = {"number": case.name, "amount": str(case.amount), "budget": case.budget, "saved_at": now}
        self.id = (await create_record(self.workspace, actor, ENTITY, content)).id

    async def _press(self, role: str, name: str) -> None:
        self._refuse_unsaved()
        await perform_action(self.workspace, self.office.people[role], ENTITY, self.id, name)

    async def _decide(self, act: Act) -> None:
        self._refuse_unsaved()
        actor = self.office.people[act.role]
        page = await list_tasks(self.workspace, actor, "waiting", 1)
        task = next((task for task in page.items if task.record_id == self.id), None)
        if task is None:
            raise NothingToDo(NO_TASK.format(role=act.role))
        beside = Beside(add=self.office.people[act.add].user_id if act.add else None)
        comment = BECAUSE if act.what == "reject" else ""
        await decide_task(self.workspace, actor, task.id, act.what, comment, beside=beside)

    async def _read(self, role: str):
        self._refuse_unsaved()
        return await read_record(self.workspace, self.office.people[role], ENTITY, self.id)

    def _refuse_unsaved(self) -> None:
        if not self.id:
            raise NothingToDo("there is no declaration yet")

    async def _incomplete(self) -> str | None:
        if not self.id:
            return None
        status = (await self._read("traveller")).values["status"]
        return None if status in COMPLETE else f"it ends as {status}"
