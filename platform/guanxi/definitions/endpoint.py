"""The compiled endpoint: where webhooks go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.labels import Label, humanised


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """A web address that is called. `secret` names the secret that signs, which no definition holds."""

    name: str
    label: Label
    help: Label | None = None
    url: str
    secret: str


def read_endpoint(data: Mapping[str, Any], compiling: Compiling) -> Endpoint:
    """Compile an endpoint document that its meta-schema has accepted."""
    if "@" in data["url"].partition("//")[2].partition("/")[0]:
        compiling.problem("/url", "an address holds no name and password", "sign with the secret instead")
    return Endpoint(
        name=data["name"],
        label=data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        url=data["url"],
        secret=data["secret"],
    )
