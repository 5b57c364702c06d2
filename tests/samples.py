"""Records and accounts for tests, with random ids, keys and sealed bytes.

Nobody can open the sealed bytes.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable

from hearth_cft.records import Limits, Record, auth_digest

ROOMY = Limits(free_space_floor=0)


def base64url(data: bytes) -> str:
    """Return the bytes as unpadded base64url."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def new_id(source: random.Random | None = None) -> str:
    """Return a random id for a record or an entry."""
    return base64url((source or random).randbytes(16))


def new_account(source: random.Random | None = None) -> str:
    """Return a random account id."""
    return base64.b32encode((source or random).randbytes(16)).decode().rstrip("=").lower()


def new_auth() -> tuple[str, str]:
    """Return a random account key as it is sent, and the digest that the server stores."""
    key = random.randbytes(32)
    return base64url(key), auth_digest(key)


def a_record(
    *,
    entry: str | None = None,
    supersedes: Iterable[Record] = (),
    size: int = 500,
    record_id: str | None = None,
) -> Record:
    """Return a record with `size` random sealed bytes."""
    return Record(
        record_id or new_id(),
        entry or new_id(),
        tuple(record.id for record in supersedes),
        base64url(random.randbytes(size)),
    )


def as_json(record: Record) -> dict[str, object]:
    """Return a record as it is sent in requests and responses."""
    return {
        "id": record.id,
        "entry": record.entry,
        "supersedes": list(record.supersedes),
        "sealed": record.sealed,
    }
