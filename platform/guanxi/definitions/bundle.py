"""A pack in one file: the ZIP of its folder, as somebody sends it."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from guanxi.definitions.documents import MAX_BYTES, MAX_DOCUMENTS, META, Document, read_document
from guanxi.errors import N_, DefinitionProblem, DefinitionsRefused, Invalid, Problem, Text

MAX_BUNDLE = 700_000
"""The largest ZIP, in bytes: a pack of 500 definitions has about 400,000."""
MAX_UNPACKED = 20_000_000
"""The most bytes that all definitions of a bundle have."""
COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others are unpacked without an end by the library: 575 bytes became 600 MB."""
NO_BUNDLE = N_("This is no pack that can be read.")
NOT_ZIP = N_("Send the ZIP file of a pack's folder.")
TOO_LARGE = N_("The ZIP file, or what is in it, is too large.")
ONE_PACK = N_("The ZIP file holds {count} pack.json files. Send one pack at a time.")


def read_bundle(content: bytes) -> list[Document]:
    """The definitions of the pack in a ZIP; nothing of it is written anywhere.

    Raises:
        Invalid: it is no ZIP, exceeds a limit, or holds no pack or several.
        DefinitionsRefused: files in it cannot be read as definitions.
    """
    if len(content) > MAX_BUNDLE:
        raise _refused(TOO_LARGE)
    try:
        files = _files(content)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError) as error:
        # Encrypted ones are a RuntimeError; places before the beginning and broken names a ValueError.
        raise _refused(NOT_ZIP) from error
    read = [read_document(name, text) for name, text in files]
    problems = [one for one in read if isinstance(one, DefinitionProblem)]
    if problems:
        raise DefinitionsRefused(problems)
    documents = [one for one in read if isinstance(one, Document)]
    packs = [one.name for one in documents if one.kind == "pack"]
    if len(packs) != 1:
        raise _refused(ONE_PACK(count=len(packs)))
    return [Document(one.file, one.data, packs[0]) for one in documents]


def _files(content: bytes) -> list[tuple[str, bytes]]:
    found, size = [], 0
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        every = [one for one in bundle.infolist() if _holds_definition(one.filename)]
        if len(every) > MAX_DOCUMENTS:
            raise _refused(TOO_LARGE)
        if any(one.compress_type not in COMPRESSIONS for one in every):
            raise _refused(NOT_ZIP)
        for one in every:
            with bundle.open(one) as file:
                text = file.read(MAX_BYTES + 1)
            size += len(text)
            if len(text) > MAX_BYTES or size > MAX_UNPACKED:
                raise _refused(TOO_LARGE)
            found.append((one.filename, text))
    return found


def _holds_definition(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix == ".json" and META not in path.parts and not hidden


def _refused(message: Text) -> Invalid:
    return Invalid(NO_BUNDLE, [Problem("/pack", "bundle", message)])
