"""Define the settings and fixtures for all tests."""

from __future__ import annotations

import functools
import os
import time
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

# Begin every run at noon, in whichever time zone has it. The home page greets by the hour and notes
# are dated by the day, so a run would see another app at night, and two days at midnight. Browsers
# and servers that the tests start are in the same zone. Its name counts the hours to the west.
NOON = 12
os.environ["TZ"] = f"Etc/GMT{time.gmtime().tm_hour - NOON:+d}"
time.tzset()


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
