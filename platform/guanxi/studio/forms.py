"""Reading Studio's forms, and answering refusals of the draft."""

from collections.abc import Mapping

from starlette.requests import Request

from guanxi.errors import N_, Problem, Refused
from guanxi.studio.typed import OTHERS, Typed
from guanxi.web.forms import read_form
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.forms import FormProblem

MOST = 5_000
"""200 options of eight texts, and more than the rest of any form."""
TWICE = N_("The form has fields that are not expected here. Reload the page.")


async def read_typed(request: Request) -> Typed:
    """What a form holds. A tick that is not set sends `false` before it sends `true`.

    Of a list of ticks the names of those that are set, with commas between them.

    Raises:
        BadRequest: another field is given twice.
    """
    typed: Typed = {}
    for name, value in await read_form(request, most=MOST):
        if name == OTHERS:
            typed[name] = ",".join(filter(None, (typed.get(name, ""), value)))
            continue
        if name in typed and typed[name] != "false":
            raise BadRequest(TWICE)
        typed[name] = value.replace("\r\n", "\n")
    return typed


def summary_of(refusal: Refused | None, words: Catalog) -> list[FormProblem]:
    """The problems of a refusal as the summary of a form shows them."""
    if refusal is None:
        return []
    problems = refusal.problems or (Problem("", refusal.code, refusal.message),)
    return [
        FormProblem(label="", message=words.say(one.message), target=_target(one.field)) for one in problems
    ]


def by_input(refusal: Refused | None, words: Catalog) -> Mapping[str, str]:
    """The problems of a refusal by the input that they are about."""
    if refusal is None:
        return {}
    return {one.field.removeprefix("/"): words.say(one.message) for one in refusal.problems if one.field}


def _target(field: str) -> str:
    return f"f-{field.removeprefix('/').replace('.', '-')}" if field else ""
