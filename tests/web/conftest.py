"""Fixtures for tests of the whole app over a store in its own folder, without a network.

All tests of pages share one app, because rendering every page takes a second. They change nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth, create_app
from hearth_cft.config import Config
from hearth_cft.storage import open_store


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hearth]:
    config = Config.load(None, {}, {"data_dir": tmp_path_factory.mktemp("web") / "data"})
    async with open_store(config.store, data_dir=config.data_dir, limits=config.limits) as store:
        yield create_app(config, store)


@pytest.fixture
def client(app: Hearth) -> Client:
    return app.test_client()
