"""Define the settings and fixtures for all tests."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.warm import Serve, Warm, WarmServer

# Use the same examples in every run, however slow the machine is. `make test-all` uses others.
settings.register_profile(
    "hearth",
    deadline=None,
    derandomize=os.environ.get("TEST_EVERYTHING") != "1",
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("hearth")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slow tests first, so that no worker has to wait for another at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Yield a function that makes a server. The server takes almost no time to start.

    Use it as in `with ready(serve(folder, settings)) as server`.
    """
    warm = Warm()
    yield functools.partial(WarmServer, warm)
    warm.close()
