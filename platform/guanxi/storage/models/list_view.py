"""Views of lists that people saved."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class ListView(Model):
    """What a list was asked for, under a name: for who saved it, or (`role`) for all who hold a role.

    `query` are the parameters of the list's address, as JSON: a list of pairs.
    """

    id = fields.BigIntField(primary_key=True)
    entity = fields.CharField(max_length=60)
    label = fields.CharField(max_length=60)
    user_id = fields.BigIntField()
    role = fields.CharField(max_length=60, null=True)
    query = fields.TextField()

    class Meta:
        table = "g_list_view"
        unique_together = (("user_id", "entity", "label"),)
        indexes = (Index(fields=("entity", "role")),)
