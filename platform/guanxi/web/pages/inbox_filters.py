"""Which tasks of a box are shown: read from the address, and the chips that ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request

from guanxi.commands.tasks.list_tasks import BOXES, Box
from guanxi.commands.tasks.list_tasks import Filter as Chosen
from guanxi.definitions import Catalog
from guanxi.definitions.labels import say
from guanxi.errors import N_
from guanxi.web.context import context_of
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.form_references import is_id
from guanxi.web.rendering.views.lists import Choice, Filter
from guanxi.web.rendering.views.values import Hidden

KIND, PROCESS, SUBMITTER = N_("Kind"), N_("Process"), N_("Submitter")
OVERDUE, OVERDUE_ONLY, ASKED = N_("Overdue"), N_("Overdue only"), N_("Asked")
ORDER, BY_DUE, NEWEST = N_("Order"), N_("Due first"), N_("Newest first")
FROM, UP_TO = N_("from {low}"), N_("up to {high}")
NAMES = ("entity", "process", "submitter", "submitter._text", "overdue", "asked.from", "asked.to", "order")


@dataclass(frozen=True, slots=True)
class Asked:
    """The inbox as its address asks for it: the box, the page, and the filters by parameter."""

    box: Box
    after: str | None = None
    values: dict[str, str] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        """Whether something narrows the box: the order does not."""
        return any(name != "order" for name in self.values)

    def href(self, task: int | None = None, **more: str) -> str:
        """The address of this box, or of a task opened in it, with the same filters."""
        path = f"/inbox/{task}" if task is not None else "/inbox"
        box = {"box": self.box} if self.box != "waiting" else {}
        query = box | self.values | {name: text for name, text in more.items() if text}
        return f"{path}?{urlencode(query)}" if query else path


def read_asked(request: Request) -> Asked:
    """Read the address; what is unknown in it is left out."""
    query = request.query_params
    values = {name: query.get(name, "").strip()[:200] for name in NAMES}
    if not is_id(values["submitter"]):
        values["submitter"] = values["submitter._text"] = ""
    for name in ("asked.from", "asked.to"):
        values[name] = values[name] if _day(values[name]) is not None else ""
    asked = query.get("box", "waiting")
    box: Box = next((one for one in BOXES if one == asked), "waiting")
    return Asked(box, query.get("after") or None, {name: text for name, text in values.items() if text})


def chosen(asked: Asked, zone: ZoneInfo) -> Chosen:
    """The filters as the command takes them."""
    values, last = asked.values, _day(asked.values.get("asked.to", ""))
    submitter = values.get("submitter")
    return Chosen(
        entity=values.get("entity"),
        process=values.get("process"),
        submitter=int(submitter) if submitter else None,
        overdue=values.get("overdue") == "true",
        since=_midnight(_day(values.get("asked.from", "")), zone),
        until=_midnight(last + timedelta(days=1), zone) if last is not None else None,
        by_due=values.get("order") == "due",
    )


def chips(request: Request, catalog: Catalog, cells: Cells, asked: Asked) -> Sequence[Filter]:
    """The chips; what there is only one of is not asked for."""
    tag, said = cells.words.language.tag, cells.words.say
    processes = {name: say(one.label, tag) for name, one in catalog.approvals.items()}
    kinds = {one.of: say(catalog.entities[one.of].label, tag) for one in catalog.approvals.values()}
    made = []
    if len(kinds) > 1:
        made.append(_choice("entity", said(KIND), kinds, asked))
    if len(processes) > 1:
        made.append(_choice("process", said(PROCESS), processes, asked))
    if asked.box != "sent":
        made.append(
            Filter(
                name="submitter",
                label=said(SUBMITTER),
                kind="reference",
                summary=asked.values.get("submitter._text", ""),
                value=asked.values.get("submitter", ""),
                text=asked.values.get("submitter._text", ""),
                lookup_href="/inbox/submitters",
            )
        )
    if asked.box in ("waiting", "sent", "held"):
        made.append(_choice("overdue", said(OVERDUE), {"true": said(OVERDUE_ONLY)}, asked))
    made.append(_period(request, cells, asked))
    if asked.box in ("waiting", "held"):
        made.append(_choice("order", said(ORDER), {"": said(NEWEST), "due": said(BY_DUE)}, asked))
    return made


def kept(asked: Asked) -> Sequence[Hidden]:
    """What the filter form must not lose."""
    return (Hidden("box", asked.box),) if asked.box != "waiting" else ()


def _choice(name: str, label: str, labels: dict[str, str], asked: Asked) -> Filter:
    value = asked.values.get(name, "")
    choices = [Choice(key, text, key == value) for key, text in labels.items()]
    summary = labels.get(value, "") if value else ""
    return Filter(name=name, label=label, kind="boolean", summary=summary, choices=choices)


def _period(request: Request, cells: Cells, asked: Asked) -> Filter:
    low, high = (asked.values.get(name, "") for name in ("asked.from", "asked.to"))
    days = {text: cells.formats.day(date.fromisoformat(text)) for text in (low, high) if text}
    said = [FROM(low=days[low])] if low else []
    said += [UP_TO(high=days[high])] if high else []
    return Filter(
        name="asked",
        label=context_of(request).words.say(ASKED),
        kind="range",
        summary=" ".join(cells.words.say(one) for one in said),
        low=low,
        high=high,
        input_type="date",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day is not None else None
