"""What people add to a running process beside its events: remarks, copies, and who stands in for whom."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Comment(Model):
    """A remark about an instance at a step; `people` mentioned and `files` attached are JSON lists of ids."""

    id = fields.BigIntField(primary_key=True)
    instance_id = fields.BigIntField()
    step = fields.CharField(max_length=60)
    by = fields.BigIntField()
    at = fields.DatetimeField()
    text = fields.TextField()
    people = fields.TextField()
    files = fields.TextField()

    class Meta:
        table = "g_comment"
        indexes = (Index(fields=("instance_id",)),)


class Copy(Model):
    """A person who was sent a copy of an instance, by whom and at which step."""

    id = fields.BigIntField(primary_key=True)
    instance_id = fields.BigIntField()
    user_id = fields.BigIntField()
    step = fields.CharField(max_length=60)
    by = fields.BigIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "g_copy"
        unique_together = (("instance_id", "user_id"),)
        indexes = (Index(fields=("user_id", "instance_id")),)


class Absence(Model):
    """The absence of a person, present or to come, both days included, and who then stands in."""

    user_id = fields.BigIntField(primary_key=True, generated=False)
    deputy_id = fields.BigIntField()
    first_day = fields.DateField()
    last_day = fields.DateField()

    class Meta:
        table = "g_absence"
