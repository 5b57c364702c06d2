"""Fixtures for the contract that every RecordStore must meet. Add the opener of a new one here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hearth_cft.records import Limits, RecordStore
from hearth_cft.storage import open_store
from tests.samples import ROOMY

Opener = Callable[[Limits], AbstractAsyncContextManager[RecordStore]]


def tiny(tmp_path: Path) -> Opener:
    """Return an opener of a TinyDB store in the test's own folder."""
    return lambda limits: open_store("tinydb:", data_dir=tmp_path / "data", limits=limits)


@pytest.fixture(params=[tiny])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Return a function that opens the same store each time, with the limits that it is given."""
    opener: Opener = request.param(tmp_path)
    return opener


@pytest.fixture
async def store(opener: Opener) -> AsyncIterator[RecordStore]:
    """Yield an empty store without a free-space floor."""
    async with opener(ROOMY) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the path of a data folder that doesn't exist yet."""
    return tmp_path / "data"
