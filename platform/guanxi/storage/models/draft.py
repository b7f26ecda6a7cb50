"""What is being changed of the configuration, until it is published."""

from tortoise import fields
from tortoise.models import Model


class Draft(Model):
    """One definition as it is to be.

    `data` is the whole definition as JSON, empty where it is to go; `base` is what was live when somebody
    began to change it, empty where there was none. `version` counts the saves.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=30)
    name = fields.CharField(max_length=60)
    data = fields.TextField()
    base = fields.TextField()
    version = fields.BigIntField()
    updated_at = fields.DatetimeField()
    updated_by = fields.BigIntField(null=True)

    class Meta:
        table = "g_draft"
        unique_together = (("kind", "name"),)
