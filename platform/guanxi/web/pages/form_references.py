"""What is typed in a look-up counts: a text that is not the title of the chosen record is looked up."""

from collections import defaultdict
from collections.abc import Iterator

from guanxi.commands.actor import Actor
from guanxi.commands.records.look_up import look_up
from guanxi.commands.records.titles import titles_of
from guanxi.commands.workspace import Workspace
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.any_reference import Link, link_of
from guanxi.definitions.fields.references import target_of
from guanxi.errors import N_, Problem, Text
from guanxi.web.pages.cells import Titles
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.pages.form_look_up import value_of

CHOOSE = N_("Choose “{label}” from the list: there is nothing called “{text}”.")
SEVERAL = N_("Choose “{label}” from the list: several are called “{text}”.")
Found = dict[tuple[str, int], str]
MOST_HITS = 50
MAX_ID_DIGITS = 18


def shown_title(titles: Titles, field: Field, text: str) -> str:
    """What a look-up shows for a record; one whose title is not to be seen keeps its number."""
    link = link_in(field, text)
    return "" if link is None else titles.get(link) or f"#{link.id}"


def link_in(field: Field, text: str) -> Link | None:
    """The record that the value of a look-up means."""
    if field.targets:
        link = link_of(text)
        return link if link is not None and link.entity in field.targets else None
    return Link(field.to or target_of(field), int(text)) if is_id(text) else None


def leads(field: Field | None) -> bool:
    """Whether a field is entered with a look-up."""
    return field is not None and bool(field.to or field.targets)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a record."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS


async def resolve(workspace: Workspace, actor: Actor, entity: Entity, draft: Draft) -> Titles:
    """Turn the texts of look-ups into ids; what cannot be turned becomes a problem of the draft.

    Returns the titles of what is chosen.
    """
    places = list(_places(entity, draft))
    wanted: dict[str, set[int]] = defaultdict(set)
    for _, field, part, _ in places:
        for link in _links(field, part):
            wanted[link.entity].add(link.id)
    titles = dict(await titles_of(workspace, actor, wanted))
    for path, field, part, pointer in places:
        text = part.texts[field.name].strip()
        if field.type == "references":
            await _add(workspace, actor, entity, field, draft, titles)
            continue
        id_ = part.values.get(field.name, "")
        if not text:
            part.values[field.name] = ""
        elif text != shown_title(titles, field, id_):
            problem = await _by_title(workspace, actor, entity, path, field, part, titles)
            if problem is not None:
                part.values[field.name] = ""
                draft.unclear.append(Problem(pointer, "no_such_record", problem))
    return titles


async def _add(
    workspace: Workspace, actor: Actor, entity: Entity, field: Field, draft: Draft, titles: Found
) -> None:
    """Put what was chosen, or is called as the text, among the records that the field leads to."""
    one, name = Part(texts={field.name: draft.head.texts[field.name]}), field.name
    one.values[name] = draft.head.added.pop(name, "")
    text = one.texts[name].strip()
    if text and text != shown_title(titles, field, one.values[name]):
        problem = await _by_title(workspace, actor, entity, name, field, one, titles)
        if problem is not None:
            draft.unclear.append(Problem(f"/{name}", "no_such_record", problem))
            return
    if text:
        ids = [id_ for id_ in draft.head.values.get(name, "").split(",") if id_]
        draft.head.values[name] = ",".join(dict.fromkeys([*ids, one.values[name]]))
    del draft.head.texts[name]


def _links(field: Field, part: Part) -> Iterator[Link]:
    """The records that a look-up, or the boxes of a field of several, sent."""
    sent = [part.values.get(field.name, "")]
    if field.type == "references":
        sent = [*sent[0].split(","), part.added.get(field.name, "")]
    return filter(None, (link_in(field, one) for one in sent))


async def _by_title(
    workspace: Workspace,
    actor: Actor,
    entity: Entity,
    path: str,
    field: Field,
    part: Part,
    titles: Found,
) -> Text | None:
    text = part.texts[field.name].strip()
    hits = await look_up(workspace, actor, entity.name, path, text, MOST_HITS)
    same = [hit for hit in hits if hit.title.casefold() == text.casefold()]
    if len(same) != 1:
        return (SEVERAL if same else CHOOSE)(label=field.label, text=text[:80])
    part.values[field.name] = value_of(same[0])
    part.texts[field.name] = same[0].title
    titles[same[0].entity, same[0].id] = same[0].title
    return None


def _places(entity: Entity, draft: Draft) -> Iterator[tuple[str, Field, Part, str]]:
    """Every look-up that sent a text: its path, field, part and JSON pointer."""
    yield from _of(entity, draft.head, "", "")
    for name, rows in draft.lines.items():
        lines = entity.fields[name].lines
        for position, row in enumerate(rows):
            if lines is not None:
                yield from _of(lines, row, f"{name}.", f"/{name}/{position}")


def _of(entity: Entity, part: Part, path: str, base: str) -> Iterator[tuple[str, Field, Part, str]]:
    for name in list(part.texts):
        field = entity.fields.get(name)
        if field is not None and (leads(field) or field.type == "references"):
            yield path + name, field, part, f"{base}/{name}"
