"""Where the definitions, templates and sample data that ship with the product are found."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

Folder = Literal["schemas", "workflows", "ui", "seeds"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: Folder) -> Path:
    """The folder `name` of the checkout this code runs from, or of the installed package.

    Raises:
        ValueError: no folder of this name ships with the product.
        FileNotFoundError: it should be there and is not: the installation is incomplete.
    """
    if name not in get_args(Folder):
        raise ValueError(f"No folder {name!r} ships with Guanxi; there are {', '.join(get_args(Folder))}.")
    installed = _PACKAGE / "_data" / name
    # An editable install runs from the checkout, where the folders lie beside the source root.
    candidates = [installed, _PACKAGE.parent.parent / name]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    places = " nor ".join(str(candidate) for candidate in candidates)
    raise FileNotFoundError(f"The folder {name!r} is missing: neither {places} exists. Install Guanxi again.")
