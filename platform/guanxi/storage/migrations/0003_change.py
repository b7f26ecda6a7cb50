"""What is kept of change: which field is which, in which columns it is, and formulas still to be computed."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0002_process_tables")]

    operations = [
        ops.AddField("Release", "identity", fields.TextField(default="", db_default="", unique=False)),
        ops.AddField("Catalog", "placement", fields.TextField(default="", db_default="", unique=False)),
        ops.CreateModel(
            name="FieldColumn",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("entity", fields.CharField(max_length=130)),
                ("holder_uid", fields.CharField(max_length=140)),
                ("table_name", fields.CharField(max_length=70)),
                ("uid", fields.CharField(max_length=200)),
                ("shape", fields.CharField(max_length=100)),
                ("stem", fields.CharField(max_length=70)),
            ],
            options={
                "table": "g_field_column",
                "app": "guanxi",
                "unique_together": (("table_name", "stem"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Backfill",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("release_id", fields.BigIntField()),
                ("entity", fields.CharField(max_length=60)),
                ("names", fields.TextField(unique=False)),
                ("through", fields.BigIntField(default=0)),
                ("up_to", fields.BigIntField()),
                ("done", fields.BigIntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "g_backfill", "app": "guanxi", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
