"""The platform's own tables, as Tortoise models: they define the schema and drive its migrations.

Rows are read and written by plain SQL in the sibling modules, one concept a file; entity tables are no
models at all, they come from the catalog.
"""

from guanxi.storage.models.automation import AutomationRun, Schedule, Watched
from guanxi.storage.models.draft import Draft
from guanxi.storage.models.file import File, FileContent
from guanxi.storage.models.history import Audit, Idempotency, SequenceCounter, Setting
from guanxi.storage.models.list_view import ListView
from guanxi.storage.models.part import Absence, Comment, Copy
from guanxi.storage.models.people import (
    ApiToken,
    Credential,
    Invitation,
    RoleMember,
    SignInAttempt,
    SignInSession,
    TeamClosure,
)
from guanxi.storage.models.process import AwaitedEvent, Instance, InstanceEvent, Task, TaskHolder
from guanxi.storage.models.release import Backfill, Catalog, FieldColumn, Release
from guanxi.storage.models.work import (
    Consumer,
    Delivery,
    JobError,
    Notification,
    QueuedJob,
    Secret,
    Timer,
)

__models__ = [
    Absence,
    ApiToken,
    Audit,
    AwaitedEvent,
    AutomationRun,
    Backfill,
    Catalog,
    Comment,
    Consumer,
    Copy,
    Credential,
    Delivery,
    Draft,
    FieldColumn,
    File,
    FileContent,
    Idempotency,
    Instance,
    InstanceEvent,
    Invitation,
    JobError,
    ListView,
    Notification,
    QueuedJob,
    Release,
    RoleMember,
    Schedule,
    Secret,
    SequenceCounter,
    Setting,
    SignInAttempt,
    SignInSession,
    Task,
    TaskHolder,
    TeamClosure,
    Timer,
    Watched,
]
