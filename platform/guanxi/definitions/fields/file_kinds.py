"""Which files are kept, and whether one is what its name says."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import puremagic

from guanxi.definitions.fields.base import FieldProblem
from guanxi.errors import N_

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
}
"""The media type of each kind of file that is kept, by the end of its name.

None of them is run or drawn by a browser but the images, and these hold no script.
"""
IMAGES = ("png", "jpg", "jpeg", "gif", "webp")
TEXTS = ("txt", "csv", "md")
LONGEST_NAME = 150
_HEADS: Mapping[str, bytes] = {"webp": b"WEBP"}
_SAME = ({"jpg", "jpeg", "jpe", "jfif"}, {"docx", "xlsx", "pptx", "odt", "ods", "zip"}, {"doc", "xls", "ppt"})
"""Ends of names whose files begin alike, so that the beginning does not tell them apart."""

NO_KIND = N_("Files like “{name}” are not kept. Choose one of: {kinds}.")
NOT_WHAT_IT_SAYS = N_("“{name}” is not what its name says. Save it again in the program it comes from.")
EMPTY = N_("“{name}” is empty. Choose another file.")


def plain_name(name: str) -> str:
    """The name of a file without folders and control characters, and not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable()).strip(" .")
    stem, dot, end = kept.rpartition(".")
    return f"{stem[: LONGEST_NAME - 10]}{dot}{end[:9]}" if len(kept) > LONGEST_NAME else kept


def end_of(name: str) -> str:
    """The end of a file's name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def media_of(name: str, content: bytes) -> str:
    """The media type of a file, judged by its name and by what it holds.

    Raises:
        FieldProblem: it is of no kind that is kept, or is something else than its name says.
    """
    end = end_of(name)
    if end not in MEDIA:
        raise FieldProblem("file_kind", NO_KIND(name=name, kinds=", ".join(MEDIA)))
    if not content:
        raise FieldProblem("file_empty", EMPTY(name=name))
    if not (_is_text(content) if end in TEXTS else _is_kind(end, content)):
        raise FieldProblem("file_content", NOT_WHAT_IT_SAYS(name=name))
    return MEDIA[end]


def _is_kind(end: str, content: bytes) -> bool:
    try:
        found = {match.extension.lstrip(".") for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    alike = next((some for some in _SAME if end in some), {end})
    return not found.isdisjoint(alike) and _HEADS.get(end, b"") in content[:16]


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
