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
    identity = fields.TextField(default="")
    """Which field is which (`definitions.changes_identity`), as JSON; empty in releases of older programs."""

    class Meta:
        table = "g_release"


class Catalog(Model):
    """The documents of a catalog, under the digest of their content."""

    digest = fields.CharField(max_length=64, primary_key=True)
    documents = fields.TextField()
    created_at = fields.DatetimeField()
    placement = fields.TextField(default="")
    """Where fields are kept that are not kept under their own names, as JSON; empty: none."""

    class Meta:
        table = "g_catalog"


class FieldColumn(Model):
    """A field's columns, as long as they are there: those of releases gone by keep their values.

    `entity` is the entity or its lines, `holder_uid` says which one that ever had this name, `uid` which
    field; `shape` says how values are kept; all columns of the field begin with `stem`. Where values were
    replaced, `source` is the stem that they came from and `mapping` (JSON) the new value of each.
    """

    id = fields.BigIntField(primary_key=True)
    entity = fields.CharField(max_length=130)
    holder_uid = fields.CharField(max_length=140)
    table_name = fields.CharField(max_length=70)
    uid = fields.CharField(max_length=200)
    shape = fields.CharField(max_length=100)
    stem = fields.CharField(max_length=70)
    source = fields.CharField(max_length=70, default="", db_default="")
    mapping = fields.TextField(default="", db_default="")

    class Meta:
        table = "g_field_column"
        unique_together = (("table_name", "stem"),)


class Backfill(Model):
    """Computing a stored formula anew for the records that were there when it was published.

    `through` is the id up to which records are done, `up_to` the last one to do; then it is finished.
    """

    id = fields.BigIntField(primary_key=True)
    release_id = fields.BigIntField()
    entity = fields.CharField(max_length=60)
    names = fields.TextField()
    through = fields.BigIntField(default=0)
    up_to = fields.BigIntField()
    done = fields.BigIntField(default=0)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_backfill"
