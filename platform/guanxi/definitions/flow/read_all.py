"""Reading all processes of a workspace: which there are, then each in front of all."""

from collections.abc import Mapping

from guanxi.definitions.compiling import Checked
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.automation import Automation
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.flow.read_automation import read_automation
from guanxi.definitions.flow.scope import Transitions

ByName = Mapping[str, Checked]


def processes_of(approvals: ByName, automations: ByName) -> Mapping[tuple[str, str], str]:
    """The entity of each process by kind and name; those with a problem are there, too."""
    named = {"approval": approvals, "automation": automations}
    return {
        (kind, name): one.document.data["of"] for kind, some in named.items() for name, one in some.items()
    }


def read_approvals(checked: ByName, transitions: Transitions) -> dict[str, Approval]:
    """The approvals, but those of an entity whose own definition has a problem."""
    return {
        name: read_approval(one.document.data, one.compiling, transitions)
        for name, one in checked.items()
        if _judged(one)
    }


def read_automations(checked: ByName, transitions: Transitions) -> dict[str, Automation]:
    """The automations that can begin, but those of an entity whose own definition has a problem."""
    found = {}
    for name, one in checked.items():
        if _judged(one):
            automation = read_automation(one.document.data, one.compiling, transitions)
            if automation is not None:
                found[name] = automation
    return found


def _judged(one: Checked) -> bool:
    """Whether its entity is sound, or is missing, which is told."""
    of = one.document.data["of"]
    return one.compiling.entity(of) is not None or of not in one.compiling.catalog_names("entity")
