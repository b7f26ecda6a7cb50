"""What happened (audit, idempotency) and small workspace state (counters, settings)."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Audit(Model):
    """What a command did to a record. Written unsealed; the sealer gives `seal_seq` and `digest`."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    actor_id = fields.BigIntField(null=True)
    channel = fields.CharField(max_length=20)
    verb = fields.CharField(max_length=60)
    entity = fields.CharField(max_length=120)
    record_id = fields.BigIntField(null=True)
    detail = fields.TextField()
    seal_seq = fields.BigIntField(null=True, unique=True)
    digest = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "g_audit"
        indexes = (Index(fields=("entity", "record_id", "id")),)


class Idempotency(Model):
    """A request that was carried out under a key, and what it was answered."""

    id = fields.BigIntField(primary_key=True)
    user_id = fields.BigIntField()
    key = fields.CharField(max_length=200)
    request = fields.CharField(max_length=64)
    reply = fields.TextField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "g_idempotency"
        unique_together = (("user_id", "key"),)


class SequenceCounter(Model):
    """The last number that a sequence gave out."""

    name = fields.CharField(max_length=200, primary_key=True)
    value = fields.BigIntField()

    class Meta:
        table = "g_sequence_counter"


class Setting(Model):
    """A small piece of workspace state, as JSON."""

    name = fields.CharField(max_length=100, primary_key=True)
    value = fields.TextField()

    class Meta:
        table = "g_setting"
