"""Show how the tests spend their time: `pytest -p tests.timing` ends with a table of parts.

Only the outermost part counts: a wait during an axe check counts as axe. The time outside all parts
is "everything else": clicks, typing and the test's own Python code.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

# The functions of each part, as "module:dotted.name".
PARTS = {
    "server": ["tests.server:Server.start", "tests.server:Server.stop"],
    "browser and context": [
        "playwright.async_api:BrowserType.launch",
        "playwright.async_api:Browser.new_context",
        "playwright.async_api:BrowserContext.new_page",
        "playwright.async_api:BrowserContext.close",
        "playwright.async_api:Page.close",
    ],
    "loading pages": ["playwright.async_api:Page.goto", "playwright.async_api:Page.reload"],
    "worker and snapshot": [
        "tests.browser.conftest:ready_for_flight",
        "tests.browser.conftest:renewed",
    ],
    "axe": ["tests.browser.conftest:violations"],
    "waiting for something": [
        "tests.browser.conftest:until",
        "playwright._impl.assertions:AssertionsBase._expect_impl",
        "playwright.async_api:Page.wait_for_url",
        "playwright.async_api:Page.wait_for_load_state",
    ],
    "waiting for a time": [
        "asyncio:sleep",
        "playwright.async_api:Page.wait_for_timeout",
    ],
}

seconds: dict[str, Counter[str]] = defaultdict(Counter)
times: Counter[str] = Counter()
now_testing = "outside tests"
inside: ContextVar[bool] = ContextVar("inside", default=False)


@contextlib.contextmanager
def part(name: str) -> Iterator[None]:
    """Add the time of the `with` block to this part, unless it is inside another part."""
    if inside.get():
        yield
        return
    token = inside.set(True)
    began = time.perf_counter()
    try:
        yield
    finally:
        inside.reset(token)
        seconds[now_testing][name] += time.perf_counter() - began
        times[name] += 1


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function so that its calls count towards this part."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with part(name):
                return await function(*args, **kwargs)

        return awaited

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        with part(name):
            return function(*args, **kwargs)

    return called


def pytest_configure() -> None:
    """Replace the functions in PARTS by timed ones."""
    for name, places in PARTS.items():
        for place in places:
            module, _, dotted = place.partition(":")
            *holders, last = dotted.split(".")
            holder: Any = importlib.import_module(module)
            for attribute in holders:
                holder = getattr(holder, attribute)
            setattr(holder, last, timed(name, getattr(holder, last)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    global now_testing
    now_testing = item.nodeid
    try:
        return (yield)
    finally:
        now_testing = "outside tests"


@pytest.hookimpl
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    seconds[report.nodeid][f"_{report.when}"] += report.duration


@pytest.hookimpl
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send the measurements of a pytest-xdist worker to the process that started it."""
    if output := getattr(session.config, "workeroutput", None):
        # That process already receives the durations of the reports.
        parts = {
            test: {name: value for name, value in counter.items() if name in PARTS}
            for test, counter in seconds.items()
        }
        output["timing"] = json.dumps([parts, times])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    parts, counts = json.loads(getattr(node, "workeroutput", {}).get("timing", "[{}, {}]"))
    for test, counter in parts.items():
        seconds[test].update(counter)
    times.update(counts)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    total: Counter[str] = Counter()
    for counter in seconds.values():
        total.update(counter)
    all_seconds = sum(total[f"_{when}"] for when in ("setup", "call", "teardown"))
    terminalreporter.section("where the time went")
    for name in PARTS:
        terminalreporter.line(f"{name:24} {total[name]:7.1f} s {times[name]:6} times")
    other_seconds = all_seconds - sum(total[name] for name in PARTS)
    terminalreporter.line(f"{'everything else':24} {other_seconds:7.1f} s")
    terminalreporter.line(f"{'all tests':24} {all_seconds:7.1f} s")
    if file := os.environ.get("TIMING_FILE"):
        Path(file).write_text(json.dumps(seconds, indent=1))
