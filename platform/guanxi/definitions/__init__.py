"""Definitions: JSON documents, checked and compiled to a frozen catalog. Pure: no clock, no database.

`read_folder` reads the documents, `compile_catalog` makes the catalog of them or refuses with every problem
at once, `check_documents` only tells the problems.
"""

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.compile import check_documents, compile_catalog, documents_from_json
from guanxi.definitions.documents import Document, digest_of, read_document, read_folder

__all__ = [
    "Catalog",
    "Document",
    "check_documents",
    "compile_catalog",
    "digest_of",
    "documents_from_json",
    "read_document",
    "read_folder",
]
