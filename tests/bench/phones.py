"""An emulated phone for the benchmarks: Chromium with a window of 360 by 740.

`slow_down` makes a page four times slower. Set CHROME_PATH to measure with a Chromium that isn't
Debian's.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page, async_playwright

CHROMIUM = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
SLOWER = 4  # the factor that Lighthouse uses for a mid-range phone
OpenPhone = Callable[[Path], Awaitable[BrowserContext]]


@asynccontextmanager
async def phones() -> AsyncIterator[OpenPhone]:
    """Yield `open_phone(profile)`, which opens a browser that stores its data in that folder.

    Close all browsers at the end.
    """
    opened: list[BrowserContext] = []
    async with async_playwright() as playwright:

        async def open_phone(profile: Path) -> BrowserContext:
            context = await playwright.chromium.launch_persistent_context(
                profile,
                executable_path=CHROMIUM,
                args=FLAGS,
                viewport={"width": 360, "height": 740},
                device_scale_factor=2,
                has_touch=True,
                is_mobile=True,
                locale="en-GB",
            )
            context.set_default_timeout(30_000)
            opened.append(context)
            return context

        try:
            yield open_phone
        finally:
            for context in opened:
                await context.close()


async def slow_down(page: Page, rate: float = SLOWER) -> CDPSession:
    """Slow down the page's own thread. Workers and the network keep their speed."""
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return session


async def until(page: Page, predicate: str, seconds: float = 30) -> Any:
    """Wait until a function in the page returns a true value. Return the value.

    Playwright's own wait_for_function evaluates strings in the page, which our content security
    policy forbids.
    """
    for _ in range(int(seconds / 0.05)):
        if value := await page.evaluate(predicate):
            return value
        await page.wait_for_timeout(50)
    raise SystemExit(f"{page.url}: never true: {predicate}")


async def ready_for_flight(page: Page, locale: str = "en") -> None:
    """Wait until the service worker controls the page and the language's snapshot is active."""
    await until(
        page,
        f"""async () => Boolean(
            await caches.match("/active/{locale}", {{ cacheName: "hearth-active" }})
            && navigator.serviceWorker.controller)""",
    )
