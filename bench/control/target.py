"""The control as a target of the driver."""

import sys
from functools import partial
from pathlib import Path

import orjson

from bench import targets, workspace
from bench.bulk import open_loader
from bench.client import request_bytes
from bench.control import load
from bench.control.database import create_schema
from bench.requests import changed_order, drafts, new_orders
from bench.targets import Change, Measure, Prepared, Target

ROOT = Path(__file__).parents[2]
CREATED = 201
OK = 200


async def _prepare(url: str, count: int) -> Prepared:
    await create_schema(url)
    loader = await open_loader(url)
    await load.load(loader, url, count)
    await loader.close()
    return Prepared(_command, {"CONTROL_DATABASE_URL": url}, _measures(count))


def _command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--factory", "bench.control.app:create_app"),
        *("--app-dir", str(ROOT)),
        *("--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--log-level", "warning"),
    ]


def _measures(count: int) -> dict[str, Measure]:
    ids = drafts(load.REP, count)
    creates = [
        request_bytes("POST", "/orders", load.REP_TOKEN, orjson.dumps(order))
        for order in new_orders(load.REP)
    ]
    return {
        targets.LIST_BY_STATE: _listing(
            load.LEADER_TOKEN, [f"status={state}&sort=-total" for state in workspace.STATES[:3]]
        ),
        targets.LIST_BY_ACCOUNT: _listing(
            load.LEADER_TOKEN, [f"account={account}&sort=-ordered_on" for account in range(10, 60)]
        ),
        targets.LIST_OF_TEAM: _listing(
            load.REP_TOKEN, [f"status={state}&sort=-ordered_on" for state in workspace.STATES[:3]]
        ),
        targets.LIST_BY_CUSTOM: _listing(
            load.LEADER_TOKEN, [f"channel={channel}&sort=-priority" for channel in workspace.CHANNELS]
        ),
        targets.READ: Measure([request_bytes("GET", f"/orders/{id_}", load.REP_TOKEN) for id_ in ids], OK),
        targets.UPDATE: Measure([Change(partial(_change, id_)) for id_ in ids], OK),
        targets.CREATE: Measure(creates, CREATED),
    }


def _change(id_: int, version: int) -> bytes:
    return request_bytes("PATCH", f"/orders/{id_}", load.REP_TOKEN, changed_order(version), version)


def _listing(token: str, queries: list[str]) -> Measure:
    return Measure([request_bytes("GET", f"/orders?{query}&limit=50", token) for query in queries], OK)


CONTROL = Target("control", _prepare)
