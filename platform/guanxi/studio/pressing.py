"""Buttons that change the lists of a form before it is saved: add, remove, up, down, another order."""

from collections.abc import Mapping

from guanxi.studio.typed import Typed, condition_of, condition_typed, positions


def pressed(typed: Typed, button: str, types: Mapping[str, str]) -> Typed:
    """The form after a button such as `options.add`, `options.up.2` or `visibleWhen.text`.

    Dragging sends the whole order, as in `options.order.2-0-1`.

    A button that there is not changes nothing.
    """
    name, _, rest = button.rpartition(".")
    if rest == "add":
        first = {"options": "name", "sections": "was"}.get(name, "field")
        return typed | {f"{name}.{len(positions(typed, name))}.{first}": ""}
    if rest == "text":
        return typed | {f"{name}.mode": "text", f"{name}.text": condition_of(typed, name, types)}
    if rest == "rows":
        return _as_rows(typed, name, types)
    name, _, verb = name.rpartition(".")
    places = positions(typed, name)
    if verb == "order":
        wanted = [int(one) for one in rest.split("-") if one.isdigit()]
        return _renumbered(typed, name, wanted) if sorted(wanted) == places else typed
    if not rest.isdigit() or int(rest) not in places:
        return typed
    at = places.index(int(rest))
    if verb == "remove":
        del places[at]
    elif verb == "up" and at:
        places[at - 1], places[at] = places[at], places[at - 1]
    elif verb == "down" and at < len(places) - 1:
        places[at + 1], places[at] = places[at], places[at + 1]
    else:
        return typed
    return _renumbered(typed, name, places)


def _renumbered(typed: Typed, name: str, order: list[int]) -> Typed:
    known = positions(typed, name)
    found = {
        key: value
        for key, value in typed.items()
        if not any(key.startswith(f"{name}.{index}.") for index in known)
    }
    for index, old in enumerate(order):
        head = f"{name}.{old}."
        for key, value in typed.items():
            if key.startswith(head):
                found[f"{name}.{index}.{key.removeprefix(head)}"] = value
    return found


def _as_rows(typed: Typed, name: str, types: Mapping[str, str]) -> Typed:
    """The text of a condition as rows; it stays text where rows cannot say it."""
    rest = {key: value for key, value in typed.items() if not key.startswith(f"{name}.")}
    return rest | condition_typed(name, typed.get(f"{name}.text", ""), types)
