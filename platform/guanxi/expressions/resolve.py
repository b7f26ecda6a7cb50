"""From names and dots to frames and members, over the declared shapes and nothing else."""

from dataclasses import dataclass, replace

from guanxi.errors import N_
from guanxi.expressions.errors import did_you_mean, finding
from guanxi.expressions.nodes import Frame, Literal, Member, Node
from guanxi.expressions.types import (
    TEXT,
    CollectionType,
    MoneyType,
    ReferenceType,
    Shape,
    Shapes,
    Type,
)

OWNER = "parent"
CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Place:
    """A record on the way along a path: a frame, and references followed from it."""

    frame: Frame
    keys: tuple[str, ...]
    entity: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Many records at the end of a path."""

    place: Place
    name: str
    type: CollectionType

    @property
    def path(self) -> str:
        """The path from the root record."""
        return ".".join((*self.place.frame.path, *self.place.keys, self.name))


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of the text that a name stands for."""

    offset: int
    end: int

    def last(self, name: str) -> int:
        """Where the last name of a path begins."""
        return max(self.end - len(name), self.offset)


Path = list[tuple[str, Span]]
"""The names of a path, each with the characters from the beginning of the path to its end."""


def start(frame: Frame) -> Place:
    """The place where the paths of a frame begin."""
    return Place(frame, (), frame.entity)


class Resolver:
    """Follows paths; remembers what was read and where currencies are found."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.reads: set[str] = set()
        self._currencies: dict[str, Member] = {}

    def shape(self, entity: str) -> Shape:
        """The shape of an entity.

        Raises:
            KeyError: the shapes are not complete, which is a fault of the caller.
        """
        return self.shapes[entity]

    def has(self, place: Place, name: str) -> bool:
        """Whether a record has a member (or, for a line, an owner) of that name."""
        shape = self.shape(place.entity)
        return name in shape.members or (name == OWNER and shape.parent is not None)

    def member_type(self, place: Place, name: str, span: Span) -> Type:
        """The declared type of a member."""
        shape = self.shape(place.entity)
        if name in shape.members:
            return shape.members[name]
        if name == OWNER and shape.parent is not None:
            return ReferenceType(shape.parent)
        hint = did_you_mean(
            name, shape.members, N_("It has: {names}.", names=", ".join(sorted(shape.members)))
        )
        raise finding(
            "unknown_member",
            N_("{entity} has no member '{name}'.", entity=place.entity, name=name),
            hint,
            span.last(name),
        )

    def enter(self, place: Place, name: str, span: Span) -> Place:
        """The record that a reference leads to; the way back from a row is the record it belongs to."""
        type_ = self.member_type(place, name, span)
        if not isinstance(type_, ReferenceType):
            hint = N_("Only references have members.") if not isinstance(type_, CollectionType) else (
                N_("Use an aggregate, such as count({name}) or max({name}.field).", name=name)
            )  # fmt: skip
            raise finding(
                "no_members",
                N_("'{name}' is a {type}, which has no members.", name=name, type=type_.label),
                hint,
                span.last(name),
            )
        frame = place.frame
        to_owner = name == OWNER and name not in self.shape(place.entity).members
        goes_back = name == frame.via or (to_owner and frame.via is None)
        if goes_back and not place.keys and frame.kind == "row" and frame.base is not None:
            return Place(frame.base, frame.keys[:-1], type_.entity)
        if not place.keys and to_owner:
            return start(Frame("owner", f"{frame.name}_owner", type_.entity, base=frame))
        return Place(frame, (*place.keys, name), type_.entity)

    def member(self, place: Place, name: str, span: Span) -> Node | Collection:
        """A member as a value, or a collection."""
        type_ = self.member_type(place, name, span)
        if isinstance(type_, CollectionType):
            return Collection(place, name, type_)
        if name == OWNER and name not in self.shape(place.entity).members:
            return self.identity(self.enter(place, name, span), span)
        if isinstance(type_, MoneyType):
            type_ = replace(type_, unit=self._unit(place, name, type_.unit))
        return self.read(Member(type_, span.offset, span.end, place.frame, (*place.keys, name)))

    def collection(self, place: Place, name: str, span: Span) -> Collection | None:
        """The collection of that name, if it is one."""
        type_ = self.member_type(place, name, span)
        return Collection(place, name, type_) if isinstance(type_, CollectionType) else None

    def follow(self, place: Place, names: Path) -> Node | Collection:
        """The member or collection at the end of a path."""
        for index, (name, span) in enumerate(names[:-1]):
            type_ = self.member_type(place, name, span)
            if isinstance(type_, MoneyType) and names[index + 1 :] == names[-1:] and names[-1][0] == CURRENCY:
                amount = self.member(place, name, span)
                if isinstance(amount, Node) and isinstance(amount.type, MoneyType) and amount.type.unit:
                    return self.currency(amount.type.unit, names[-1][1])
            if names[index + 1 :] == names[-1:] and self.has(place, f"{name}.{names[-1][0]}"):
                return self.member(place, f"{name}.{names[-1][0]}", names[-1][1])
            place = self.enter(place, name, span)
        return self.member(place, *names[-1])

    def identity(self, place: Place, span: Span) -> Member:
        """A record as a value: the reference to itself."""
        keys = (*place.keys, "id") if not place.keys else place.keys
        own = self.shape(place.entity).entity
        return self.read(Member(ReferenceType(own), span.offset, span.end, place.frame, keys))

    def currency(self, unit: str, span: Span) -> Node:
        """The currency of an amount, as a value."""
        member = self._currencies.get(unit)
        if member is None:
            return Literal(TEXT, span.offset, span.end, unit)
        return self.read(replace(member, offset=span.offset, end=span.end))

    def _unit(self, place: Place, name: str, unit: str | None) -> str:
        if unit is not None and len(unit) == 3 and unit.isupper():
            return unit
        if unit is None:
            member = Member(TEXT, 0, 0, place.frame, (*place.keys, f"{name}.{CURRENCY}"))
        else:
            *way, last = unit.split(".")
            for step in way:
                place = self.enter(place, step, Span(0, 0))
            self.member_type(place, last, Span(0, 0))
            member = Member(TEXT, 0, 0, place.frame, (*place.keys, last))
        unit = canonical(member)
        self._currencies[unit] = member
        return unit

    def read(self, member: Member) -> Member:
        """The member, noted among what the expression reads."""
        self.reads.add(".".join((*member.frame.path, *member.keys)))
        return member


def canonical(member: Member) -> str:
    """The one way to write where a currency is found; a colon marks one that differs from row to row."""
    path = ".".join((*member.frame.path, *member.keys))
    return f"{member.frame.name}:{path}" if differs_by_row(member.frame) else path


def differs_by_row(frame: Frame) -> bool:
    """Whether a frame is a row of a collection, or is reached from one."""
    return frame.kind == "row" or (frame.base is not None and differs_by_row(frame.base))
