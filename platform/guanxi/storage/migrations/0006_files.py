"""Files that people have uploaded, and their content."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0005_work")]

    initial = False

    operations = [
        ops.CreateModel(
            name="File",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=200)),
                ("media", fields.CharField(max_length=100)),
                ("size", fields.BigIntField()),
                ("digest", fields.CharField(max_length=64)),
                ("uploaded_by", fields.BigIntField(null=True)),
                ("uploaded_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("entity", fields.CharField(default="", max_length=60)),
                ("record_id", fields.BigIntField(null=True)),
                ("field", fields.CharField(default="", max_length=60)),
                (
                    "detached_at",
                    fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "g_file",
                "app": "guanxi",
                "indexes": [Index(fields=["entity", "record_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FileContent",
            fields=[
                ("file_id", fields.BigIntField(primary_key=True, unique=True, db_index=True)),
                ("content", fields.BinaryField()),
            ],
            options={"table": "g_file_content", "app": "guanxi", "pk_attr": "file_id"},
            bases=["Model"],
        ),
    ]
