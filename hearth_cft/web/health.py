"""Tell monitors whether pages can be served, and whether the store can take a record."""

from __future__ import annotations

import asyncio
import json
import logging

from quart import Quart, Response

from hearth_cft.records import RecordStore, StoreError
from hearth_cft.version import version

STORE_SECONDS = 2.0  # that the store may take to tell its state

log = logging.getLogger("hearth")


def add_health(app: Quart, store: RecordStore) -> None:
    """Add /healthz and /healthz/store."""
    readiness = Readiness(store)

    def response(is_ready: bool, status: int) -> Response:
        state = {"alive": True, "store": "ready" if is_ready else "not ready", "version": version()}
        return Response(json.dumps(state), status, content_type="application/json")

    @app.get("/healthz")
    async def healthz() -> Response:
        """Report that pages can be served, and whether the store can take a record."""
        return response(await readiness.check(), 200)

    @app.get("/healthz/store")
    async def healthz_store() -> Response:
        """Report whether the store can take a record: 200 or 503."""
        is_ready = await readiness.check()
        return response(is_ready, 200 if is_ready else 503)


class Readiness:
    """Whether the store can take a record. A change is logged once, however often it is asked."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store
        self._reason = ""

    async def check(self) -> bool:
        """Return whether the store can take a record."""
        reason = ""
        try:
            # A disk that hangs must not take the pages away.
            async with asyncio.timeout(STORE_SECONDS):
                await self._store.check()
        except TimeoutError:
            reason = "the disk doesn't answer"
        except StoreError as error:
            reason = str(error)
        if reason != self._reason:
            self._reason = reason
            if reason:
                log.warning("store not ready: %s", reason)
            else:
                log.info("store ready again")
        return not reason
