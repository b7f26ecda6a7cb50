"""Reading people, ids and choices out of a body."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.web.api.bodies import text_of
from guanxi.web.api.query import id_of

Choice = TypeVar("Choice", bound=str)
MOST = 200
NO_PERSON = N_("There is no such person.")
NO_LIST = N_("Send a list of ids, as texts.")
NO_OBJECT = N_("Send an object.")


def person_of(payload: Mapping[str, Any], name: str) -> int:
    """The id of a person. Raises Invalid where there is none."""
    try:
        return id_of(text_of(payload, name, required=True, longest=40))
    except NotFound as error:
        raise Invalid(NO_PERSON, [Problem(f"/{name}", "unknown_person", NO_PERSON)]) from error


def ids_of(payload: Mapping[str, Any], name: str) -> list[int]:
    """A list of ids; empty where there is none. Raises Invalid for anything else."""
    value = payload.get(name) or []
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(one, str) for one in value):
        raise Invalid(NO_LIST, [Problem(f"/{name}", "wrong_type", NO_LIST)])
    try:
        return [id_of(one) for one in value if one] if all(value) else []
    except NotFound as error:
        raise Invalid(NO_LIST, [Problem(f"/{name}", "wrong_type", NO_LIST)]) from error


def object_of(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object; empty where there is none. Raises Invalid for anything else."""
    value = payload.get(name) or {}
    if not isinstance(value, dict):
        raise Invalid(NO_OBJECT, [Problem(f"/{name}", "wrong_type", NO_OBJECT)])
    return value


def one_of(payload: Mapping[str, Any], name: str, choices: Sequence[Choice]) -> Choice:
    """One of some words. Raises Invalid for another."""
    said = text_of(payload, name, required=True, longest=60)
    found = next((one for one in choices if one == said), None)
    if found is None:
        message = N_("Choose one of: {choices}.", choices=", ".join(choices))
        raise Invalid(message, [Problem(f"/{name}", "unknown", message)])
    return found
