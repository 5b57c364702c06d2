"""The whole app on a store in a folder of its own, without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from quart.typing import TestClientProtocol

from app import Hearth, create_app
from app.config import Config
from app.storage import open_store


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Hearth]:
    config = Config.load(None, {}, {"data_dir": tmp_path / "data"})
    async with open_store(config.store, data_dir=config.data_dir, limits=config.limits) as store:
        yield create_app(config, store)


@pytest.fixture
def client(app: Hearth) -> TestClientProtocol:
    return app.test_client()
