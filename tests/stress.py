"""What `make test-stress` adds: answers that are late by chance, and half a processor a page.

A test that fails here and not otherwise shows a fault of the app or waits for the wrong thing.
"""

from __future__ import annotations

import asyncio
import os
import random

from playwright.async_api import BrowserContext, Page

from hearth_cft.web.prerendered import Application, Receive, Scope, Send

STRESS = os.environ.get("TEST_STRESS") == "1"
CHANCE = random.Random()
SLOWER = 2  # times; a page's share of the processor, as Chromium emulates it


def delay() -> float:
    """Choose how many seconds an answer waits: a tenth up to 1.3 s, a third 50 to 400 ms."""
    drawn = CHANCE.random()
    if drawn < 1 / 10:
        return CHANCE.uniform(0, 1.3)
    if drawn < 1 / 10 + 1 / 3:
        return CHANCE.uniform(0.05, 0.4)
    return 0


class Late:
    """The ASGI layer that lets requests wait before they are answered."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(delay())
        await self.app(scope, receive, send)


def slow_down(context: BrowserContext) -> None:
    """Give every page of this context half a processor from now on."""

    async def halve(page: Page) -> None:
        session = await context.new_cdp_session(page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    context.on("page", halve)
