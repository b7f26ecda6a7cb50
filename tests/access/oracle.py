"""What each person may see, worked out from the role files alone.

Nothing of the product's rules is used here, so that both would have to be wrong in the same way.
"""

import json
from pathlib import Path

LEVELS = ("hidden", "masked", "read", "write")
ROLES = Path(__file__).resolve().parents[2] / "schemas" / "roles"
ENTITIES = Path(__file__).resolve().parents[2] / "schemas" / "entities"


class Oracle:
    """`people`: name -> (id, role, team); `above`: team -> team; `records`: entity -> id -> values."""

    def __init__(self, people, above, records):
        self.roles = {data["name"]: data for data in map(_read, ROLES.glob("*.json"))}
        self.entities = {data["name"]: data for data in map(_read, ENTITIES.glob("*.json"))}
        self.people, self.above, self.records = people, above, records
        self.teams = {id_: team for id_, _, team in people.values()}

    def fields(self, entity):
        return self.entities[entity]["fields"]

    def grants(self, viewer, entity):
        """The grants of the viewer's role and of all that it includes."""
        waiting, seen, found = [self.people[viewer][1]], set(), []
        while waiting:
            name = waiting.pop()
            if name is None or name in seen:
                continue
            seen.add(name)
            waiting += self.roles[name].get("includes", [])
            found += self.roles[name]["grants"].get(entity, [])
        return found

    def level(self, viewer, entity, id_, field):
        """hidden, masked, read or write; None when the record is not to be seen at all."""
        holding = self._holding(viewer, entity, id_)
        if not any("read" in grant["can"] for grant in holding):
            return None
        return max((_level(grant, field) for grant in holding), key=LEVELS.index)

    def sees(self, viewer, entity, id_):
        return self.level(viewer, entity, id_, "") is not None

    def clear(self, viewer, entity, id_, field):
        return self.level(viewer, entity, id_, field) in ("read", "write")

    def can(self, viewer, entity, id_, operation):
        return any(operation in grant["can"] for grant in self._holding(viewer, entity, id_))

    def visible(self, viewer, entity):
        return {id_ for id_ in self.records[entity] if self.sees(viewer, entity, id_)}

    def ever_shown(self, viewer, entity, field):
        """Whether some grant shows the field, masked or not."""
        grants = [grant for grant in self.grants(viewer, entity) if "read" in grant["can"]]
        return any(_level(grant, field) != "hidden" for grant in grants)

    def _holding(self, viewer, entity, id_):
        return [grant for grant in self.grants(viewer, entity) if self._holds(viewer, entity, id_, grant)]

    def _holds(self, viewer, entity, id_, grant):
        me, _, team = self.people[viewer]
        record = self.records[entity][id_]
        owner = record["owner"] if "owner" in self.fields(entity) else record["created_by"]
        if grant["rows"] == "all":
            return True
        if owner == me:
            return True
        if grant["rows"] == "own" or team is None:
            return False
        assert grant["rows"] in ("team", "subTeams"), grant
        of_owner = self.teams.get(owner)
        while of_owner is not None:
            if of_owner == team:
                return True
            of_owner = self.above.get(of_owner) if grant["rows"] == "subTeams" else None
        return False


def _level(grant, field):
    writes = {"create", "update"} & set(grant["can"])
    named = grant.get("fields", {})
    level = named.get(field) or named.get("*") or ("write" if writes else "read")
    return "read" if level == "write" and not writes else level


def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))
