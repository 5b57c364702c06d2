"""Records and accounts for tests: random ids, and sealed bytes that nobody can open."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable

from hearth_cft.records import Limits, Record, auth_digest

ROOMY = Limits(free_space_floor=0)


def base64url(data: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def new_id(source: random.Random | None = None) -> str:
    """A record's or an entry's id."""
    return base64url((source or random).randbytes(16))


def new_account(source: random.Random | None = None) -> str:
    """An account's id."""
    return base64.b32encode((source or random).randbytes(16)).decode().rstrip("=").lower()


def new_auth() -> tuple[str, str]:
    """An account's key as it travels, and the digest that the server keeps."""
    key = random.randbytes(32)
    return base64url(key), auth_digest(key)


def a_record(
    *,
    entry: str | None = None,
    supersedes: Iterable[Record] = (),
    size: int = 500,
    record_id: str | None = None,
) -> Record:
    """A record of `size` sealed bytes."""
    return Record(
        record_id or new_id(),
        entry or new_id(),
        tuple(record.id for record in supersedes),
        base64url(random.randbytes(size)),
    )


def as_json(record: Record) -> dict[str, object]:
    """A record as it travels."""
    return {
        "id": record.id,
        "entry": record.entry,
        "supersedes": list(record.supersedes),
        "sealed": record.sealed,
    }
