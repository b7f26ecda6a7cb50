"""What all commands share: settings, an open workspace, and refusals told in plain words."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import click

from guanxi.cli.language import reader_words
from guanxi.clock import SystemClock
from guanxi.commands.actor import SYSTEM
from guanxi.commands.workspace import Workspace
from guanxi.errors import DefinitionProblem, DefinitionsRefused, Refused, Unavailable
from guanxi.settings import SettingError, Settings, from_environ

T = TypeVar("T")
REFUSED = 1
UNAVAILABLE = 69
"""EX_UNAVAILABLE of sysexits."""

OPERATOR = SYSTEM
"""Whoever may run commands on the machine of the workspace; there is no person to sign in."""


class Unreachable(click.ClickException):
    """The database could not be had."""

    exit_code = UNAVAILABLE


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment, or an end with what is wrong with them."""
    try:
        return from_environ(os.environ if environ is None else environ)
    except SettingError as error:
        raise click.ClickException(str(error)) from error


def run(work: Callable[[Workspace], Awaitable[T]]) -> T:
    """Do something with the workspace and close it again; ends with a message where it is refused."""
    try:
        return asyncio.run(_with_workspace(work))
    except Refused as error:
        raise click.ClickException(refusal_text(error)) from error
    except DefinitionsRefused as error:
        raise click.ClickException(problems_text(error.problems)) from error
    except Unavailable as error:
        raise Unreachable(str(error)) from error


async def _with_workspace(work: Callable[[Workspace], Awaitable[T]]) -> T:
    workspace = await Workspace.open(read_settings(), SystemClock())
    try:
        return await work(workspace)
    finally:
        await workspace.close()


def refusal_text(error: Refused) -> str:
    """A refusal with all its problems, one a line, in the reader's language."""
    words = reader_words(os.environ)
    lines = [words.say(error.message)]
    lines += [f"  {problem.field or '-'}: {words.say(problem.message)}" for problem in error.problems]
    return "\n".join(dict.fromkeys(lines))


def problems_text(problems: tuple[DefinitionProblem, ...] | list[DefinitionProblem]) -> str:
    """Problems of definitions, one a line, and how many they are."""
    count = len(problems)
    words = reader_words(os.environ)
    lines = [f"{one.where}: {words.say(one.told)}" if one.told else str(one) for one in problems]
    return "\n".join([*lines, f"{count} problem{'s' if count != 1 else ''}."])
