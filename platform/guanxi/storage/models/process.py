"""Running processes: the instance with its state, each accepted event, the tasks, and what people add."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Instance(Model):
    """One run of a process; `seq` is the number of events accepted so far.

    `approval` is the name of the process, of whichever `kind`; a sub-process has a parent, which knows it by
    `parent_key`.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=20, default="approval")
    parent_id = fields.BigIntField(null=True)
    parent_key = fields.CharField(max_length=120, null=True)
    approval = fields.CharField(max_length=60)
    catalog = fields.CharField(max_length=64)
    entity = fields.CharField(max_length=60)
    record_id = fields.BigIntField()
    status = fields.CharField(max_length=20)
    seq = fields.IntField()
    state = fields.TextField()
    content_hash = fields.CharField(max_length=64)
    started_by = fields.BigIntField()
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_instance"
        indexes = (
            Index(fields=("entity", "record_id")),
            Index(fields=("started_by", "status")),
            Index(fields=("parent_id",)),
        )


class InstanceEvent(Model):
    """An accepted event with the facts that decided it, so that it can be replayed."""

    id = fields.BigIntField(primary_key=True)
    instance_id = fields.BigIntField()
    seq = fields.IntField()
    kind = fields.CharField(max_length=20)
    at = fields.DatetimeField()
    by = fields.BigIntField(null=True)
    event = fields.TextField()
    facts = fields.TextField()

    class Meta:
        table = "g_instance_event"
        unique_together = (("instance_id", "seq"),)


class Task(Model):
    """Something a person is asked to decide; `key` names it within its instance."""

    id = fields.BigIntField(primary_key=True)
    instance_id = fields.BigIntField()
    key = fields.CharField(max_length=120)
    step = fields.CharField(max_length=60)
    entity = fields.CharField(max_length=60)
    record_id = fields.BigIntField()
    kind = fields.CharField(max_length=20, default="decide")
    status = fields.CharField(max_length=20)
    due = fields.DatetimeField(null=True)
    opened_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    decided_by = fields.BigIntField(null=True)
    answer = fields.CharField(max_length=20, null=True)
    comment = fields.TextField(default="")

    class Meta:
        table = "g_task"
        unique_together = (("instance_id", "key"),)
        indexes = (
            Index(fields=("entity", "record_id")),
            Index(fields=("decided_by", "closed_at")),
            Index(fields=("status", "opened_at")),
        )


class TaskHolder(Model):
    """A person who may decide a task; `waiting` while the task is open. `due` is that of the task."""

    id = fields.BigIntField(primary_key=True)
    task_id = fields.BigIntField()
    user_id = fields.BigIntField()
    waiting = fields.BooleanField()
    due = fields.DatetimeField(null=True)

    class Meta:
        table = "g_task_holder"
        unique_together = (("task_id", "user_id"),)
        indexes = (
            Index(fields=("user_id", "waiting", "task_id")),
            Index(fields=("user_id", "waiting", "due")),
        )


class AwaitedEvent(Model):
    """A named event that a running instance waits for, or would remember."""

    id = fields.BigIntField(primary_key=True)
    instance_id = fields.BigIntField()
    name = fields.CharField(max_length=60)

    class Meta:
        table = "g_awaited_event"
        unique_together = (("instance_id", "name"),)
        indexes = (Index(fields=("name", "instance_id")),)
