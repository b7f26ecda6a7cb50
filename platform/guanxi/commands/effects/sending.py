"""Messages that effects send: to people by name, role or field, to each what they may see."""

from collections.abc import Collection
from dataclasses import replace

from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.effects.writing import record_of
from guanxi.commands.messaging.telling import Message as Told
from guanxi.commands.messaging.telling import tell
from guanxi.commands.messaging.wording import MISSING, Wording
from guanxi.commands.people.acting import actor_of
from guanxi.commands.processes.around import around_of
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.records.showing import shows_of
from guanxi.commands.workspace import Turn
from guanxi.definitions.effect import SendEffect
from guanxi.definitions.labels import say
from guanxi.definitions.message import Message
from guanxi.definitions.template import Template, Templates
from guanxi.expressions import MoneyType
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.rules.who import Asking, named
from guanxi.storage.identities import of_user
from guanxi.storage.organisation import load_organisation
from guanxi.workflow.outside import Answers


async def send_message(turn: Turn, effecting: Effecting, effect: SendEffect) -> None:
    """Send the message of an effect to those whom it names; whoever may not see the record is left out.

    Raises:
        NotFound: the record is gone.
    """
    message = turn.catalog.messages[effect.message]
    for person in await _people(turn, effecting, effect, message):
        await _send(turn, effecting, message, person)


async def _people(turn: Turn, effecting: Effecting, effect: SendEffect, message: Message) -> Collection[int]:
    """The people of the first selector that names anybody."""
    selectors, entity = effect.to or message.to, effecting.entity
    paths = frozenset[str]().union(*(one.reads for one in selectors))
    record = await record_of(turn, effecting, paths)
    await relate(turn, entity, record, needs_of(entity) | needs_of_paths(entity, paths), Related())
    known = Answers(await around_of(turn, turn.catalog, record, selectors), None)
    organisation, by = await load_organisation(turn.session), turn.actor.user_id or 0
    asking = Asking(record, turn.variables, organisation, by, lambda _: (), known=known)
    return next((people for one in selectors if (people := named(one, asking))), ())


async def _send(turn: Turn, effecting: Effecting, message: Message, person: int) -> None:
    identity = await of_user(turn.session, person)
    if identity is None:
        return
    reader = replace(turn, actor=actor_of(identity, "system"), _access={})
    entity, access = effecting.entity, reader.access(effecting.entity.name)
    paths = _paths(message)
    record = await record_of(reader, effecting, paths | access.reads())
    right = access.on_record(record)
    if "read" not in right.can:
        return
    related = Related()
    needs = needs_of(entity) | needs_of_paths(entity, paths)
    await relate(reader, entity, record, needs, related)
    shows = shows_of(reader, entity, record, right.fields, related)
    wording = Wording(turn.catalog, entity.name, identity.locale, turn.zone)

    def written(part: Template) -> str:
        texts = (
            one
            if isinstance(one, str)
            else wording.value(one, record, reader.variables)
            if all(map(shows, one.reads))
            else MISSING
            for one in part.parts
        )
        return "".join(texts)

    about = f"message {message.name} {effecting.id}"
    told = Told(
        key=about if message.once else f"{about} {effecting.occasion(turn.now, record['version'])}",
        # A value of several lines must not begin a new line of a mail's head.
        title={identity.locale: " ".join(written(_in(message.subject, identity.locale)).split())},
        body={identity.locale: written(_in(message.body, identity.locale))},
        href="" if effecting.gone is not None else f"/records/{entity.name}/{effecting.id}",
        about=(message.name, entity.name, effecting.id),
    )
    await tell(turn, [person], told, by_mail=True)


def _in(texts: Templates, language: str) -> Template:
    return texts[say({tag: tag for tag in texts}, language)]


def _paths(message: Message) -> frozenset[str]:
    """What the texts read, with the currencies of their amounts."""
    texts = (*message.subject.values(), *message.body.values())
    kinds = (one.type for text in texts for one in text.formulas)
    units = {kind.unit for kind in kinds if isinstance(kind, MoneyType) and kind.unit}
    return message.reads | {unit for unit in units if not unit.isupper()}
