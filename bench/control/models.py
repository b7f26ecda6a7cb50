"""Tables of the control, one static model each.

Money is kept in minor units and quantity and discount in hundredths: a decimal column of the ORM is text
on SQLite and would sort "9" above "10".
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Team(Model):
    """A node of the team tree."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)

    class Meta:
        table = "team"


class TeamClosure(Model):
    """One row for each team and each team below it, itself included."""

    id = fields.IntField(primary_key=True)
    ancestor_id = fields.IntField()
    descendant_id = fields.IntField()

    class Meta:
        table = "team_closure"
        indexes = (Index(fields=("ancestor_id", "descendant_id")),)


class User(Model):
    """A person who may sign in; `scope` is how far the role lets them see."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    team_id = fields.IntField(db_index=True)
    scope = fields.CharField(max_length=10)

    class Meta:
        table = "person"


class Token(Model):
    """An API token; only its SHA-256 digest is kept."""

    digest = fields.CharField(max_length=64, primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("control.User")
    expires_at = fields.BigIntField()

    class Meta:
        table = "token"


class Account(Model):
    """A customer."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=120, db_index=True)
    owner: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("control.User", db_index=True)
    currency = fields.CharField(max_length=3)

    class Meta:
        table = "account"


class Product(Model):
    """Something that can be ordered."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=120)
    price = fields.BigIntField()
    active = fields.BooleanField(default=True)

    class Meta:
        table = "product"


class Order(Model):
    """The head of an order; `total` is the sum of its lines in minor units."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=20)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("control.Account", db_index=True)
    owner: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "control.User", related_name="orders", db_index=True
    )
    ordered_on = fields.DateField()
    status = fields.CharField(max_length=12, db_index=True)
    currency = fields.CharField(max_length=3)
    total = fields.BigIntField()
    largest_discount = fields.IntField()
    discount_reason = fields.TextField(null=True)
    note = fields.TextField(null=True)
    channel = fields.CharField(max_length=60, null=True)
    priority = fields.IntField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    created_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "control.User", related_name="created_orders", db_constraint=False
    )
    updated_at = fields.DatetimeField()
    updated_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "control.User", related_name="updated_orders", db_constraint=False
    )

    class Meta:
        table = "sales_order"
        # With the id, which settles ties: a sorted list walks such an index.
        indexes = (
            Index(fields=("status", "id")),
            Index(fields=("ordered_on", "id")),
            Index(fields=("total", "id")),
            Index(fields=("channel", "id")),
            Index(fields=("priority", "id")),
        )


class OrderLine(Model):
    """A line: quantity and discount (percent points) in hundredths, price and amount in minor units."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField("control.Order")
    position = fields.IntField()
    product: fields.ForeignKeyRelation[Product] = fields.ForeignKeyField("control.Product", db_index=True)
    quantity = fields.BigIntField()
    price = fields.BigIntField()
    discount = fields.IntField()
    amount = fields.BigIntField()

    class Meta:
        table = "order_line"
        indexes = (Index(fields=("order_id", "position")),)


class AuditEntry(Model):
    """What one command changed; `digest` is filled when the chain is sealed."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    actor_id = fields.IntField()
    entity = fields.CharField(max_length=40)
    record_id = fields.BigIntField()
    verb = fields.CharField(max_length=20)
    changes = fields.TextField()
    digest = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "audit_entry"
        indexes = (Index(fields=("entity", "record_id")),)


class Counter(Model):
    """The last number given out, one row a year (used where the database has no sequences)."""

    name = fields.CharField(max_length=40, primary_key=True)
    value = fields.BigIntField()

    class Meta:
        table = "counter"
