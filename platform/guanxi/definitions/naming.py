"""Which names a definition may give: those that databases, expressions and programs all take."""

import keyword

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.placement import table_of
from guanxi.expressions.types import STANDARD_VARIABLES

SYSTEM_KEYS = frozenset({"id", "version", "created_at", "created_by", "updated_at", "updated_by"})
"""What the platform itself keeps of every record."""
WORDS = frozenset({"parent", "this"}) | frozenset(STANDARD_VARIABLES)
"""What expressions call by this name already."""
LINE_COLUMNS = frozenset({"parent_id", "position"})
"""What the platform keeps of every line besides its id."""
OWNER = "owner"
"""The reference to user that says whose a record is, where the entity names no other."""
LONGEST_TABLE = 60
"""Characters of a table name: PostgreSQL cuts names at 63."""


def check_member(name: str, pointer: str, compiling: Compiling, *, line: bool = False) -> None:
    """Note a field or inverse whose name cannot be used."""
    if keyword.iskeyword(name):
        compiling.problem(
            pointer, f'"{name}" is a word of the expression language', f'write "{name}_" or another name'
        )
    elif name in SYSTEM_KEYS or (line and name in LINE_COLUMNS):
        compiling.problem(
            pointer, f'"{name}" is kept by the platform for every record', "give it another name"
        )
    elif name in WORDS:
        compiling.problem(pointer, f'"{name}" means something else in expressions', "give it another name")


def check_entity(name: str, compiling: Compiling) -> None:
    """Note an entity whose name cannot be used."""
    if keyword.iskeyword(name):
        compiling.problem("/name", f'"{name}" is a word of the expression language', "give it another name")
    check_table(name, "/name", compiling)


def check_table(entity: str, pointer: str, compiling: Compiling) -> None:
    """Note an entity or lines whose table name would be cut."""
    if len(table_of(entity)) > LONGEST_TABLE:
        compiling.problem(pointer, f'the table name "{table_of(entity)}" is too long', "choose shorter names")
