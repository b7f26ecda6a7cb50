"""From text to a syntax tree that holds nothing but whitelisted forms.

Limits come before parsing, because the parser itself can be made to work hard; after it, a node that is not
known is refused, so what Python may learn tomorrow is not let in.
"""

import ast
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from guanxi.errors import N_, Text
from guanxi.expressions.errors import ExpressionError, ExpressionProblem

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 1000
MAX_NODES = 300
MAX_DEPTH = 20

Wrong = tuple[str, Text, Text | None]
"""A code, what is wrong, and what to write instead."""

NUMBER = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?")
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_FORMS: tuple[type[ast.AST], ...] = (
    ast.Expression, ast.Constant, ast.Name, ast.Attribute, ast.Load, ast.Store, ast.BoolOp, ast.And, ast.Or,
    ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Compare, ast.Eq,
    ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.IfExp, ast.Call, ast.GeneratorExp,
    ast.comprehension, ast.List, ast.Tuple, ast.Set,
)  # fmt: skip

_HINTS: dict[type[ast.AST], Text] = {
    ast.Is: N_("Ask missing(x), or compare with ==."),
    ast.IsNot: N_("Ask not missing(x), or compare with !=."),
    ast.FloorDiv: N_("Write div(a, b, decimals)."),
    ast.Mod: N_("Write div(a, b, decimals)."),
    ast.Pow: N_("Powers do not exist here."),
    ast.ListComp: N_("Write a generator in round brackets: sum(l.amount for l in lines)."),
    ast.SetComp: N_("Write a generator in round brackets: count(l for l in lines)."),
    ast.JoinedStr: N_("Join texts with +."),
    ast.Subscript: N_("Members are read with a dot; rows with an aggregate such as max(lines.discount)."),
    ast.Starred: N_("Write the values one by one."),
    ast.BitAnd: N_("Write `and`."),
    ast.BitOr: N_("Write `or`."),
    ast.Invert: N_("Write `not`."),
}


def parse(text: str) -> ast.expr:
    """The syntax tree of an expression.

    Raises:
        ExpressionError: it is too long, too deep, no Python expression, or uses a form that does not exist
            here.
    """
    _refuse_characters(text)
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        offset = max((error.offset or 1) - 1, 0)
        raise _refused("syntax", N_("This is no expression: {msg}.", msg=error.msg), None, offset) from None
    except (ValueError, RecursionError, MemoryError, OverflowError):
        raise _refused(
            "syntax", N_("This is no expression: it cannot be read."), N_("Make it simpler.")
        ) from None
    _refuse_size(tree)
    problems = [problem for node in ast.walk(tree) for problem in _form_problems(node, text)]
    if problems:
        raise ExpressionError(problems)
    return tree.body


def offset_of(node: ast.AST, text: str) -> int:
    """The characters of the text before a node; the tree itself counts bytes."""
    return len(text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))


def end_of(node: ast.AST, text: str) -> int:
    """The characters of the text up to the end of a node."""
    return len(text.encode()[: getattr(node, "end_col_offset", 0)].decode(errors="ignore"))


def segment(node: ast.AST, text: str) -> str:
    """The part of the text that a node stands for."""
    return text[offset_of(node, text) : end_of(node, text)]


def dotted(node: ast.expr) -> list[tuple[str, ast.expr]]:
    """The names of a path such as `account.owner`, each with the node that ends there; else []."""
    match node:
        case ast.Name(id=name):
            return [(name, node)]
        case ast.Attribute(value=before, attr=name):
            names = dotted(before)
            return [*names, (name, node)] if names else []
        case _:
            return []


def _refused(code: str, text: Text, advice: Text | None = None, offset: int = 0) -> ExpressionError:
    return ExpressionError([ExpressionProblem(code, text, advice, offset)])


def _refuse_characters(text: str) -> None:
    if not isinstance(text, str):
        raise _refused("syntax", N_("An expression is a text."))
    if len(text) > MAX_LENGTH:
        raise _refused(
            "too_long",
            N_(
                "An expression has at most {most} characters; this has {count}.",
                most=MAX_LENGTH,
                count=len(text),
            ),
        )
    if not text.strip():
        raise _refused("empty", N_("The expression is empty."))
    if text != text.strip():
        raise _refused(
            "blanks", N_("The expression begins or ends with a blank."), N_("Leave the blanks away.")
        )
    for offset, character in enumerate(text):
        if character in BIDI_CONTROLS or unicodedata.category(character) in {"Cc", "Cs"}:
            raise _refused(
                "character",
                N_("The character U+{code} may not be used.", code=f"{ord(character):04X}"),
                N_("Leave it away."),
                offset,
            )
    escape = re.search(r"\\[^\\'\"]", text)
    if escape:
        raise _refused(
            "escape",
            N_("The escape '{escape}' may not be used.", escape=escape[0]),
            N_("Write the character itself."),
            escape.start(),
        )


def _refuse_size(tree: ast.AST) -> None:
    count = 0
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH + 1):
        level = [child for node in level for child in _parts(node)]
        count += len(level)
        if count > MAX_NODES:
            raise _refused(
                "too_large", N_("An expression has at most {most} parts; this has more.", most=MAX_NODES)
            )
    if level:
        raise _refused(
            "too_deep", N_("An expression is at most {most} levels deep; this is deeper.", most=MAX_DEPTH)
        )


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr_context | ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
            yield child


def _form_problems(node: ast.AST, text: str) -> Iterator[ExpressionProblem]:
    offset = offset_of(node, text)
    if not isinstance(node, _FORMS):
        name = re.sub(r"(?<!^)(?=[A-Z])", " ", type(node).__name__).lower()
        hint = _HINTS.get(type(node))
        yield ExpressionProblem(
            "form", N_("This form ({name}) does not exist in expressions.", name=name), hint, offset
        )
        return
    check: Callable[[ast.AST, str], Wrong | None] | None = _CHECKS.get(type(node))
    found = check(node, text) if check else None
    if found:
        code, message, hint = found
        yield ExpressionProblem(code, message, hint, offset)


def _check_constant(node: ast.AST, text: str) -> Wrong | None:
    value = node.value if isinstance(node, ast.Constant) else None
    if value is None:
        return "none", N_("None does not exist in expressions."), N_("Ask missing(x).")
    if isinstance(value, bool | str):
        return None
    if not isinstance(value, int | float):
        return (
            "constant",
            N_("A constant of this kind ({name}) does not exist.", name=type(value).__name__),
            None,
        )
    written = segment(node, text)
    following = text[end_of(node, text) : end_of(node, text) + 1]
    if not NUMBER.fullmatch(written) or following.isalnum():
        shown = written if len(written) <= 24 else f"{written[:20]}..."
        return (
            "number",
            N_("{shown} is no number here.", shown=shown),
            N_("Write up to 18 digits and 9 decimals, such as 1250.75."),
        )
    return None


def _check_name(node: ast.AST, text: str) -> Wrong | None:
    name = node.id if isinstance(node, ast.Name) else ""
    return _name_problem(name, segment(node, text))


def _check_attribute(node: ast.AST, text: str) -> Wrong | None:
    name = node.attr if isinstance(node, ast.Attribute) else ""
    return _name_problem(name, segment(node, text)[-len(name) :])


def _name_problem(name: str, written: str) -> Wrong | None:
    # Python folds look-alike letters into plain ones; what is read must be what is written.
    if name != written or not name.isascii():
        return (
            "name",
            N_("The name '{written}' has letters other than a-z.", written=written),
            N_("Names are plain ASCII."),
        )
    if name.startswith("_"):
        return (
            "name",
            N_("The name '{name}' begins with an underscore.", name=name),
            N_("No such member can be declared."),
        )
    return None


def _check_call(node: ast.AST, text: str) -> Wrong | None:
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
        return (
            "call",
            N_("{segment} cannot be called.", segment=segment(node.func, text)),
            N_("Only registered functions can."),
        )
    if isinstance(node, ast.Call) and node.keywords:
        return "call", N_("Functions take no named arguments."), N_("Give the values in order.")
    return None


def _check_comprehension(node: ast.AST, _text: str) -> Wrong | None:
    if not isinstance(node, ast.comprehension):
        return None
    if node.is_async or not isinstance(node.target, ast.Name):
        return (
            "generator",
            N_("A generator goes through one collection with one name."),
            N_("Write `for l in lines`."),
        )
    return None


def _check_generator(node: ast.AST, _text: str) -> Wrong | None:
    if isinstance(node, ast.GeneratorExp) and len(node.generators) != 1:
        return (
            "generator",
            N_("A generator has one `for`."),
            N_("Walk through the path: for t in accounts.trades."),
        )
    return None


def _check_comparison(node: ast.AST, _text: str) -> Wrong | None:
    if isinstance(node, ast.Compare) and len(node.ops) != 1:
        return (
            "comparison",
            N_("One comparison at a time."),
            N_("Write between(x, low, high), or join with `and`."),
        )
    return None


_CHECKS: dict[type[ast.AST], "Callable[[ast.AST, str], Wrong | None]"] = {
    ast.Constant: _check_constant,
    ast.Name: _check_name,
    ast.Attribute: _check_attribute,
    ast.Call: _check_call,
    ast.comprehension: _check_comprehension,
    ast.GeneratorExp: _check_generator,
    ast.Compare: _check_comparison,
}
