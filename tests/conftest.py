"""What every kind of test may use."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.warm import Serve, Warm, WarmServer

# The same examples in every run, however slow the machine; others in `make test-all`.
settings.register_profile(
    "hearth",
    deadline=None,
    derandomize=os.environ.get("TEST_EVERYTHING") != "1",
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("hearth")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: at the end, one worker would wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Make a server that is there at once: `with ready(serve(folder, settings)) as server`."""
    warm = Warm()
    yield functools.partial(WarmServer, warm)
    warm.close()
