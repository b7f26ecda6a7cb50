"""The platform's tables as of the first version."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="ApiToken",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("label", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_api_token",
                "app": "guanxi",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Audit",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor_id", fields.BigIntField(null=True)),
                ("channel", fields.CharField(max_length=20)),
                ("verb", fields.CharField(max_length=60)),
                ("entity", fields.CharField(max_length=120)),
                ("record_id", fields.BigIntField(null=True)),
                ("detail", fields.TextField(unique=False)),
                ("seal_seq", fields.BigIntField(null=True, unique=True)),
                ("digest", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "g_audit",
                "app": "guanxi",
                "indexes": [Index(fields=["entity", "record_id", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Catalog",
            fields=[
                ("digest", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("documents", fields.TextField(unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_catalog",
                "app": "guanxi",
                "pk_attr": "digest",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Credential",
            fields=[
                ("user_id", fields.BigIntField(primary_key=True, unique=True, db_index=True)),
                ("password_hash", fields.TextField(unique=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_credential",
                "app": "guanxi",
                "pk_attr": "user_id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Idempotency",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("key", fields.CharField(max_length=200)),
                ("request", fields.CharField(max_length=64)),
                ("reply", fields.TextField(null=True, unique=False)),
                ("created_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_idempotency",
                "app": "guanxi",
                "unique_together": (("user_id", "key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_invitation",
                "app": "guanxi",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Release",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("created_by", fields.BigIntField(null=True)),
                ("note", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "g_release",
                "app": "guanxi",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoleMember",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("role", fields.CharField(db_index=True, max_length=60)),
            ],
            options={
                "table": "g_role_member",
                "app": "guanxi",
                "unique_together": (("user_id", "role"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SequenceCounter",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("value", fields.BigIntField()),
            ],
            options={
                "table": "g_sequence_counter",
                "app": "guanxi",
                "pk_attr": "name",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Setting",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=100)),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "g_setting",
                "app": "guanxi",
                "pk_attr": "name",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SignInAttempt",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=300)),
                ("failures", fields.IntField()),
                ("last_failed_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_sign_in_attempt",
                "app": "guanxi",
                "pk_attr": "key",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SignInSession",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "g_session",
                "app": "guanxi",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TeamClosure",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("ancestor", fields.BigIntField()),
                ("descendant", fields.BigIntField()),
                ("depth", fields.IntField()),
            ],
            options={
                "table": "g_team_closure",
                "app": "guanxi",
                "unique_together": (("ancestor", "descendant"),),
                "indexes": [Index(fields=["descendant", "depth"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
