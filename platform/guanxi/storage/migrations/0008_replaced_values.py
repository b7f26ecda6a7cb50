"""Columns whose values came from others, with what became of those that were no longer allowed."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0007_acting")]

    operations = [
        ops.AddField(
            "FieldColumn", "source", fields.CharField(max_length=70, default="", db_default="", unique=False)
        ),
        ops.AddField("FieldColumn", "mapping", fields.TextField(default="", db_default="", unique=False)),
    ]
