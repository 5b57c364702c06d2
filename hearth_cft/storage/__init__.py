"""Open the store that the configuration names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hearth_cft.records import Limits, RecordStore, StoreError
from hearth_cft.storage.tinydb.store import open_tinydb

SCHEMES = ("tinydb:",)


@asynccontextmanager
async def open_store(url: str, *, data_dir: Path, limits: Limits) -> AsyncIterator[RecordStore]:
    """Open the store with this URL. The store `tinydb:` keeps everything in `data_dir`.

    Raises StoreError with a one-line message for the operator.
    """
    if url != "tinydb:":
        raise StoreError(f"'{url}' is not a store; allowed: {', '.join(SCHEMES)}")
    async with open_tinydb(data_dir, limits) as store:
        yield store
