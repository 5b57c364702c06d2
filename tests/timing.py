"""Show how the tests spend their time: `pytest -p tests.timing` ends with a table of parts.

Only the outermost part counts: a wait during an axe check counts as axe. The time outside all parts
is "the act itself": clicks, typing and the test's own Python code.
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
    for name, places in PARTS.items():
        for place in places:
            module, _, dotted = place.partition(":")
            *holders, last = dotted.split(".")
            holder: Any = importlib.import_module(module)
            for each in holders:
                holder = getattr(holder, each)
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
    if handed := getattr(session.config, "workeroutput", None):
        # That process already receives the durations of the reports.
        parts = {
            test: {k: v for k, v in each.items() if k in PARTS} for test, each in seconds.items()
        }
        handed["timing"] = json.dumps([parts, times])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    parts, counted = json.loads(getattr(node, "workeroutput", {}).get("timing", "[{}, {}]"))
    for test, each in parts.items():
        seconds[test].update(each)
    times.update(counted)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    total: Counter[str] = Counter()
    for each in seconds.values():
        total.update(each)
    whole = sum(total[f"_{when}"] for when in ("setup", "call", "teardown"))
    terminalreporter.section("where the time went")
    for name in PARTS:
        terminalreporter.line(f"{name:24} {total[name]:7.1f} s {times[name]:6} times")
    rest = whole - sum(total[name] for name in PARTS)
    terminalreporter.line(f"{'the act itself':24} {rest:7.1f} s")
    terminalreporter.line(f"{'all tests':24} {whole:7.1f} s")
    if file := os.environ.get("TIMING_FILE"):
        Path(file).write_text(json.dumps(seconds, indent=1))
