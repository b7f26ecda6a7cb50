"""Files that people have uploaded, and their content."""

from tortoise import fields
from tortoise.models import Model


class File(Model):
    """What is known of a file.

    `entity`, `record_id` and `field` say where it belongs; empty until a record is saved with it.
    `detached_at` is when the record was given another, or was deleted.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=200)
    media = fields.CharField(max_length=100)
    size = fields.BigIntField()
    digest = fields.CharField(max_length=64)
    uploaded_by = fields.BigIntField(null=True)
    uploaded_at = fields.DatetimeField(db_index=True)
    entity = fields.CharField(max_length=60, default="")
    record_id = fields.BigIntField(null=True)
    field = fields.CharField(max_length=60, default="")
    detached_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "g_file"
        indexes = (("entity", "record_id"),)


class FileContent(Model):
    """The bytes of a file, by its id."""

    file_id = fields.BigIntField(primary_key=True, generated=False)
    content = fields.BinaryField()

    class Meta:
        table = "g_file_content"
