"""Jobs, timers, how far events were read, notifications, and what goes out."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0004_drafts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Consumer",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60)),
                ("place", fields.BigIntField()),
            ],
            options={"table": "g_consumer", "app": "guanxi", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(unique=True, max_length=200)),
                ("channel", fields.CharField(max_length=20)),
                ("target", fields.CharField(max_length=2000)),
                ("content", fields.TextField(unique=False)),
                ("state", fields.CharField(max_length=20)),
                ("attempts", fields.IntField(default=0)),
                ("status", fields.IntField(null=True)),
                ("error", fields.TextField(default="", unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_delivery",
                "app": "guanxi",
                "indexes": [Index(fields=["channel", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="JobError",
            fields=[
                ("job_id", fields.BigIntField(primary_key=True, unique=True, db_index=True)),
                ("attempts", fields.IntField()),
                ("error", fields.TextField(unique=False)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "g_job_error", "app": "guanxi", "pk_attr": "job_id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Notification",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("key", fields.CharField(max_length=200)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("title", fields.CharField(max_length=300)),
                ("body", fields.TextField(default="", unique=False)),
                ("href", fields.CharField(default="", max_length=500)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_notification",
                "app": "guanxi",
                "unique_together": (("user_id", "key"),),
                "indexes": [Index(fields=["user_id", "read_at", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="QueuedJob",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=60)),
                ("payload", fields.TextField(unique=False)),
                ("waiting_key", fields.CharField(null=True, unique=True, max_length=200)),
                ("run_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("leased_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("failed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_job",
                "app": "guanxi",
                "indexes": [Index(fields=["failed_at", "run_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Secret",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=100)),
                ("value", fields.TextField(unique=False)),
            ],
            options={"table": "g_secret", "app": "guanxi", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Timer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("owner_kind", fields.CharField(max_length=40)),
                ("owner_id", fields.BigIntField()),
                ("key", fields.CharField(max_length=120)),
                ("due", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_timer",
                "app": "guanxi",
                "unique_together": (("owner_kind", "owner_id", "key"),),
                "indexes": [Index(fields=["due", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
