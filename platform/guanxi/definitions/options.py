"""Reading options and states: what one may choose from."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Option
from guanxi.definitions.labels import humanised

Data = Mapping[str, Any]


def options_of(items: list[Data]) -> tuple[Option, ...]:
    """Options or states, in their order."""
    return tuple(
        Option(item["name"], item.get("label") or humanised(item["name"]), item.get("tint", "neutral"))
        for item in items
    )
