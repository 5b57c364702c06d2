"""A real Chromium against a real server.

`server` is a fresh server each test; `shop` one for tests that only read. Both have the few pages
of tests/warm.py; `whole_shop` has them all, and `serve(...)` starts another with settings of its
own. `phone(...)` opens a browser profile the size of a phone; each call is another phone.
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
# Without the whole browser round it, a page costs half as much.
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
# A camera and a microphone that see and hear what Chromium makes up.
FAKE_DEVICES = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
THEMES = ("light", "dark")
# One language for each direction of reading.
DIRECTIONS = ("en", "ar")
# `make test-all`: every phone keeps its pages, every page is looked at in every way.
EVERYTHING = os.environ.get("TEST_EVERYTHING") == "1"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# The machines that run the tests are slower than phones.
expect.set_options(timeout=20_000)

# A script that a test waits for has no limit of its own: without this one could hold up the rest.
LONGEST = 300  # seconds

# Which version of the English snapshot pages come from.
ACTIVE = """async () =>
  (await (await caches.match("/active/en", { cacheName: "hearth-active" })).json()).version"""

# A list of what to keep for flight mode, as a service with next to no pages would give it.
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

# Each direction of reading once and each theme once, or each with each.
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
    with ready(serve(tmp_path_factory.mktemp("shop"))) as started:
        yield started


@pytest.fixture(scope="session")
def whole_server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with ready(serve(tmp_path_factory.mktemp("whole"), whole=True)) as started:
        yield started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all tests here, since they share one browser; and an end for each."""
    for item in items:
        if not item.path.is_relative_to(HERE) or not isinstance(item, pytest.Function):
            continue
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if asyncio.iscoroutinefunction(item.obj):
            item.obj = ended(item.obj)


def ended(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def limited(*args: object, **kwargs: object) -> None:
        async with asyncio.timeout(LONGEST):
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
    """How to open another phone in that browser; all are closed at the end."""
    opened: list[BrowserContext] = []

    async def open_one(**options: object) -> BrowserContext:
        wanted = {"viewport": PHONE, "has_touch": True, "locale": "en-GB", **usual, **options}
        context = await browser.new_context(**wanted)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        if STRESS:
            slow_down(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_phone(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[OpenPhone]:
    """Open another phone: `await phone(locale="ar", color_scheme="dark", ...)`.

    To fetch a language's pages costs more than most tests do meanwhile. So a phone has no worker,
    as on its first visit, unless its test is marked `flight` or everything is to be tested.
    """
    flies = EVERYTHING or request.node.get_closest_marker("flight")
    async with open_phones(browser, service_workers="allow" if flies else "block") as open_phone:
        yield open_phone


async def until(page: Page, predicate: str, seconds: float = 30) -> None:
    """Wait until a function in the page gives something true.

    Playwright's own wait_for_function evaluates strings in the page, which our policy forbids.
    One that throws isn't true yet: what it looks at may still come, or the page be on its way.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        thrown: Error | None = None
        try:
            if await page.evaluate(predicate):
                return
        except Error as error:
            thrown = error
        told = f"never true: {predicate}" + (f", but {thrown}" if thrown else "")
        assert asyncio.get_running_loop().time() < deadline, told
        await asyncio.sleep(0.05)


async def ready_for_flight(page: Page, locale: str = "en") -> None:
    """Wait until the worker controls the page and the language's snapshot is the active one."""
    await until(
        page,
        f"""async () => {{
            const note = await caches.match("/active/{locale}", {{ cacheName: "hearth-active" }});
            return Boolean(note && navigator.serviceWorker.controller);
        }}""",
    )


async def keep_next_to_nothing(context: BrowserContext) -> None:
    """Next to nothing is kept for flight mode: for tests in which nobody flies."""
    await context.add_init_script(NEXT_TO_NOTHING)


async def renewed(page: Page, before: str) -> None:
    """Wait until another snapshot than that one (see ACTIVE) is the one that pages come from."""
    await until(page, f"async () => (await ({ACTIVE})()) !== {before!r}")


async def drawn(page: Page) -> None:
    """Wait until what the page's scripts have changed by now is on the screen, fonts too."""
    await page.evaluate(
        """async () => {
          await document.fonts.ready;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )


async def violations(page: Page) -> list[str]:
    """What axe finds, a line each; run inside the page, since our policy blocks script tags."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    # A colour on its way to another has the contrast of neither: what ends is waited for.
    await page.evaluate(
        """() => Promise.allSettled(document.getAnimations()
          .filter((each) => each.effect.getComputedTiming().endTime < 10_000)
          .map((each) => each.finished))"""
    )
    # What is right needn't be told in full.
    found = await page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


async def expect_narrow_and_accessible(page: Page) -> None:
    assert await violations(page) == [], page.url
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
