"""Playing a scenario: one reading of its steps, whatever world they are done in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from guanxi.definitions import Document
from guanxi.errors import DefinitionsRefused, Refused
from guanxi.scenarios.script import Scenario

SPANS: Mapping[str, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
REFUSED_DEFINITIONS = "definitions_refused"
"""The code where definitions that a step publishes do not compile."""


class World(Protocol):
    """Where a scenario happens. What raises `Refused` has changed nothing."""

    async def pass_time(self, until: datetime, *, before: bool) -> None:
        """Move the clock; what is due by then happens, or with `before` only what is due earlier."""

    async def change_people(self, people: Mapping[str, Any], roles: Mapping[str, Any]) -> None:
        """Change people by name, and who holds roles."""

    async def publish(self, documents: Collection[Document]) -> None:
        """Publish definitions over those that are live."""

    async def change_related(self, path: str, value: Any) -> None:
        """An administrator changes what a path of the record leads to."""

    async def act(self, do: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Somebody does something; `values` are what the record gets by it."""

    async def see(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """What there is to see, under the names of an expectation and no others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a step, counted from 1, expected, and what it got; both in the form of `expect`."""

    number: int
    expected: Mapping[str, Any]
    got: Mapping[str, Any]


Tell = Callable[[int, Mapping[str, Any], str | None], None]
"""Is told of each step: its number, what it says, and the code of the refusal."""


async def play(scenario: Scenario, world: World, tell: Tell = lambda *_: None) -> Difference | None:
    """Play a scenario until its end, or until something is not as it expects.

    Of two things at the same instant, what a person does is first, and what falls due is second.
    """
    now = scenario.start
    for number, item in enumerate(scenario.steps, 1):
        now = _moment(item, now)
        await world.pass_time(now, before=True)
        await world.change_people(item.get("people", {}), item.get("roles", {}))
        refused = await _refusal(scenario, world, item, now)
        tell(number, item, refused)
        wanted = item["expect"]
        got = dict(await world.see({name: value for name, value in wanted.items() if name != "refused"}))
        # A refusal that nobody expects is a difference, too.
        got |= {} if refused is None else {"refused": refused}
        if got != wanted:
            names = [name for name in {**wanted, **got} if wanted.get(name) != got.get(name)]
            return Difference(
                number,
                {name: wanted[name] for name in names if name in wanted},
                {name: got[name] for name in names if name in got},
            )
    return None


async def _refusal(scenario: Scenario, world: World, item: Mapping[str, Any], now: datetime) -> str | None:
    own = {name: value for name, value in item.get("record", {}).items() if "." not in name}
    try:
        if "publish" in item:
            await world.publish(scenario.published(item["publish"]))
        for path, value in item.get("record", {}).items():
            if path not in own:
                await world.change_related(path, value)
        if "do" in item:
            await world.act(item["do"], own)
    except Refused as refusal:
        return refusal.code
    except DefinitionsRefused:
        return REFUSED_DEFINITIONS
    finally:
        await world.pass_time(now, before=False)
    return None


def _moment(item: Mapping[str, Any], now: datetime) -> datetime:
    if "at" in item:
        return datetime.fromisoformat(item["at"]).astimezone(now.tzinfo)
    number, unit = item.get("later", "1 minute").split()
    return now + int(number) * SPANS[unit.removesuffix("s")]
