"""What the server says about its health."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hearth_cft.config import Config
from hearth_cft.records import Limits
from hearth_cft.version import version
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
    assert response.headers["Cache-Control"] == "no-store"
