"""A real Chromium against a real server.

`server` is a fresh server each test; `shop` one for tests that only read. `phone(...)` opens a
browser profile the size of a phone; each call is another phone.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
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
)

from tests.server import ROOT, Server, running

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
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
NARROW = {"width": 320, "height": 640}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# A script that a test waits for has no limit of its own: without this one could hold up the rest.
LONGEST = 300  # seconds

# Which version of the English snapshot pages come from.
ACTIVE = """async () =>
  (await (await caches.match("/active/en", { cacheName: "hearth-active" })).json()).version"""

Phone = Callable[..., Awaitable[BrowserContext]]

# A page looks different in the dark and from right to left, and is to be read in all of it.
in_every_look = pytest.mark.parametrize(
    ("locale", "scheme"), list(itertools.product(("en", "ar"), ("light", "dark")))
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as started:
        yield started


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("shop")) as started:
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
async def phones(browser: Browser, **usual: object) -> AsyncIterator[Phone]:
    """How to open another phone in that browser; all are closed at the end."""
    opened: list[BrowserContext] = []

    async def open_phone(**options: object) -> BrowserContext:
        wanted = {"viewport": PHONE, "has_touch": True, "locale": "en-GB", **usual, **options}
        context = await browser.new_context(**wanted)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_phone
    for context in opened:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Phone]:
    """Open another phone: `await phone(locale="ar", color_scheme="dark", ...)`."""
    async with phones(browser) as open_phone:
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


async def renewed(page: Page, before: str) -> None:
    """Wait until another snapshot than that one (see ACTIVE) is the one that pages come from."""
    await until(page, f"async () => (await ({ACTIVE})()) !== {before!r}")


async def violations(page: Page) -> list[str]:
    """What axe finds, a line each; run inside the page, since our policy blocks script tags."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    # A colour on its way to another has the contrast of neither: what ends is waited for.
    await page.evaluate(
        """() => Promise.allSettled(document.getAnimations()
          .filter((each) => each.effect.getComputedTiming().endTime < 10_000)
          .map((each) => each.finished))"""
    )
    found = await page.evaluate("axe.run(document).then((result) => result.violations)")
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


async def expect_narrow_and_accessible(page: Page) -> None:
    assert await violations(page) == [], page.url
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
