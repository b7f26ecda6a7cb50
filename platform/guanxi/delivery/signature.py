"""Signing what is sent to a webhook, so that its receiver knows who sent it, when, and that it is whole."""

import hashlib
import hmac


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256, in hexadecimal, of timestamp (Unix seconds), full stop, body."""
    content = str(timestamp).encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
