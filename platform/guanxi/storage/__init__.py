"""Everything that touches the database. Above this layer there are records and definitions, no SQL."""

from guanxi.storage.database import Database
from guanxi.storage.faults import ConstraintBroken, ReleaseMoved
from guanxi.storage.live import LiveRelease
from guanxi.storage.migrating import migrate
from guanxi.storage.session import Row, Session

__all__ = ["ConstraintBroken", "Database", "LiveRelease", "ReleaseMoved", "Row", "Session", "migrate"]
