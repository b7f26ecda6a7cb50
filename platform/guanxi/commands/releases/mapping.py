"""What becomes of values that are no longer allowed: options and states that go while records have them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from guanxi.commands.releases.fields_by_uid import Place
from guanxi.errors import N_, Invalid, Problem

Mappings = Mapping[str, Mapping[str, str]]
"""By field (`order.status`, `order.lines.kind`): the new value for each that goes."""
NO_MAPPINGS: Mappings = MappingProxyType({})
NOT_MAPPED = N_("This cannot be carried out as it was chosen.")
SHAPE = N_("Write it as order.status:old=new, not as {text}.")
NO_FIELD = N_("There is no field {field} with options, before and after.")
STAYS = N_("{value} is none of the options of {field} that go.")
NOT_THERE = N_("{value} is none of the options that {field} will have.")


def read_mappings(texts: Iterable[str]) -> Mappings:
    """Mappings as they are written: `order.status:old=new`.

    Raises:
        Invalid: one is written otherwise.
    """
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        field, _, rest = text.partition(":")
        old, _, new = rest.partition("=")
        if not (field and old and new):
            raise Invalid(NOT_MAPPED, [Problem("", "mapping", SHAPE(text=text))])
        found.setdefault(field, {})[old] = new
    return found


def mappings_by_uid(
    before: Mapping[str, Place], after: Mapping[str, Place], values: Mappings
) -> Mapping[str, Mapping[str, str]]:
    """The mappings by the uid of their field.

    Raises:
        Invalid: a field has no options, or a value does not go, or its new one is no option.
    """
    named = {f"{holder.name}.{one.name}": uid for uid, (holder, one) in after.items()}
    found, problems = {}, []
    for field, mapping in values.items():
        uid = named.get(field, "")
        if uid not in before or not before[uid][1].options or not after[uid][1].options:
            problems.append(NO_FIELD(field=field))
            continue
        old = {option.name for option in before[uid][1].options}
        new = {option.name for option in after[uid][1].options}
        problems += [STAYS(value=one, field=field) for one in mapping if one not in old - new]
        problems += [NOT_THERE(value=one, field=field) for one in mapping.values() if one not in new]
        found[uid] = mapping
    if problems:
        raise Invalid(NOT_MAPPED, [Problem("", "mapping", one) for one in problems])
    return found
