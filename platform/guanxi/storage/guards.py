"""On which rows what a path leads to may be read, behind references too."""

from dataclasses import dataclass, field

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions.resolve import OWNER
from guanxi.storage.placeholders import Arguments
from guanxi.storage.projection import Projection, collections_of
from guanxi.storage.scopes import EVERYTHING, Reach, ScopeSql
from guanxi.storage.session import Dialect

NOT_READABLE = N_("{path} may not be used here: you cannot read it on every record.")


@dataclass(slots=True)
class Guards:
    """Writes the conditions under which paths of one entity may be read by the person of a scope."""

    catalog: Catalog
    dialect: Dialect
    arguments: Arguments
    own: ScopeSql
    reach: Reach | None
    _others: dict[tuple[str, str], ScopeSql] = field(default_factory=dict)

    def readable(self, path: str, projection: Projection) -> str:
        """The rows on which the path may be read; joins are made in the projection.

        Raises:
            Invalid: the path leads through a collection whose rows are not all to be read.
            KeyError: the path leads nowhere.
        """
        name = path.partition(".")[0]
        conditions = [self.own.clear([name])]
        entity = self.own.scope.entity
        if name in collections_of(self.catalog, entity):
            self._refuse_collection(entity, path, path)
        elif self.reach is not None:
            alias, holder, last = projection.locate(path)
            if holder is not entity:
                other = self._scope(alias, holder)
                conditions += [other.any_of(other.scope.branches), other.clear([last.partition(".")[0]])]
        return " AND ".join(one for one in conditions if one != EVERYTHING) or EVERYTHING

    def _scope(self, alias: str, entity: Entity) -> ScopeSql:
        key = (alias, entity.name)
        if key not in self._others and self.reach is not None:
            scope = self.reach(entity.name)
            self._others[key] = ScopeSql(self.catalog, scope, self.dialect, self.arguments, alias)
        return self._others[key]

    def _refuse_collection(self, entity: Entity, path: str, whole: str) -> None:
        """Rows of a collection cannot be left out one by one, so all that is read must be readable."""
        if self.reach is None:
            return
        name, _, rest = path.partition(".")
        collection = collections_of(self.catalog, entity).get(name)
        if collection is not None:
            target: Entity | None = collection.entity
            if collection.entity.parent is not None and collection.entity.parent != entity.name:
                # Lines of other records are read as those are.
                self._refuse_unless(collection.entity.parent, collection.entity.name.partition(".")[2], whole)
        elif name == OWNER and entity.parent is not None:
            target = self.catalog.entities[entity.parent]
        else:
            one = entity.fields.get(name)
            target = self.catalog.entities.get(one.to) if one is not None and one.to and rest else None
        if target is None:
            return
        if target.parent is None:
            self._refuse_unless(target.name, rest.partition(".")[0], whole)
        if rest:
            self._refuse_collection(target, rest, whole)

    def _refuse_unless(self, entity: str, field_name: str, whole: str) -> None:
        """Refuse unless all records are to be read, and on all of them the field."""
        if self.reach is not None:
            scope = ScopeSql(self.catalog, self.reach(entity), self.dialect, Arguments())
            if not scope.scope.everything or (field_name and not scope.always_clear(field_name)):
                message = NOT_READABLE(path=whole)
                raise Invalid(message, [Problem("/where", "not_readable", message)])
