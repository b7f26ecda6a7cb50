"""Both applications must give the same answers, or their times compare nothing."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson

from bench.client import UnexpectedAnswer, connect
from bench.targets import Measure

SAMPLES = 5


class Disagreement(Exception):
    """Two applications answered the same request differently; the message shows both."""


async def check_agreement(measure: str, ports: Mapping[str, int], requests: Mapping[str, Measure]) -> None:
    """Send the first requests of the measure to each application and compare what matters of the answers.

    Raises:
        Disagreement: the answers differ.
    """
    answers = {name: await _answers(port, requests[name]) for name, port in ports.items()}
    reference_name, reference = next(iter(answers.items()))
    for name, found in answers.items():
        for expected, actual in zip(reference, found, strict=True):
            if expected != actual:
                raise Disagreement(
                    f"{measure}: {reference_name} and {name} differ\n"
                    f"{reference_name}: {expected}\n{name}: {actual}"
                )


async def _answers(port: int, measure: Measure) -> list[Any]:
    connection = await connect(port)
    try:
        found = []
        for request in islice(measure.requests, SAMPLES):
            reply = await connection.send(request if isinstance(request, bytes) else request.next())
            if reply.status != measure.expected:
                raise UnexpectedAnswer(f"{reply.status} instead of {measure.expected}: {reply.body[:500]!r}")
            found.append(_essence(orjson.loads(reply.body)))
        return found
    finally:
        connection.close()


def _essence(document: dict[str, Any]) -> Any:
    if "items" in document:
        if not document["items"]:
            raise Disagreement("A list is empty, so that comparing it would prove nothing")
        return [_essence(item) for item in document["items"]], document["next"] is not None
    lines = [(Decimal(line["quantity"]), _money(line["amount"])) for line in document.get("lines", ())]
    added = (document["channel"], document["priority"], document["note"])
    customer, total = document["account"]["id"], _money(document["total"])
    return customer, document["ordered_on"], document["status"], total, added, lines


def _money(value: dict[str, str]) -> tuple[Decimal, str]:
    return Decimal(value["amount"]), value["currency"]
