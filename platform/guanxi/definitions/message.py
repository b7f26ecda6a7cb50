"""The compiled message: what is sent to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.labels import Label, humanised
from guanxi.definitions.read_who import read_who
from guanxi.definitions.template import Templates, read_templates
from guanxi.definitions.who import Selector


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A text about records of entity `of`, by language.

    `to` are its receivers unless the effect that sends it names others. With `once`, a person gets it about
    one record a single time.
    """

    name: str
    of: str
    label: Label
    help: Label | None = None
    to: tuple[Selector, ...] = ()
    once: bool = False
    subject: Templates
    body: Templates

    @property
    def reads(self) -> frozenset[str]:
        """The record paths that texts and receivers need."""
        texts = (*self.subject.values(), *self.body.values())
        return frozenset[str]().union(*(one.reads for one in texts), *(one.reads for one in self.to))


def read_message(data: Mapping[str, Any], compiling: Compiling) -> Message:
    """Compile a message document that its meta-schema has accepted."""
    of = data["of"]
    compiling.known("entity", of, "/of")
    for tag, text in data["subject"].items():
        if "\n" in text or "\r" in text:
            compiling.problem(f"/subject/{tag}", "a subject is one line", "put the rest into the body")
    for one, other in (("subject", "body"), ("body", "subject")):
        for tag in sorted(data[one].keys() - data[other].keys()):
            message = f'the {other} has no text in "{tag}"'
            compiling.problem(f"/{other}", message, "write both in the same languages")
    return Message(
        name=data["name"],
        of=of,
        label=data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        to=read_who(data.get("to", ()), of, "/to", compiling),
        once=data.get("once", False),
        subject=read_templates(data["subject"], of, "/subject", compiling),
        body=read_templates(data["body"], of, "/body", compiling),
    )
