"""What is sound of an entity whose definition has problems, so that other definitions can still be judged."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.meta_problems import MAX_PROBLEMS
from guanxi.definitions.naming import SYSTEM_KEYS
from guanxi.errors import DefinitionProblem


def salvaged(data: Any, problems: list[DefinitionProblem]) -> tuple[Mapping[str, Any] | None, set[str]]:
    """The entity without its broken fields, and the names that nobody can judge any more.

    None for an entity of which nothing can be kept.
    """
    name = data.get("name") if isinstance(data, Mapping) else None
    fields = data.get("fields") if isinstance(data, Mapping) else None
    if not isinstance(name, str) or not isinstance(fields, Mapping) or len(problems) >= MAX_PROBLEMS:
        return None, {name} if isinstance(name, str) else set()
    broken = {problem.pointer.split("/")[2] for problem in problems if problem.pointer.startswith("/fields/")}
    if any(problem.pointer in ("/fields", "/name", "/kind") for problem in problems):
        broken |= {key for key in fields if isinstance(key, str)} - SYSTEM_KEYS
    sound = {key: field for key, field in fields.items() if key not in broken}
    return {"name": name, "title": "", "fields": sound}, broken
