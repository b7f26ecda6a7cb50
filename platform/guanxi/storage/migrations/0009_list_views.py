"""List views: what people saved of how they look at a list."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("guanxi", "0008_automations"), ("guanxi", "0008_replaced_values")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ListView",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("entity", fields.CharField(max_length=60)),
                ("label", fields.CharField(max_length=60)),
                ("user_id", fields.BigIntField()),
                ("role", fields.CharField(null=True, max_length=60)),
                ("query", fields.TextField(unique=False)),
            ],
            options={
                "table": "g_list_view",
                "app": "guanxi",
                "unique_together": (("user_id", "entity", "label"),),
                "indexes": [Index(fields=["entity", "role"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
