"""Who may sign in, how, and in which roles. Secrets are kept as digests only."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Credential(Model):
    """The password of a user, as an argon2id hash."""

    user_id = fields.BigIntField(primary_key=True, generated=False)
    password_hash = fields.TextField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "g_credential"


class Invitation(Model):
    """A one-time link to set a password."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    user_id = fields.BigIntField(db_index=True)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_invitation"


class SignInSession(Model):
    """A browser that signed in; `expires_at` is the absolute end, idleness is judged on `seen_at`."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    user_id = fields.BigIntField(db_index=True)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "g_session"


class ApiToken(Model):
    """A bearer token of a user."""

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    user_id = fields.BigIntField(db_index=True)
    label = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "g_api_token"


class SignInAttempt(Model):
    """How often signing in failed lately for an account or an address."""

    key = fields.CharField(max_length=300, primary_key=True)
    failures = fields.IntField()
    last_failed_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "g_sign_in_attempt"


class RoleMember(Model):
    """A user holds a role."""

    id = fields.BigIntField(primary_key=True)
    user_id = fields.BigIntField()
    role = fields.CharField(max_length=60, db_index=True)

    class Meta:
        table = "g_role_member"
        unique_together = (("user_id", "role"),)


class TeamClosure(Model):
    """One row for each team and each team at or below it; `depth` 0 is the team itself."""

    id = fields.BigIntField(primary_key=True)
    ancestor = fields.BigIntField()
    descendant = fields.BigIntField()
    depth = fields.IntField()

    class Meta:
        table = "g_team_closure"
        unique_together = (("ancestor", "descendant"),)
        indexes = (Index(fields=("descendant", "depth")),)
