"""Commands stand beside each other: none is built from another, because each is one transaction."""

import ast

from tests.house.repository import texts


def _module(path) -> str:
    return ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__")


def _command(module: str, tree: ast.Module) -> str | None:
    """One verb a file: the coroutine that the file is named after."""
    verb = module.rpartition(".")[2]
    functions = (node.name for node in tree.body if isinstance(node, ast.AsyncFunctionDef))
    return verb if verb in functions else None


def test_no_command_calls_another():
    trees = {_module(path): ast.parse(text) for path, text in texts(".py", under="platform/guanxi/commands")}
    commands = {(module, verb) for module, tree in trees.items() if (verb := _command(module, tree))}
    assert commands
    calls = [
        f"{module} uses {alias.name} of {node.module}"
        for module, tree in trees.items()
        # A package may offer its commands together.
        if not any(other.startswith(f"{module}.") for other in trees)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module, alias.name) in commands
    ]
    assert not calls
