"""Compiling: documents to a catalog, or all their problems at once.

First the shape of every document, then names and formulas of those whose shape holds. What a document with
a problem would have declared counts as known and is not judged, so that one mistake is told once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from guanxi.definitions.action import Action
from guanxi.definitions.catalog import Catalog, references_of
from guanxi.definitions.compiling import Checked, Compiling, Workshop
from guanxi.definitions.dead_ends import dead_ends
from guanxi.definitions.decisions.read import read_decisions
from guanxi.definitions.documents import Document, digest_of, from_stored
from guanxi.definitions.endpoint import read_endpoint
from guanxi.definitions.entity import Entity
from guanxi.definitions.extension import layered
from guanxi.definitions.flow.read_all import processes_of, read_approvals, read_automations
from guanxi.definitions.following import check_following, followers_of
from guanxi.definitions.message import read_message
from guanxi.definitions.meta import kinds, schema_problems, unfit
from guanxi.definitions.pack import read_pack
from guanxi.definitions.placement import USUAL, Placement
from guanxi.definitions.proving import known_of, refuse_unproved
from guanxi.definitions.read_action import read_action
from guanxi.definitions.read_calendar import read_calendar
from guanxi.definitions.read_entity import check_inverses, owner_of, read_entity
from guanxi.definitions.read_layout import read_layout
from guanxi.definitions.read_role import read_role, with_includes
from guanxi.definitions.read_setting import is_row_scope
from guanxi.definitions.read_stages import read_stages
from guanxi.definitions.salvage import salvaged
from guanxi.definitions.shapes import plain_entity, shapes_of, with_targets
from guanxi.definitions.sql_tables import tables_of
from guanxi.definitions.stages import Stages
from guanxi.errors import DefinitionProblem, DefinitionsRefused
from guanxi.expressions.tables import Tables

ByName = Mapping[str, Checked]
Read = TypeVar("Read")


def compile_catalog(documents: Sequence[Document], placement: Placement = USUAL) -> Catalog:
    """The catalog of these documents, in any order; `placement` says which fields are kept elsewhere.

    Raises:
        DefinitionsRefused: something is wrong; it carries every problem found, with file, place and hint.
    """
    catalog, problems = _compile(documents, placement)
    if problems or catalog is None:
        raise DefinitionsRefused(problems)
    return catalog


def check_documents(documents: Sequence[Document]) -> list[DefinitionProblem]:
    """Every problem of these documents, by file and place; none when they compile."""
    return _compile(documents, USUAL)[1]


def documents_from_json(items: Sequence[Any]) -> list[Document]:
    """The documents of a release as `Catalog.to_json` wrote them; their files are their kinds and names."""
    return [from_stored(item) for item in items]


def _compile(raw: Sequence[Document], placement: Placement) -> tuple[Catalog | None, list[DefinitionProblem]]:
    layers = layered(raw)
    parts, told = compile_effective(layers.documents, Workshop(names={}, placement=placement))
    twins = _doubles(raw)
    found = {*layers.problems, *twins, *(layers.told(problem) for problem in told)}
    problems = sorted(found, key=lambda one: (one.file, one.pointer, one.message))
    if problems or parts is None:
        return None, problems
    kept = tuple(sorted(raw, key=lambda document: (document.kind, document.name)))
    digest = placement.digest(digest_of(raw))
    return Catalog(
        digest=digest, documents=kept, effective=layers.documents, placement=placement, **parts
    ), []


def compile_effective(
    documents: Sequence[Document], workshop: Workshop | None = None
) -> tuple[dict[str, Any] | None, list[DefinitionProblem]]:
    """The parts of a catalog made of definitions without extensions, or None, and their problems.

    A `workshop` that is given keeps what it is told of names and formulas.
    """
    problems = {id(document): schema_problems(document) for document in documents}
    workshop = workshop or Workshop(names={})
    workshop.names = _names(documents)
    workshop.problems += [one for some in problems.values() for one in some]
    sound = [document for document in documents if not problems[id(document)]]
    staged = frozenset(str(one.data.get("of")) for one in documents if one.kind == "stages")
    work = _Compilation(workshop, {kind: _by_name(sound, kind, workshop) for kind in _KINDS}, staged)
    for document in documents:
        if document.kind == "entity" and problems[id(document)]:
            work.salvage(document, problems[id(document)])
    parts = work.run()
    return (None if workshop.problems else parts), workshop.problems


_KINDS = kinds() - {"extension"}


@dataclass(slots=True)
class _Compilation:
    """The documents by kind and name on their way to a catalog."""

    workshop: Workshop
    checked: Mapping[str, ByName]
    staged: frozenset[str]
    """The entities that have stages, whether these are sound or not."""
    broken_entities: dict[str, Mapping[str, Any]] | None = None

    def salvage(self, document: Document, problems: list[DefinitionProblem]) -> None:
        """Keep what is sound of a broken entity, so that others can be judged against it."""
        data, broken = salvaged(document.data if unfit(document) is None else None, problems)
        self.workshop.broken |= broken
        if data is not None:
            self.broken_entities = {**(self.broken_entities or {}), data["name"]: data}

    def run(self) -> dict[str, Any]:
        """Read all kinds in the order in which they need each other."""
        self.workshop.processes = processes_of(self.checked["approval"], self.checked["automation"])
        messages = {name: one.document.data for name, one in self.checked["message"].items()}
        self.workshop.messages = {name: data["of"] for name, data in messages.items()}
        self.workshop.unaddressed = frozenset(name for name, data in messages.items() if "to" not in data)
        plain = self._shapes()
        entities = self._entities(plain)
        decisions = self.workshop.decisions = read_decisions(self.checked["decision"])
        approvals = {name: one.document.data for name, one in self.checked["approval"].items()}
        stages = self._stages(approvals)
        actions = self._actions(stages)
        roles = self._roles(stages)
        layouts = self._layouts()
        transitions = {of: one.transitions for of, one in stages.items()}
        compiled = read_approvals(self.checked["approval"], transitions)
        automations = read_automations(self.checked["automation"], transitions)
        known = known_of((*compiled.values(), *automations.values()), decisions)
        refuse_unproved(compiled, self.checked["approval"], known)
        refuse_unproved(automations, self.checked["automation"], known)
        frozen = MappingProxyType
        return {
            "entities": frozen(entities),
            "layouts": frozen(layouts),
            "roles": frozen(roles),
            "stages": frozen(stages),
            "actions": frozen(actions),
            "approvals": frozen(compiled),
            "automations": frozen(automations),
            "messages": frozen(self._plain("message", read_message)),
            "endpoints": frozen(self._plain("endpoint", read_endpoint)),
            "decisions": frozen(decisions),
            "calendars": frozen(self._plain("calendar", read_calendar)),
            "packs": frozen(self._plain("pack", read_pack)),
            "shapes": frozen({n: s for n, s in self.workshop.shapes.items() if not is_row_scope(n)}),
            "tables": frozen(self._tables(entities)),
            "references": frozen(references_of(entities)),
            "followers": frozen(followers_of(entities)),
        }

    def _shapes(self) -> dict[str, Entity]:
        states = {
            one.document.data["of"]: one.document.data["states"] for one in self.checked["stages"].values()
        }
        data = {name: one.document.data for name, one in self.checked["entity"].items()}
        data |= self.broken_entities or {}
        plain = with_targets(
            {name: plain_entity(name, item, states.get(name)) for name, item in data.items()}
        )
        self.workshop.shapes = shapes_of(plain, data)
        self.workshop.broken |= dead_ends(plain, self.workshop.shapes)
        return plain

    def _entities(self, plain: Mapping[str, Entity]) -> dict[str, Entity]:
        """The sound entities; of the broken ones others see what could be kept."""
        found = {}
        for name, data in (self.broken_entities or {}).items():
            self.workshop.entities[name] = replace(plain[name], owner=owner_of(data, plain[name].fields))
        for name, one in self.checked["entity"].items():
            found[name] = read_entity(plain[name], one.document.data, one.compiling)
            self.workshop.entities[name] = found[name]
        compilings = {name: one.compiling for name, one in self.checked["entity"].items()}
        check_inverses(found, compilings)
        check_following(found, compilings)
        return found

    def _stages(self, approvals: Mapping[str, Mapping[str, Any]]) -> dict[str, Stages]:
        found: dict[str, Stages] = {}
        for one in self.checked["stages"].values():
            stages = read_stages(one.document.data, approvals, one.compiling)
            if stages.of in found:
                one.compiling.problem(
                    "/of", f"{stages.of} has stages already", f"see {found[stages.of].name}"
                )
            found[stages.of] = stages
        for name, checked in self.checked["entity"].items():
            for field in self.workshop.entities[name].fields.values():
                if field.type == "stage" and name not in self.staged:
                    hint = (
                        f'add a definition {{"kind": "stages", "of": "{name}", "field": "{field.name}", ...}}'
                    )
                    checked.compiling.problem(f"/fields/{field.name}", f"{name} has no stages", hint)
        return found

    def _actions(self, stages: Mapping[str, Stages]) -> dict[str, Action]:
        """The actions, but those of an entity whose own definition has a problem."""
        self.workshop.broken |= self.workshop.names.get("action", frozenset()) - self.checked["action"].keys()
        found = {}
        for name, one in self.checked["action"].items():
            action = read_action(one.document.data, stages.get(one.document.data["of"]), one.compiling)
            if action is not None:
                found[name] = action
        return found

    def _tables(self, entities: Mapping[str, Entity]) -> Tables:
        """The tables of a whole catalog; with problems there is none that anybody could use."""
        return {} if self.workshop.problems else tables_of(entities)

    def _plain(self, kind: str, read: Callable[[Any, Compiling], Read]) -> dict[str, Read]:
        """The definitions of a kind that are read one by one."""
        return {name: read(one.document.data, one.compiling) for name, one in self.checked[kind].items()}

    def _roles(self, stages: Mapping[str, Stages]) -> dict[str, Any]:
        checked = self.checked["role"]
        actions: dict[str, set[str]] = {}
        for document in (one.document for one in self.checked["action"].values()):
            actions.setdefault(document.data["of"], set()).add(document.name)
        own = {
            name: read_role(one.document.data, stages, actions, one.compiling)
            for name, one in checked.items()
        }
        return with_includes(own, {name: (one.document.data, one.compiling) for name, one in checked.items()})

    def _layouts(self) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for one in self.checked["layout"].values():
            layout = read_layout(one.document.data, one.compiling)
            if (layout.of, layout.view) in found:
                other = found[layout.of, layout.view].name
                one.compiling.problem(
                    "/view", f"{layout.of} has a {layout.view} layout already", f"see {other}"
                )
            found[layout.of, layout.view] = layout
        return found


def _names(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for document in documents:
        names.setdefault(document.kind, set()).add(document.name)
    return {kind: frozenset(some - {""}) for kind, some in names.items()}


def _by_name(documents: Sequence[Document], kind: str, workshop: Workshop) -> dict[str, Checked]:
    return {
        document.name: Checked(document, Compiling(document.file, workshop))
        for document in documents
        if document.kind == kind
    }


def _doubles(documents: Sequence[Document]) -> list[DefinitionProblem]:
    """Every definition whose kind and name another has already."""
    first: dict[tuple[str, str], Document] = {}
    found = []
    for document in documents:
        key = (document.kind, document.name)
        if all(key) and key in first:
            message = f'there is another {document.kind} "{document.name}"'
            found.append(DefinitionProblem(document.file, "/name", message, f"see {first[key].file}"))
        first.setdefault(key, document)
    return found
