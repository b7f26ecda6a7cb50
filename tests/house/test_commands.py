"""Commands stand beside each other: none is built from another, because each is one transaction."""

import ast

from tests.house.repository import texts


def _module(path) -> str:
    return ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__")


def _commands(tree: ast.Module) -> set[str]:
    """Public coroutines that take the workspace first and open a transaction of their own in it."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_") and _takes_workspace(node)
    }


def _takes_workspace(node: ast.AsyncFunctionDef) -> bool:
    given = [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
    return bool(given) and given[0] == "Workspace" and "Session" not in given


def test_no_command_calls_another():
    trees = {_module(path): ast.parse(text) for path, text in texts(".py", under="platform/guanxi/commands")}
    commands = {(module, name) for module, tree in trees.items() for name in _commands(tree)}
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
