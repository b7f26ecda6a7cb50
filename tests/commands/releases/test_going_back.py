"""Whatever is changed and in whatever order: going back gives the values that were there."""

import hashlib
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanxi.cli.running import OPERATOR
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.upkeep.compute_formulas import compute_formulas
from guanxi.errors import DefinitionsRefused
from tests.commands.releases.shop import CAR, DRIVER, ROLE

pytestmark = pytest.mark.postgres

TYPES = [
    {"type": "text"},
    {"type": "longText"},
    {"type": "integer"},
    {"type": "decimal", "scale": 2},
    {"type": "decimal", "scale": 4},
    {"type": "select", "options": [{"name": "1"}, {"name": "22"}]},
    {"type": "integer", "formula": "4 * 2"},
]
NAMES = ["size", "seats", "extra", "weight"]
steps = st.one_of(
    # Most of all other types for what has values.
    *[st.tuples(st.just("put"), st.sampled_from(["size", "seats"]), st.sampled_from(TYPES))] * 3,
    st.tuples(st.just("put"), st.sampled_from(NAMES), st.sampled_from(TYPES)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)
values = st.sampled_from([None, "1", "22", "0.50", "3.1415", "7.0"])


def changed(data, step):
    """The entity after a step; a step that makes no sense leaves it as it is."""
    what, name, more = step
    fields = {key: dict(field) for key, field in data["fields"].items()}
    if what == "put":
        kept = {key: fields[name][key] for key in ("renamedFrom",) if name in fields and key in fields[name]}
        fields[name] = {**more, **kept}
    elif what == "remove":
        fields.pop(name, None)
    elif name in fields and more not in fields:
        field = fields.pop(name)
        fields[more] = {**field, "renamedFrom": [name]}
    return {**data, "fields": fields}


class Story:
    """One entity on its way through releases."""

    def __init__(self, shop, number):
        self.shop, self.name = shop, f"car{number}"
        self.car = {**CAR, "name": self.name, "fields": {**CAR["fields"], "seats": {"type": "text"}}}
        self.ids = []

    async def begin(self, rows):
        role = {**ROLE, "name": f"driver{self.name}", "grants": {self.name: ROLE["grants"]["car"]}}
        self.actor = DRIVER.__class__(
            user_id=None, name="x", channel="system", roles=frozenset({role["name"]})
        )
        await self.shop.put(self.car, role)
        for size, seats in rows:
            await self.add(size=size, seats=seats)

    async def add(self, **content):
        made = await create_record(self.shop.workspace, self.actor, self.name, {"name": "new", **content})
        self.ids.append(made.id)

    async def edit(self, number):
        """Change what no step changes: other values must not suffer from it."""
        id_ = self.ids[number % len(self.ids)]
        view = await read_record(self.shop.workspace, self.actor, self.name, id_)
        change = {"name": f"edited {number}"}
        await update_record(self.shop.workspace, self.actor, self.name, id_, change, version=view.version)

    async def data(self):
        """The hash of all records but for their names, which are edited, once all is computed."""
        while await compute_formulas(self.shop.workspace):
            pass
        found = []
        for id_ in self.ids:
            view = await read_record(self.shop.workspace, self.actor, self.name, id_)
            found.append({key: repr(value) for key, value in view.values.items() if key in NAMES})
        return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()

    async def apply(self, step):
        """Whether the step could be carried out; one that records stand against changes nothing."""
        documents = [
            type(one)(one.file, changed(one.data, step), one.pack) if one.name == self.name else one
            for one in await self.shop.documents()
        ]
        try:
            plan = await plan_change(self.shop.workspace, OPERATOR, documents)
        except DefinitionsRefused:
            return False
        if plan.cls == "needsDecision" or plan.empty:
            return False
        await apply_plan(self.shop.workspace, OPERATOR, plan, accept=("lossy",))
        return True


numbers = iter(range(1000))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    rows=[(None, None), (None, None)],
    changes=[("put", "size", {"type": "integer", "formula": "4 * 2"}), ("put", "size", {"type": "text"})],
    edits=[0],
)
@given(
    rows=st.lists(st.tuples(values, values), min_size=2, max_size=4),
    changes=st.lists(steps, min_size=2, max_size=5),
    edits=st.lists(st.integers(0, 3), max_size=3),
)
async def test_going_back_keeps_the_data_hash(shop, rows, changes, edits):
    story = Story(shop, next(numbers))
    await story.begin(rows)
    left = list(edits)
    stops = []
    for step in changes:
        hash_, digest = await story.data(), (await shop.workspace.live()).digest
        if await story.apply(step):
            stops.append((digest, hash_))
        if left:
            await story.edit(left.pop())
    while stops:
        digest, hash_ = stops.pop()
        await shop.back(digest, accept=("lossy",))
        assert await story.data() == hash_
        assert (await shop.workspace.live()).digest == digest
