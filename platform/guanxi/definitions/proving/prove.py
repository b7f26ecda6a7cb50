"""Proving a process, and telling of all processes of a workspace what does not hold."""

from collections.abc import Iterable, Mapping

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.compiling import Checked
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.scope import every_step
from guanxi.definitions.flow.steps import Call, walk
from guanxi.definitions.proving.flaws import Flaw, Known, with_way
from guanxi.definitions.proving.people import people
from guanxi.definitions.proving.waits import waits
from guanxi.definitions.proving.ways import conditions, structure
from guanxi.errors import N_, DefinitionProblem

ADVICE = N_("{text} {hint}")


def prove(process: Process, known: Known) -> tuple[Flaw, ...]:
    """Everything that can go wrong with a process whose parts are sound; one for each part."""
    flaws: Iterable[Flaw] = (
        *structure(process),
        *conditions(process),
        *people(process, known),
        *waits(process, known),
    )
    return tuple({(one.step, one.key): with_way(process, one) for one in flaws}.values())


def known_of(processes: Iterable[Process], tables: Mapping[str, Decision]) -> Known:
    """What is known around the processes of a workspace."""
    return Known(
        tables,
        {
            one.name: frozenset(
                step.process for step in walk(one.steps) if isinstance(step, Call) and step.each is None
            )
            for one in processes
        },
    )


def refuse_unproved(processes: Mapping[str, Process], checked: Mapping[str, Checked], known: Known) -> None:
    """Note the flaws of processes that have no other problem."""
    for name, process in processes.items():
        document, compiling = checked[name].document, checked[name].compiling
        if any(one.file == compiling.file for one in compiling.workshop.problems):
            continue
        places = {item["name"]: pointer for item, pointer in every_step(document.data["steps"], "/steps")}
        for flaw in prove(process, known):
            if not flaw.warning:
                pointer = pointer_of(flaw, places)
                told = ADVICE(text=flaw.text, hint=flaw.hint)
                said = DefinitionProblem(compiling.file, pointer, str(flaw.text), str(flaw.hint), told)
                compiling.workshop.problems.append(said)


def pointer_of(flaw: Flaw, places: Mapping[str, str]) -> str:
    """Where in the document a flaw is; what is said of the whole process is not below a step."""
    below = "" if flaw.key.startswith("policies/") else places.get(flaw.step, "")
    return f"{below}/{flaw.key}" if flaw.key else below


def warnings_of(catalog: Catalog) -> tuple[tuple[Process, Flaw], ...]:
    """What should be looked at in the processes of a catalog, and does not stop the publication."""
    processes: tuple[Process, ...] = (*catalog.approvals.values(), *catalog.automations.values())
    known = known_of(processes, catalog.decisions)
    return tuple((one, flaw) for one in processes for flaw in prove(one, known) if flaw.warning)
