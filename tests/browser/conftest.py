"""Fixtures and helpers for tests in a real Chromium against a real server.

`server` is a new server for each test. `shared_server` is one server for all tests that need none
of their own. Both have the few pages of tests/small.py. `whole_server` has all pages. `serve(...)`
makes another server with its own settings. `open_phone(...)` opens a browser context the size of a
phone. Each call opens another phone.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.server import ROOT, Server, ready
from tests.stress import STRESS, slow_down
from tests.warm import Serve

HERE = Path(__file__).parent
# A page costs half as much in the headless shell as in the whole browser.
CHROMIUM = "/usr/bin/chromium-headless-shell"
WHOLE_CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
]
# Chromium makes up what the camera sees and what the microphone hears.
FAKE_DEVICES = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
THEMES = ("light", "dark")
# One language for each text direction.
DIRECTIONS = ("en", "ar")
# `make test-all` sets this. Every phone then has a service worker, and every page is checked in
# every theme and size.
EVERYTHING = os.environ.get("TEST_EVERYTHING") == "1"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# The machines that run the tests are slower than phones.
ACTION_TIMEOUT_MS = 20_000
expect.set_options(timeout=ACTION_TIMEOUT_MS)

# Playwright has no timeout for a script that a test runs in the page. Without this one, a script
# that never ends would hold up the other tests.
TEST_TIMEOUT = 300  # seconds

# Returns the version of the English snapshot that pages come from.
ACTIVE = """async () =>
  (await (await caches.match("/active/en", { cacheName: "hearth-active" })).json()).version"""

# Shortens the list of what to store for offline use, as if the service had next to no pages.
NEXT_TO_NOTHING = """{
  const ask = window.fetch;
  window.fetch = async (url, options) => {
    const answer = await ask(url, options);
    if (!answer.ok || !String(url).endsWith("/offline.json")) return answer;
    const list = await answer.json();
    const kept = ["", "offline", "recordings.json"].map((name) => `/${list.locale}/${name}`);
    const pages = Object.fromEntries(kept.map((path) => [path, list.pages[path]]));
    return Response.json({ ...list, pages, assets: {} });
  };
}"""

OpenPhone = Callable[..., Awaitable[BrowserContext]]

# Each text direction once and each theme once. In `make test-all`, each direction with each theme.
in_every_look = pytest.mark.parametrize(
    ("locale", "scheme"),
    [*(itertools.product if EVERYTHING else zip)(DIRECTIONS, THEMES)],
)


@pytest.fixture
def server(serve: Serve, tmp_path: Path) -> Iterator[Server]:
    with ready(serve(tmp_path)) as started:
        yield started


@pytest.fixture(scope="session")
def shared_server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with ready(serve(tmp_path_factory.mktemp("shared"))) as started:
        yield started


@pytest.fixture(scope="session")
def whole_server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with ready(serve(tmp_path_factory.mktemp("whole"), whole=True)) as started:
        yield started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all tests here in one event loop, because they share a browser. Set their timeout."""
    for item in items:
        if not item.path.is_relative_to(HERE) or not isinstance(item, pytest.Function):
            continue
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if asyncio.iscoroutinefunction(item.obj):
            item.obj = with_timeout(item.obj)


def with_timeout(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def limited(*args: object, **kwargs: object) -> None:
        async with asyncio.timeout(TEST_TIMEOUT):
            await test(*args, **kwargs)

    return limited


@contextlib.asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@contextlib.asynccontextmanager
async def open_phones(browser: Browser, **usual: object) -> AsyncIterator[OpenPhone]:
    """Yield a function that opens a phone in this browser. Close all phones at the end.

    The options `usual` apply to every phone. A call may override them.
    """
    opened: list[BrowserContext] = []

    async def open_one(**options: object) -> BrowserContext:
        settings = {"viewport": PHONE, "has_touch": True, "locale": "en-GB", **usual, **options}
        context = await browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(ACTION_TIMEOUT_MS)
        if STRESS:
            slow_down(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        # What a test still holds back at its end isn't awaited, and fails in no other test.
        for page in context.pages:
            await page.unroute_all(behavior="ignoreErrors")
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_phone(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[OpenPhone]:
    """Yield a function that opens a phone: `await open_phone(locale="ar", color_scheme="dark")`.

    Fetching all pages of a language costs more than most tests. So a phone has no service worker,
    as on its first visit, unless the test is marked `flight` or EVERYTHING is set.
    """
    has_worker = EVERYTHING or request.node.get_closest_marker("flight")
    async with open_phones(
        browser, service_workers="allow" if has_worker else "block"
    ) as open_phone:
        yield open_phone


async def until(page: Page, predicate: str, seconds: float = 30) -> None:
    """Wait until a JavaScript expression or function returns a truthy value in the page.

    Playwright's own wait_for_function evaluates strings in the page, which our content security
    policy forbids. If the predicate throws, it is tried again: what it reads may not exist yet, or
    the page may still be loading.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        thrown: Error | None = None
        try:
            if await page.evaluate(predicate):
                return
        except Error as error:
            if page.is_closed():
                raise
            thrown = error
        message = f"never true: {predicate}" + (f", but {thrown}" if thrown else "")
        assert asyncio.get_running_loop().time() < deadline, message
        await asyncio.sleep(0.05)


async def ready_for_flight(page: Page, locale: str = "en") -> None:
    """Wait until the service worker controls the page and the language has an active snapshot.

    The app then notes the language as the last one, which answers "/". Wait for that too.
    """
    await until(
        page,
        f"""async () => {{
            const [note, last] = await Promise.all(["{locale}", "last"].map((key) =>
                caches.match(`/active/${{key}}`, {{ cacheName: "hearth-active" }})));
            const isLast = last && (await last.json()).locale === "{locale}";
            return Boolean(note && isLast && navigator.serviceWorker.controller);
        }}""",
    )


async def keep_next_to_nothing(context: BrowserContext) -> None:
    """Let a phone store next to nothing for offline use, in a test that opens no page offline."""
    await context.add_init_script(NEXT_TO_NOTHING)


async def renewed(page: Page, before: str) -> None:
    """Wait until pages come from another snapshot than version `before` (see ACTIVE)."""
    await until(page, f"async () => (await ({ACTIVE})()) !== {before!r}")


async def drawn(page: Page) -> None:
    """Wait until the page's fonts and all changes by its scripts so far are on the screen."""
    await page.evaluate(
        """async () => {
          await document.fonts.ready;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )


async def violations(page: Page) -> list[str]:
    """Return a line for each rule of axe that the page breaks.

    Playwright evaluates axe in the page, because our content security policy blocks script tags.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    # A changing colour has a wrong contrast, so wait for all animations that end within 10 s.
    await page.evaluate(
        """() => Promise.allSettled(document.getAnimations()
          .filter((each) => each.effect.getComputedTiming().endTime < 10_000)
          .map((each) => each.finished))"""
    )
    # Axe need only describe violations in full.
    rules = await page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in rules]


async def expect_narrow_and_accessible(page: Page) -> None:
    assert await violations(page) == [], page.url
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
