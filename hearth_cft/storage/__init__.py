"""Open the store that the configuration names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hearth_cft.records import Limits, RecordStore, StoreError
from hearth_cft.storage.tinydb.store import open_tinydb

SCHEMES = ("tinydb:",)


def check_url(url: str) -> None:
    """Raise StoreError if there is no store with this URL."""
    if url not in SCHEMES:
        raise StoreError(f"'{url}' is not a store; allowed: {', '.join(SCHEMES)}")


@asynccontextmanager
async def open_store(url: str, *, data_dir: Path, limits: Limits) -> AsyncIterator[RecordStore]:
    """Open the store with this URL. The store `tinydb:` keeps everything in `data_dir`.

    Raises StoreError with a one-line message for the operator.
    """
    check_url(url)
    async with open_tinydb(data_dir, limits) as store:
        yield store
