"""Words have room on a full phone, whatever pages and recordings take."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import ACTIVE, OpenPhone, ready_for_flight
from tests.browser.writing import TRIGGERS, WORDS, is_saved, opened, reload
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]

USED = "navigator.storage.estimate().then(({ usage }) => usage)"
SNAPSHOTS = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  return names.map((name) => name.split("-").at(-1));
}"""


async def phone_with_pages(open_phone: OpenPhone, server: Server) -> Page:
    page = await (await open_phone()).new_page()
    await page.goto(f"{server.url}/en/")
    await ready_for_flight(page)
    return page


async def leave_room(page: Page, server: Server, size: int) -> None:
    """Let the browser store only so many more bytes, as long as this page is open."""
    session = await page.context.new_cdp_session(page)
    quota = int(await page.evaluate(USED)) + size
    await session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": quota})


async def write(context: BrowserContext, server: Server) -> Page:
    """Write words in a worksheet, and read them again after a reload."""
    page = await opened(context, server, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    return page


async def test_an_update_without_room_leaves_room_for_words_and_says_so(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await phone_with_pages(open_phone, server)
    before = await page.evaluate(ACTIVE)
    # Every page changes, so the update needs more than this.
    await leave_room(page, server, 300_000)
    server.stop()
    server.config.write_text('home_screen_name = "Practice"\n', encoding="utf-8")
    server.start()

    storage = await page.context.new_page()
    await storage.goto(f"{server.url}/en/settings/storage")

    ready = storage.locator("[data-ready]")
    await expect(ready).to_contain_text("this phone has no room left for them", timeout=60_000)
    await expect(ready).to_contain_text("work with no signal, as before")
    assert await storage.evaluate(SNAPSHOTS) == [before]
    await write(page.context, server)
    server.stop()
    await page.goto(f"{server.url}/en/help")
    assert (await page.title()).endswith("Hearth")
    assert await page.evaluate(ACTIVE) == before


async def test_words_are_stored_in_the_room_that_was_kept_for_them(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await phone_with_pages(open_phone, server)
    await leave_room(page, server, 0)

    writing = await write(page.context, server)

    assert not await writing.evaluate("caches.match('/room-for-words').then(Boolean)")
    assert len(await writing.evaluate(SNAPSHOTS)) == 1
