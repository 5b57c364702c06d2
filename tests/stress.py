"""Slow the app down for `make test-stress`: random delays, and half a processor for each page.

If a test fails only here, the app has a fault or the test waits for the wrong thing.
"""

from __future__ import annotations

import asyncio
import os
import random

from playwright.async_api import BrowserContext, Page

from hearth_cft.web.prerendered import Application, Receive, Scope, Send

STRESS = os.environ.get("TEST_STRESS") == "1"
CHANCE = random.Random()
SLOWER = 2  # Chromium slows the processor of each page down by this factor


def delay() -> float:
    """Choose a delay in seconds: for a tenth of the requests up to 1.3 s, for a third 50 to 400 ms.

    The other requests have no delay.
    """
    drawn = CHANCE.random()
    if drawn < 1 / 10:
        return CHANCE.uniform(0, 1.3)
    if drawn < 1 / 10 + 1 / 3:
        return CHANCE.uniform(0.05, 0.4)
    return 0


class Late:
    """ASGI middleware that delays HTTP requests before the app handles them."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(delay())
        await self.app(scope, receive, send)


def slow_down(context: BrowserContext) -> None:
    """Give every page that this context opens from now on half a processor."""

    async def halve(page: Page) -> None:
        session = await context.new_cdp_session(page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    context.on("page", halve)
