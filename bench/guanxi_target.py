"""Guanxi as a target of the driver, by its command line, its API and its tables."""

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from urllib.parse import quote

import orjson

from bench import guanxi_load, targets, workspace
from bench.bulk import open_loader
from bench.client import request_bytes
from bench.requests import changed_order, drafts, new_orders
from bench.targets import Change, Measure, Prepared, Target

GUANXI_COMMAND = str(Path(sys.executable).with_name("guanxi"))
DEFINITIONS = Path(__file__).parent / "definitions"
"""What the customer of the benchmark adds to the base CRM."""
RECORDS = "/api/v1/records/order"
CREATED = 201
OK = 200


class CommandFailed(Exception):
    """A `guanxi` command ended with an error; the message holds what it printed."""


async def _prepare(url: str, count: int) -> Prepared:
    environment = {"GUANXI_DATABASE_URL": url, "GUANXI_LOG_LEVEL": "warning"}
    await _guanxi(environment, "init")
    await _guanxi(environment, "apply", str(DEFINITIONS))
    loader = await open_loader(url)
    await guanxi_load.load(loader, url, count)
    await loader.close()
    leader = await _token(environment, guanxi_load.LEADER)
    rep = await _token(environment, guanxi_load.REP)
    return Prepared(_command, environment, _measures(leader, rep, count))


def _command(port: int) -> list[str]:
    # Through the interpreter, so that a profiler can be put before the rest.
    return [sys.executable, GUANXI_COMMAND, "serve", "--port", str(port)]


async def _token(environment: dict[str, str], person: int) -> str:
    printed = await _guanxi(environment, "token", guanxi_load.email(person))
    return printed.strip().splitlines()[-1].split()[-1]


async def _guanxi(environment: dict[str, str], *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(GUANXI_COMMAND, *arguments),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise CommandFailed(
            f"guanxi {' '.join(arguments)} ended with {process.returncode}:\n{printed.decode()}"
        )
    return printed.decode()


def _measures(leader: str, rep: str, count: int) -> dict[str, Measure]:
    ids = drafts(guanxi_load.REP, count)
    creates = [
        request_bytes("POST", RECORDS, rep, orjson.dumps(order)) for order in new_orders(guanxi_load.REP)
    ]
    states = [f"status == '{state}'" for state in workspace.STATES[:3]]
    accounts = [f"account == {guanxi_load.account_id(account)}" for account in range(10, 60)]
    return {
        targets.LIST_BY_STATE: _listing(leader, states, "-total"),
        targets.LIST_BY_ACCOUNT: _listing(leader, accounts, "-ordered_on"),
        targets.LIST_OF_TEAM: _listing(rep, states, "-ordered_on"),
        targets.LIST_BY_CUSTOM: _listing(
            leader, [f"channel == '{channel}'" for channel in workspace.CHANNELS], "-priority"
        ),
        targets.READ: Measure([request_bytes("GET", f"{RECORDS}/{id_}", rep) for id_ in ids], OK),
        targets.UPDATE: Measure([Change(partial(_change, rep, id_)) for id_ in ids], OK),
        targets.CREATE: Measure(creates, CREATED),
    }


def _change(token: str, id_: int, version: int) -> bytes:
    return request_bytes("PATCH", f"{RECORDS}/{id_}", token, changed_order(version), version)


def _listing(token: str, conditions: list[str], sort: str) -> Measure:
    return Measure(
        [
            request_bytes("GET", f"{RECORDS}?where={quote(condition)}&sort={sort}&limit=50", token)
            for condition in conditions
        ],
        OK,
    )


GUANXI = Target("guanxi", _prepare)
