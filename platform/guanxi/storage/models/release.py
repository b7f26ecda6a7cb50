"""Releases and the catalogs that they make live."""

from tortoise import fields
from tortoise.models import Model


class Release(Model):
    """One publishing; the newest is live."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()
    created_by = fields.BigIntField(null=True)
    note = fields.TextField(default="")

    class Meta:
        table = "g_release"


class Catalog(Model):
    """The documents of a catalog, under the digest of their content."""

    digest = fields.CharField(max_length=64, primary_key=True)
    documents = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "g_catalog"
