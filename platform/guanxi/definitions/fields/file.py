"""A file, and a file that is an image."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem, FieldType, nothing
from guanxi.definitions.fields.file_kinds import IMAGES, MEDIA
from guanxi.definitions.fields.integer import LARGEST
from guanxi.errors import N_
from guanxi.expressions.types import INTEGER, TEXT, Type

_ID = re.compile(r"[1-9][0-9]{0,18}")
MEGABYTE = 1_048_576
NOT_A_FILE = N_("Send the id of a file that was uploaded, such as {example}.", example='{"id": "12"}')
GONE = N_("There is no such file. Choose it again.")
PARTS = ("id", "media", "size")


class FileField(FieldType):
    """A file: its name, and beside it its id, media type and size in bytes; the content is kept apart."""

    name = "file"
    operators = ("contains", "missing")
    kinds: ClassVar[tuple[str, ...]] = tuple(MEDIA)
    """The ends of names that it takes."""

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The name, the id, the media type and the size."""
        return (
            Column(field.name, field.name, "text"),
            Column(f"{field.name}.id", f"{field.name}__id", "integer"),
            Column(f"{field.name}.media", f"{field.name}__media", "text"),
            Column(f"{field.name}.size", f"{field.name}__size", "integer"),
        )

    def parts(self, field: Field) -> Mapping[str, Type]:  # noqa: ARG002
        """The media type and the size: `contract.size`."""
        return {"media": TEXT, "size": INTEGER}

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """The name of the file."""
        return TEXT

    def coerce(self, field: Field, raw: object, *, form: bool) -> int | None:  # noqa: ARG002
        """The id of an uploaded file: `{"id": "12"}` or, in a form, `12`. The rest of a reply is ignored."""
        if isinstance(raw, Mapping):
            if not set(raw) <= {"id", "name", "media", "size", "href"} or "id" not in raw:
                raise FieldProblem("file", NOT_A_FILE)
            raw = raw["id"]
        if nothing(raw):
            return None
        if not isinstance(raw, str):
            raise FieldProblem("file", NOT_A_FILE)
        if not _ID.fullmatch(raw) or int(raw) > LARGEST:
            raise FieldProblem("no_such_file", GONE)
        return int(raw)

    def kept(self, field: Field, value: Any) -> dict[str, Any]:
        """The id; what else is known of the file is filled in where it is looked up."""
        return {column.key: None for column in self.columns(field)} | {f"{field.name}.id": value}

    def to_json(self, field: Field, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """An object with id, name, media type, size in bytes, and where the content is."""
        name, id_ = record.get(field.name), record.get(f"{field.name}.id")
        if name is None or id_ is None:
            return None
        known = {part: record.get(f"{field.name}.{part}") for part in ("media", "size")}
        return {"id": str(id_), "name": name, **known, "href": href_of_file(id_, name)}

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """An object of which the id is wanted."""
        return {
            "type": "object",
            "properties": {
                "id": {"type": "string", "pattern": "^[1-9][0-9]{0,18}$", **NO_LINE_BREAK},
                "name": {"type": "string"},
                "media": {"type": "string"},
                "size": {"type": "integer"},
                "href": {"type": "string"},
            },
            "required": ["id"],
            "additionalProperties": False,
        }


class ImageField(FileField):
    """A picture of points: PNG, JPEG, GIF or WebP."""

    name = "image"
    kinds = IMAGES


def href_of_file(id_: int, name: str) -> str:
    """Where the content of a file is."""
    return f"/files/{id_}/{quote(name, safe='')}"


def is_picture(media: object) -> bool:
    """Whether a browser may draw a file of this media type."""
    return media in {MEDIA[end] for end in IMAGES}
