"""Tokens that any node accepts: an account id and a time, signed."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, TimestampSigner

TOKEN_SECONDS = 12 * 60 * 60


def make_token(key: bytes, account: str) -> str:
    """Sign an account's id and the time with the store's 32 secret bytes."""
    return _signer(key).sign(account).decode()


def account_of(key: bytes, token: str) -> str | None:
    """Give the account that a token was made for; None if it is not ours or too old."""
    try:
        return _signer(key).unsign(token, max_age=TOKEN_SECONDS).decode()
    except (BadSignature, UnicodeError):
        return None


def _signer(key: bytes) -> TimestampSigner:
    return TimestampSigner(
        key, salt=b"hearth/v1/token", key_derivation="hmac", digest_method=hashlib.sha256
    )
