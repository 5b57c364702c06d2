"""Fixtures for tests in real browsers of three engines, with a real server.

A test can capture the sound that a browser plays. Each test runs once in every engine. Firefox and
WebKitGTK have no flight mode for a server on the same machine, so the tests stop the server
instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.browsers import ENGINES
from tests.engines.machine import Machine, machine
from tests.engines.phone import Phone
from tests.server import Server, ready
from tests.warm import Serve


@pytest.fixture(scope="session", name="machine")
def started_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("machine")) as started:
        yield started


@pytest.fixture
def server(serve: Serve, tmp_path: Path) -> Iterator[Server]:
    with ready(serve(tmp_path)) as started:
        yield started


@pytest.fixture(params=ENGINES)
def phone(
    request: pytest.FixtureRequest, machine: Machine, server: Server, tmp_path: Path
) -> Iterator[Phone]:
    driver = ENGINES[request.param](machine, tmp_path)
    try:
        yield Phone(driver, request.param, server.url)
    finally:
        driver.quit()
