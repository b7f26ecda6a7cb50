"""Looking at one table among documents that need not be sound: what it is, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.definitions.compile import compile_effective
from guanxi.definitions.compiling import Checked as Sound
from guanxi.definitions.compiling import Compiling, Workshop
from guanxi.definitions.decisions.checks import Checked, check_table
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.decisions.read import read_decisions
from guanxi.definitions.documents import Document
from guanxi.definitions.meta import schema_problems
from guanxi.errors import DefinitionProblem

NOTHING = Checked(())


@dataclass(frozen=True, slots=True)
class Look:
    """A table (None where it does not compile, then `problems` say why), and what its checks found."""

    table: Decision | None
    problems: tuple[DefinitionProblem, ...] = ()
    checked: Checked = NOTHING


def look_at(documents: Sequence[Document], name: str) -> Look:
    """The table of this name among effective documents; problems of other documents do not count."""
    mine = next((one for one in documents if (one.kind, one.name) == ("decision", name)), None)
    wrong = [] if mine is None else schema_problems(mine)
    if mine is None or wrong:
        return Look(None, tuple(wrong))
    workshop = Workshop(names={})
    compile_effective([one for one in documents if one.kind != "decision"], workshop)
    names = {**workshop.names, "decision": frozenset(one.name for one in documents if one.kind == "decision")}
    quiet = Workshop(names=names, shapes=workshop.shapes, entities=workshop.entities)
    sound = {
        one.name: Sound(one, Compiling(one.file, quiet))
        for one in documents
        if one.kind == "decision" and not schema_problems(one)
    }
    table = read_decisions(sound, judge=False).get(name)
    if table is None:
        return Look(None, tuple(one for one in quiet.problems if one.file == mine.file))
    return Look(table, (), check_table(table))
