"""Automations: when the timed ones are next, what was last seen of records, and what led to each run."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0007_acting")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Schedule",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("automation", fields.CharField(unique=True, max_length=60)),
                ("spec", fields.TextField(unique=False)),
            ],
            options={"table": "g_schedule", "app": "guanxi", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Watched",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("automation", fields.CharField(max_length=60)),
                ("record_id", fields.BigIntField()),
                ("holds", fields.BooleanField()),
                ("due", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_watched",
                "app": "guanxi",
                "unique_together": (("automation", "record_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AutomationRun",
            fields=[
                (
                    "instance_id",
                    fields.BigIntField(primary_key=True, generated=False, unique=True, db_index=True),
                ),
                ("automation", fields.CharField(max_length=60)),
                ("record_id", fields.BigIntField()),
                ("event", fields.BigIntField(null=True)),
                ("depth", fields.IntField()),
            ],
            options={
                "table": "g_automation_run",
                "app": "guanxi",
                "indexes": [Index(fields=["automation", "record_id"])],
                "pk_attr": "instance_id",
            },
            bases=["Model"],
        ),
    ]
