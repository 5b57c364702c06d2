"""What the server says about its health."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import cast

import pytest
from quart import Quart

from hearth_cft.config import Config
from hearth_cft.records import Limits, RecordStore, StoreError
from hearth_cft.version import version
from hearth_cft.web import health
from tests.samples import ROOMY
from tests.web.sync_app import OPEN, api

FULL = Limits(free_space_floor=1 << 62)


@pytest.mark.parametrize(
    ("limits", "path", "status", "store"),
    [
        (ROOMY, "/healthz", 200, "ready"),
        (ROOMY, "/healthz/store", 200, "ready"),
        (FULL, "/healthz", 200, "not ready"),
        (FULL, "/healthz/store", 503, "not ready"),
    ],
)
async def test_pages_live_longer_than_the_store(
    tmp_path: Path, limits: Limits, path: str, status: int, store: str
) -> None:
    async with api(tmp_path, OPEN if limits is ROOMY else Config(limits=limits)) as client:
        response = await client.get(path)

    assert response.status_code == status
    assert json.loads(await response.get_data()) == {
        "alive": True,
        "store": store,
        "version": version(),
    }
    assert response.headers["Cache-Control"] == "no-store, no-transform"


class Store:
    """A store that tells its state only when `is_answering` is set."""

    def __init__(self) -> None:
        self.is_answering = asyncio.Event()
        self.error: StoreError | None = None

    async def check(self) -> None:
        await self.is_answering.wait()
        if self.error:
            raise self.error


async def test_pages_outlive_a_disk_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STORE_SECONDS", 0.01)
    app = Quart("health")
    health.add_health(app, cast(RecordStore, Store()))

    alive = await app.test_client().get("/healthz")
    ready = await app.test_client().get("/healthz/store")

    assert (alive.status_code, ready.status_code) == (200, 503)
    assert (await alive.get_json())["store"] == "not ready"


async def test_a_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    store = Store()
    store.is_answering.set()
    readiness = health.Readiness(cast(RecordStore, store))

    for store.error in (
        None,
        StoreError("full"),
        StoreError("full"),
        StoreError("torn"),
        None,
        None,
    ):
        assert await readiness.check() is (store.error is None)

    assert caplog.messages == [
        "store not ready: full",
        "store not ready: torn",
        "store ready again",
    ]
