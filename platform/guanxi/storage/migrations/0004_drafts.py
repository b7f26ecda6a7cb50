"""Drafts: what is being changed of the configuration, until it is published."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0003_change")]

    operations = [
        ops.CreateModel(
            name="Draft",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=30)),
                ("name", fields.CharField(max_length=60)),
                ("data", fields.TextField(unique=False)),
                ("base", fields.TextField(unique=False)),
                ("version", fields.BigIntField()),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_by", fields.BigIntField(null=True)),
            ],
            options={
                "table": "g_draft",
                "app": "guanxi",
                "unique_together": (("kind", "name"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
