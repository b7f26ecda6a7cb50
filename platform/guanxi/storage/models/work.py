"""What is still to be done: jobs, timers, how far events were read, and what goes out."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class QueuedJob(Model):
    """A job of an embedded workspace; PostgreSQL keeps jobs in procrastinate's tables.

    `waiting_key` is empty once the job was taken, so that the next of the same key may be deferred.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60)
    payload = fields.TextField()
    waiting_key = fields.CharField(max_length=200, null=True, unique=True)
    run_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    leased_until = fields.DatetimeField(null=True)
    failed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_job"
        indexes = (Index(fields=("failed_at", "run_at")),)


class JobError(Model):
    """Why a job failed the last time."""

    job_id = fields.BigIntField(primary_key=True, generated=False)
    attempts = fields.IntField()
    error = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "g_job_error"


class Timer(Model):
    """A moment at which something of an owner is due; the row goes when it fires."""

    id = fields.BigIntField(primary_key=True)
    owner_kind = fields.CharField(max_length=40)
    owner_id = fields.BigIntField()
    key = fields.CharField(max_length=120)
    due = fields.DatetimeField()

    class Meta:
        table = "g_timer"
        unique_together = (("owner_kind", "owner_id", "key"),)
        indexes = (Index(fields=("due", "id")),)


class Consumer(Model):
    """How far a consumer has read the events: the place (`g_audit.seal_seq`) of the last."""

    name = fields.CharField(max_length=60, primary_key=True)
    place = fields.BigIntField()

    class Meta:
        table = "g_consumer"


class Notification(Model):
    """Something a person is told in the application, in the language of the person."""

    id = fields.BigIntField(primary_key=True)
    user_id = fields.BigIntField()
    key = fields.CharField(max_length=200)
    at = fields.DatetimeField()
    title = fields.CharField(max_length=300)
    body = fields.TextField(default="")
    href = fields.CharField(max_length=500, default="")
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_notification"
        unique_together = (("user_id", "key"),)
        indexes = (Index(fields=("user_id", "read_at", "id")),)


class Delivery(Model):
    """A mail or webhook on its way out; at most one for each key."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=200, unique=True)
    channel = fields.CharField(max_length=20)
    target = fields.CharField(max_length=2000)
    content = fields.TextField()
    state = fields.CharField(max_length=20)
    attempts = fields.IntField(default=0)
    status = fields.IntField(null=True)
    error = fields.TextField(default="")
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_delivery"
        indexes = (Index(fields=("channel", "id")),)


class Secret(Model):
    """What is needed to sign or to sign in elsewhere; written, used, and never shown."""

    name = fields.CharField(max_length=100, primary_key=True)
    value = fields.TextField()

    class Meta:
        table = "g_secret"
