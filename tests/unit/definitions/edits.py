"""Random edits of the definitions of the base CRM; what comes of them need not mean anything."""

import copy
from typing import Any

from hypothesis import strategies as st

from guanxi.definitions import Document
from guanxi.definitions.extension_paths import keys_of
from tests.unit.definitions.base import base_documents

NAMES = ("alpha", "beta", "gamma", "note", "total", "own/er")
EDITED = tuple(
    one for one in base_documents()
    if one.name in ("order", "order_list", "order_detail", "rep", "order_discount", "team", "base")
)  # fmt: skip
values = st.recursive(
    st.sampled_from((True, 1, "x", "draft", None)),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    | st.lists(st.fixed_dictionaries({"name": st.sampled_from(NAMES), "en": inner}), max_size=3),
    max_leaves=4,
)  # fmt: skip


def holders(data: Any) -> list[Any]:
    """All maps and lists with members, outer before inner."""
    found, waiting = [], [data]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict | list):
            found.append(one)
            waiting += one.values() if isinstance(one, dict) else one
    return found


@st.composite
def edited(draw: st.DrawFn, data: Any, most: int = 6) -> Any:
    """The definition after some members were removed, changed, added and moved; its kind and name stay."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, most))):
        holder = draw(st.sampled_from(holders(data)))
        value = draw(values)
        if isinstance(holder, list):
            _edit_list(draw, holder, value)
        else:
            members = sorted({*holder, *NAMES} - {"kind", "name", "version"})
            key = draw(st.sampled_from(members))
            if key in holder and draw(st.booleans()):
                del holder[key]
            else:
                holder[key] = value
    return data


def _edit_list(draw: st.DrawFn, holder: list[Any], value: Any) -> None:
    match draw(st.sampled_from(("shuffle", "remove", "name", "add"))):
        case "shuffle":
            holder[:] = draw(st.permutations(holder))
        case "remove" if holder:
            holder.pop(draw(st.integers(0, len(holder) - 1)))
        case "name":
            free = [name for name in NAMES if name not in (keys_of(holder) or ())]
            name = draw(st.sampled_from(free or ("zeta",)))
            holder.insert(draw(st.integers(0, len(holder))), draw(st.sampled_from((name, {"name": name}))))
        case _:
            holder.append(value)


@st.composite
def two_sets(draw: st.DrawFn) -> tuple[list[Document], list[Document]]:
    """Two sets of definitions, each some edits away from the base."""
    return _set(draw), _set(draw)


def _set(draw: st.DrawFn) -> list[Document]:
    kept = [one for one in EDITED if draw(st.integers(0, 7))]
    chosen = draw(st.sets(st.integers(0, len(EDITED) - 1), max_size=3))
    return [
        Document(one.file, draw(edited(one.data)), one.pack) if index in chosen else one
        for index, one in enumerate(kept)
    ]
