"""Reading effects in front of the entities that they write to, wherever a definition holds them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.effect import (
    THIS,
    CallEffect,
    CreateEffect,
    Effect,
    EmitEffect,
    IfEffect,
    MoveEffect,
    RefuseEffect,
    SendEffect,
    StartEffect,
    UpdateEffect,
    every_effect,
)
from guanxi.definitions.entity import Entity, Value
from guanxi.definitions.read_setting import read_data, read_each, read_lines, read_set
from guanxi.definitions.read_who import read_who
from guanxi.definitions.suggestions import nearest
from guanxi.expressions.types import BOOLEAN, USER_ENTITY, CollectionType, ReferenceType

Data = Mapping[str, Any]
KEYS: Mapping[str, frozenset[str]] = {
    "update": frozenset({"set", "as", "when"}),
    "create": frozenset({"set", "open"}),
    "move": frozenset(),
    "assign": frozenset(),
    "send": frozenset({"to"}),
    "call": frozenset({"data"}),
    "emit": frozenset({"data"}),
    "refuse": frozenset(),
    "start": frozenset(),
    "if": frozenset({"then", "else"}),
}
"""What each verb takes besides."""


def read_effects(
    items: Sequence[Data],
    entity: Entity,
    root: str,
    transitions: Iterable[str],
    pointer: str,
    compiling: Compiling,
) -> tuple[Effect, ...]:
    """Compile a list of effects on records of `entity`, at `pointer` of a document.

    `root` is the shape that expressions read: that of the entity, or one made from it which also has an
    input. `transitions` are the names of those of the entity, for `move`.
    """
    effects = _Reader(entity, root, frozenset(transitions), compiling).effects(items, pointer)
    opening = [one for one in every_effect(effects) if isinstance(one, CreateEffect) and one.open]
    if len(opening) > 1:
        compiling.problem(pointer, 'two effects have "open"', "keep it where the person shall land")
    return effects


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads effects on records of an entity; `root` is the shape that their expressions read."""

    entity: Entity
    root: str
    transitions: frozenset[str]
    compiling: Compiling

    def effects(self, items: Any, pointer: str) -> tuple[Effect, ...]:
        """The sound effects of a list, in their order."""
        self.compiling.distinct(items, pointer)
        found = (self._effect(item, f"{pointer}/{index}") for index, item in enumerate(items))
        return tuple(effect for effect in found if effect is not None)

    def _effect(self, item: Data, pointer: str) -> Effect | None:
        verbs = [verb for verb in KEYS if verb in item]
        if len(verbs) != 1:
            message = f"an effect has exactly one of {', '.join(KEYS)}"
            self.compiling.problem(pointer, message, "write one effect for each thing that happens")
            return None
        verb = verbs[0]
        for key in sorted(item.keys() - KEYS[verb] - {verb, "name"}):
            if not key.startswith("x-"):
                self.compiling.problem(f"{pointer}/{key}", f'"{key}" says nothing with "{verb}"', "remove it")
        needed = {"update": "set", "create": "set", "if": "then"}.get(verb)
        if needed is not None and needed not in item:
            self.compiling.problem(pointer, f'"{needed}" is missing', f'say what "{verb}" does')
            return None
        read: Any = getattr(self, f"_{verb}")
        effect: Effect | None = read(item, pointer)
        return effect

    def _update(self, item: Data, pointer: str) -> Effect | None:
        target = item["update"]
        if target != THIS:
            return self._update_each(item, pointer)
        for key in ("as", "when"):
            if key in item:
                message = f'"{key}" is for a collection'
                self.compiling.problem(f"{pointer}/{key}", message, 'remove it, or write it as an "if"')
        values = read_set(item["set"], self.entity, self.root, f"{pointer}/set", self.compiling)
        return UpdateEffect(name=item["name"], entity=self.entity.name, set=values)

    def _update_each(self, item: Data, pointer: str) -> Effect | None:
        target, compiling = item["update"], self.compiling
        members = compiling.workshop.shapes[self.entity.name].members
        collections = {name: one for name, one in members.items() if isinstance(one, CollectionType)}
        if target not in collections:
            hint = nearest(target, {*collections, THIS})
            compiling.problem(f"{pointer}/update", f'{self.entity.name} has no collection "{target}"', hint)
            return None
        if "as" not in item:
            compiling.problem(pointer, '"as" is missing', 'say how to call each record, as in "as": "l"')
            return None
        kind = collections[target]
        holder, lines = self._holder(kind)
        if holder is None:
            return None
        if kind.via is None:
            compiling.mention(Part("field", self.entity.name), target, f"{pointer}/update")
        elif lines:
            message = f'"{target}" are lines of other records'
            compiling.problem(f"{pointer}/update", message, "update the records that they belong to")
            return None
        scope = read_each(item["as"], target, item.get("when"), self.root, pointer, compiling)
        if scope is None:
            return None
        values = read_set(item["set"], holder, scope.root, f"{pointer}/set", compiling)
        return UpdateEffect(
            name=item["name"], entity=holder.name, set=values, each=scope.each, lines=kind.via is None
        )

    def _holder(self, kind: CollectionType) -> tuple[Entity | None, bool]:
        """The entity or lines that a collection is made of, and whether they are lines."""
        outer, _, inner = kind.entity.partition(".")
        entity = self.compiling.entity(outer)
        if entity is None or not inner:
            return entity, False
        return entity.fields[inner].lines, True

    def _create(self, item: Data, pointer: str) -> Effect | None:
        compiling = self.compiling
        if not compiling.known("entity", item["create"], f"{pointer}/create"):
            return None
        target = compiling.entity(item["create"])
        if target is None:
            return None
        if target.name == USER_ENTITY:
            compiling.problem(f"{pointer}/create", "effects add no people", "invite them")
        made = {name for name, value in item["set"].items() if isinstance(value, Mapping) and "each" in value}
        plain = {name: value for name, value in item["set"].items() if name not in made}
        values = read_set(plain, target, self.root, f"{pointer}/set", compiling)
        lines = {}
        for name, value in item["set"].items():
            if name in made:
                read = read_lines(name, value, target, self.root, f"{pointer}/set/{name}", compiling)
                if read is not None:
                    lines[name] = read
        return CreateEffect(
            name=item["name"],
            entity=target.name,
            set=values,
            lines=MappingProxyType(lines),
            open=item.get("open", False),
        )

    def _move(self, item: Data, pointer: str) -> Effect | None:
        part = Part("transition", self.entity.name)
        if not self.compiling.one_of(item["move"], self.transitions, part, f"{pointer}/move"):
            return None
        return MoveEffect(name=item["name"], transition=item["move"])

    def _assign(self, item: Data, pointer: str) -> Effect | None:
        owner, text = self.entity.owner, item["assign"]
        if owner is None:
            message = f"a {self.entity.name} has no owner"
            self.compiling.problem(f"{pointer}/assign", message, 'add a reference "owner" to user')
            return None
        if not text.startswith("= "):
            self.compiling.problem(
                f"{pointer}/assign", "a person cannot be named in a definition", 'write "= me" or a path'
            )
            return None
        self.compiling.mention(Part("field", self.entity.name), owner, f"{pointer}/assign")
        formula = self.compiling.formula(
            text[2:].strip(), self.root, ReferenceType(USER_ENTITY), f"{pointer}/assign"
        )
        if formula is None:
            return None
        values = MappingProxyType({owner: Value(formula=formula)})
        return UpdateEffect(name=item["name"], entity=self.entity.name, set=values)

    def _send(self, item: Data, pointer: str) -> Effect | None:
        compiling, of = self.compiling, self.entity.name
        if not compiling.known("message", item["send"], f"{pointer}/send"):
            return None
        about = compiling.workshop.messages.get(item["send"], of)
        # A message about nothing that is there is told where it stands.
        if about != of and about in compiling.workshop.entities:
            message = f'"{item["send"]}" is about {about}, not about {of}'
            compiling.problem(f"{pointer}/send", message, f"name a message about {of}")
        to = read_who(item.get("to", ()), of, f"{pointer}/to", compiling)
        if not to and item["send"] in compiling.workshop.unaddressed:
            message = f'nobody is named who gets "{item["send"]}"'
            compiling.problem(pointer, message, 'say it here or in the message: "to": [{"field": "owner"}]')
        return SendEffect(name=item["name"], message=item["send"], to=to)

    def _call(self, item: Data, pointer: str) -> Effect | None:
        if not self.compiling.known("endpoint", item["call"], f"{pointer}/call"):
            return None
        data = read_data(item.get("data", {}), self.root, f"{pointer}/data", self.compiling)
        return CallEffect(name=item["name"], endpoint=item["call"], data=data)

    def _emit(self, item: Data, pointer: str) -> Effect:
        data = read_data(item.get("data", {}), self.root, f"{pointer}/data", self.compiling)
        return EmitEffect(name=item["name"], event=item["emit"], data=data)

    def _start(self, item: Data, pointer: str) -> Effect | None:
        kind = self.compiling.process(item["start"], self.entity.name, f"{pointer}/start")
        return None if kind is None else StartEffect(name=item["name"], kind=kind, process=item["start"])

    def _refuse(self, item: Data, pointer: str) -> Effect:  # noqa: ARG002 - all verbs are read alike
        return RefuseEffect(name=item["name"], message=item["refuse"])

    def _if(self, item: Data, pointer: str) -> Effect | None:
        condition = self.compiling.formula(item["if"], self.root, BOOLEAN, f"{pointer}/if")
        then = self.effects(item["then"], f"{pointer}/then")
        otherwise = self.effects(item.get("else", ()), f"{pointer}/else")
        if condition is None:
            return None
        return IfEffect(name=item["name"], condition=condition, then=then, otherwise=otherwise)
