"""The tables of running approvals."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0001_platform_tables")]

    operations = [
        ops.CreateModel(
            name="Instance",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("approval", fields.CharField(max_length=60)),
                ("catalog", fields.CharField(max_length=64)),
                ("entity", fields.CharField(max_length=60)),
                ("record_id", fields.BigIntField()),
                ("status", fields.CharField(max_length=20)),
                ("seq", fields.IntField()),
                ("state", fields.TextField(unique=False)),
                ("content_hash", fields.CharField(max_length=64)),
                ("started_by", fields.BigIntField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_instance",
                "app": "guanxi",
                "indexes": [Index(fields=["entity", "record_id"]), Index(fields=["started_by", "status"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InstanceEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("instance_id", fields.BigIntField()),
                ("seq", fields.IntField()),
                ("kind", fields.CharField(max_length=20)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("by", fields.BigIntField(null=True)),
                ("event", fields.TextField(unique=False)),
                ("facts", fields.TextField(unique=False)),
            ],
            options={
                "table": "g_instance_event",
                "app": "guanxi",
                "unique_together": (("instance_id", "seq"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Task",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("instance_id", fields.BigIntField()),
                ("key", fields.CharField(max_length=120)),
                ("step", fields.CharField(max_length=60)),
                ("entity", fields.CharField(max_length=60)),
                ("record_id", fields.BigIntField()),
                ("status", fields.CharField(max_length=20)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_by", fields.BigIntField(null=True)),
                ("answer", fields.CharField(null=True, max_length=20)),
                ("comment", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "g_task",
                "app": "guanxi",
                "unique_together": (("instance_id", "key"),),
                "indexes": [
                    Index(fields=["entity", "record_id"]),
                    Index(fields=["decided_by", "closed_at"]),
                    Index(fields=["status", "opened_at"]),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TaskHolder",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("task_id", fields.BigIntField()),
                ("user_id", fields.BigIntField()),
                ("waiting", fields.BooleanField()),
            ],
            options={
                "table": "g_task_holder",
                "app": "guanxi",
                "unique_together": (("task_id", "user_id"),),
                "indexes": [Index(fields=["user_id", "waiting", "task_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
