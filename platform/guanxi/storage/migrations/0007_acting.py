"""Processes of every kind and within each other, when tasks are due, remarks, copies, and absences."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0006_files")]

    initial = False

    operations = [
        ops.AddField(
            "Instance", "kind", fields.CharField(default="approval", db_default="approval", max_length=20)
        ),
        ops.AddField("Instance", "parent_id", fields.BigIntField(null=True)),
        ops.AddField("Instance", "parent_key", fields.CharField(null=True, max_length=120)),
        ops.AddIndex("Instance", Index(fields=["parent_id"])),
        ops.AddField("Task", "kind", fields.CharField(default="decide", db_default="decide", max_length=20)),
        ops.AddField("Task", "due", fields.DatetimeField(null=True)),
        ops.AddField("TaskHolder", "due", fields.DatetimeField(null=True)),
        ops.AddIndex("TaskHolder", Index(fields=["user_id", "waiting", "due"])),
        ops.CreateModel(
            name="AwaitedEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("instance_id", fields.BigIntField()),
                ("name", fields.CharField(max_length=60)),
            ],
            options={
                "table": "g_awaited_event",
                "app": "guanxi",
                "unique_together": (("instance_id", "name"),),
                "indexes": [Index(fields=["name", "instance_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Comment",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("instance_id", fields.BigIntField()),
                ("step", fields.CharField(max_length=60)),
                ("by", fields.BigIntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("text", fields.TextField(unique=False)),
                ("people", fields.TextField(unique=False)),
                ("files", fields.TextField(unique=False)),
            ],
            options={
                "table": "g_comment",
                "app": "guanxi",
                "indexes": [Index(fields=["instance_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Copy",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("instance_id", fields.BigIntField()),
                ("user_id", fields.BigIntField()),
                ("step", fields.CharField(max_length=60)),
                ("by", fields.BigIntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_copy",
                "app": "guanxi",
                "unique_together": (("instance_id", "user_id"),),
                "indexes": [Index(fields=["user_id", "instance_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Absence",
            fields=[
                (
                    "user_id",
                    fields.BigIntField(primary_key=True, generated=False, unique=True, db_index=True),
                ),
                ("deputy_id", fields.BigIntField()),
                ("first_day", fields.DateField()),
                ("last_day", fields.DateField()),
            ],
            options={"table": "g_absence", "app": "guanxi", "pk_attr": "user_id"},
            bases=["Model"],
        ),
    ]
