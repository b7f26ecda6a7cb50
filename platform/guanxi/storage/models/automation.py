"""Automations: when the timed ones are next, what was last seen of records, and what led to each run."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Schedule(Model):
    """An automation that begins at times; `spec` is what the times were set by."""

    id = fields.BigIntField(primary_key=True)
    automation = fields.CharField(max_length=60, unique=True)
    spec = fields.TextField()

    class Meta:
        table = "g_schedule"


class Watched(Model):
    """What an automation last saw of a record: whether its condition held, and the moment it gave."""

    id = fields.BigIntField(primary_key=True)
    automation = fields.CharField(max_length=60)
    record_id = fields.BigIntField()
    holds = fields.BooleanField()
    due = fields.DatetimeField(null=True)

    class Meta:
        table = "g_watched"
        unique_together = (("automation", "record_id"),)


class AutomationRun(Model):
    """What led to a run: the event, and how many automations led to it, the one by the other."""

    instance_id = fields.BigIntField(primary_key=True, generated=False)
    automation = fields.CharField(max_length=60)
    record_id = fields.BigIntField()
    event = fields.BigIntField(null=True)
    depth = fields.IntField()

    class Meta:
        table = "g_automation_run"
        indexes = (Index(fields=("automation", "record_id")),)
