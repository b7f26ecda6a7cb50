"""Where Studio keeps approvals and automations, whose steps have the same pages."""

from dataclasses import dataclass

from starlette.requests import Request

from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.processes import APPROVAL, AUTOMATION, Data, process_in
from guanxi.errors import N_, Text


@dataclass(frozen=True, slots=True)
class Home:
    """A kind of process in Studio: its address, what the list is called, its icon."""

    kind: str
    address: str
    title: Text
    icon: str

    def href(self, name: str, *rest: str) -> str:
        """The address of a process, or of a part of it."""
        return "/".join((self.address, name, *rest))


APPROVALS = Home(APPROVAL, "/studio/approvals", N_("Approvals"), "stamp")
AUTOMATIONS = Home(AUTOMATION, "/studio/automations", N_("Automations"), "zap")


def home_of(request: Request) -> Home:
    """What kind of process a page is about."""
    return AUTOMATIONS if AUTOMATION in request.path_params else APPROVALS


def opened(request: Request, draft: Drafted) -> Data:
    """The process of the draft that a page is about.

    Raises:
        NotFound: there is none.
    """
    kind = home_of(request).kind
    return process_in(draft.definitions, kind, request.path_params[kind])
