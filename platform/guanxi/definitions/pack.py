"""The compiled pack: a bundle of definitions and its place in the navigation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.labels import Label, humanised


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of the side navigation: entities in order."""

    name: str
    label: Label
    entities: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """A bundle of definitions with its version and the packs it builds on."""

    name: str
    label: Label
    version: str
    requires: tuple[str, ...] = ()
    navigation: tuple[Group, ...] = ()


def read_pack(data: Mapping[str, Any], compiling: Compiling) -> Pack:
    """Compile a pack document that its meta-schema has accepted."""
    for index, name in enumerate(data.get("requires", ())):
        compiling.known("pack", name, f"/requires/{index}")
    groups = data.get("navigation", ())
    compiling.distinct(groups, "/navigation")
    for index, group in enumerate(groups):
        for position, name in enumerate(group["entities"]):
            compiling.known("entity", name, f"/navigation/{index}/entities/{position}")
    return Pack(
        name=data["name"],
        label=data.get("label") or humanised(data["name"]),
        version=data["version"],
        requires=tuple(data.get("requires", ())),
        navigation=tuple(
            Group(name=group["name"], label=group["label"], entities=tuple(group["entities"]))
            for group in groups
        ),
    )
