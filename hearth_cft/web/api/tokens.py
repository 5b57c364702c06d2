"""Sign and check tokens. A token is a signed account id and time, and any node accepts it."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, TimestampSigner

TOKEN_SECONDS = 12 * 60 * 60


def make_token(key: bytes, account: str) -> str:
    """Return a token: an account id and the time, signed with the store's 32 secret bytes."""
    return _signer(key).sign(account).decode()


def account_of(key: bytes, token: str) -> str | None:
    """Return the account id in a token, or None if the token is not ours or too old."""
    try:
        return _signer(key).unsign(token, max_age=TOKEN_SECONDS).decode()
    except (BadSignature, UnicodeError):
        return None


def _signer(key: bytes) -> TimestampSigner:
    return TimestampSigner(
        key, salt=b"hearth/v1/token", key_derivation="hmac", digest_method=hashlib.sha256
    )
