"""Packs in Studio: those that are installed, and the plan of a new one or of a newer version."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.mapping import Mappings
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.releases.upgrading import upgrade_with
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog
from guanxi.definitions.bundle import read_bundle
from guanxi.definitions.extension import KIND
from guanxi.definitions.labels import Label
from guanxi.definitions.merging import Choice
from guanxi.errors import N_, Conflict

SAME = N_("{pack} {version} is what is installed.")


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack that is live; `extended` is how many of its definitions the workspace has changed."""

    name: str
    label: Label
    version: str
    requires: tuple[str, ...]
    definitions: int
    extended: int


def installed_packs(catalog: Catalog) -> Sequence[InstalledPack]:
    """The packs of the live release, by name."""
    counts = Counter(one.pack for one in catalog.documents)
    extended = Counter(
        one.data["against"]["pack"] for one in catalog.documents if one.kind == KIND and not one.pack
    )
    return [
        InstalledPack(name, pack.label, pack.version, pack.requires, counts[name], extended[name])
        for name, pack in sorted(catalog.packs.items())
    ]


async def plan_pack(
    workspace: Workspace,
    actor: Actor,
    content: bytes,
    choices: Mapping[str, Choice],
    values: Mappings,
) -> Plan:
    """What publishing the pack in a ZIP would do: a new pack, or a newer version merged with ours.

    Raises:
        Forbidden: the actor may not change the configuration.
        Conflict: this version is installed.
        Invalid: it is no pack, or an older one, or what is chosen is not to be chosen.
        DefinitionsRefused: it does not compile.
    """
    live = await workspace.live()
    require_studio(live, actor)
    documents = read_bundle(content)
    upgrade = upgrade_with(live.documents, documents, choices)
    if upgrade is not None:
        return await plan_change(workspace, actor, upgrade.documents, upgrade=upgrade, values=values)
    pack = next(one for one in documents if one.kind == "pack")
    if pack.name in live.packs:
        raise Conflict(SAME(pack=pack.name, version=live.packs[pack.name].version))
    return await plan_change(workspace, actor, put_over(live.documents, documents), values=values)
