"""Helpers that do what a person does in the app, for tests of something else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from playwright.async_api import BrowserContext, Download, Locator, Page, Route, expect

from tests.browser.conftest import until
from tests.browser.kept import answered, keep_note, page_with
from tests.server import Server

QUESTION = "What sets it off?"
STEP = "step=threat"
# Matches components that have neither started nor failed. nhsuk's own modules need no script.
WAITING = 'main [data-module]:not([data-module^="nhsuk"], [data-started], [data-broken])'
# True when no text is waiting to be stored. Unsaved text holds this lock (platform/busy.js).
IS_STORED = """async () => {
  const { held, pending } = await navigator.locks.query();
  return ![...held, ...pending].some(({ name }) => name === "hearth-busy");
}"""


async def page_of(phone: BrowserContext, server: Server, path: str, locale: str = "en") -> Page:
    page = await phone.new_page()
    await page.goto(f"{server.url}/{locale}/{path}")
    return page


async def started(page: Page) -> None:
    """Wait until all components have started or failed. They have then drawn what they add."""
    await until(page, f"document.readyState === 'complete' && !document.querySelector('{WAITING}')")


async def open_part(settings: Page | Locator, name: str) -> None:
    """Open a part of the reading settings, by its name in the template."""
    await settings.locator(f"[data-part={name}] > summary").click()


async def held_back(page: Page, addresses: str) -> asyncio.Event:
    """Hold requests that match the glob `addresses`. Return the event that lets them continue."""
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await page.route(addresses, hold)
    return released


def requests_of(page: Page) -> list[str]:
    """Return a list that collects the URLs of the page's requests from now on."""
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


async def write_note(phone: BrowserContext, server: Server, words: str) -> str:
    """Answer a question of a new worksheet. Return the URL at which the note opens."""
    page = await page_of(phone, server, f"worksheets/three-circles#{STEP}")
    await page.get_by_label(QUESTION).fill(words)
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    address = page.url
    await page.close()
    return address


async def open_notes(phone: BrowserContext, server: Server) -> Page:
    page = await page_of(phone, server, "notes/")
    await notes_are_open(page)
    return page


async def notes_are_open(page: Page) -> None:
    await expect(page.get_by_text("Opening your notes…")).to_be_hidden()


async def notes_with(phone: BrowserContext, server: Server, *words: str) -> Page:
    """Store a note for each of these words. Open the list of notes."""
    page = await page_with(phone, server, "notes/", *(answered(word) for word in words))
    await notes_are_open(page)
    return page


async def saved_by(button: Locator) -> Download:
    """Click the button and return the file that it saves."""
    async with button.page.expect_download() as download:
        await button.click()
    return await download.value


async def open_backup(phone: BrowserContext, server: Server, fragment: str = "") -> Page:
    page = await page_of(phone, server, f"settings/backup{fragment}")
    await expect(page.locator("[data-views] > .stack")).to_be_visible()
    return page


async def turn_on_backup(page: Page) -> list[str]:
    """Turn on backup and skip the check of the twelve words. Return the words."""
    await page.get_by_role("button", name="Turn on backup").click()
    words = await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()
    await page.get_by_role("button", name="Not now").click()
    return words


async def shown_words(page: Page) -> list[str]:
    await page.get_by_role("button", name="Show the words").click()
    items = page.locator("ol.phrase > li")
    await expect(items).to_have_count(12)
    return await items.all_inner_texts()


async def restore(page: Page, words: str) -> None:
    """Enter the twelve words on the backup page of a phone whose backup is off."""
    await page.get_by_role("button", name="I already have twelve words").click()
    await type_words(page, words)


async def type_words(page: Page, words: str) -> None:
    await page.get_by_label("Twelve words").fill(words)
    await page.get_by_role("button", name="Bring back", exact=True).click()


async def told(page: Page, words: str) -> None:
    """Wait until the focused element, which a screen reader reads out, contains these words."""
    await expect(page.locator(":focus")).to_contain_text(words)


async def pair(
    open_phone: Callable[..., Awaitable[BrowserContext]], server: Server, words: str
) -> tuple[BrowserContext, BrowserContext, str, list[str]]:
    """Open two phones and put the same note on both by backup.

    Return both phones, the URL of the note and the twelve words.
    """
    first, second = await open_phone(), await open_phone()
    page = await open_backup(first, server)
    address = await keep_note(page, words)
    phrase = await turn_on_backup(page)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.close()
    page = await open_backup(second, server)
    await restore(page, " ".join(phrase))
    await expect(page.get_by_text("1 note is back.")).to_be_visible()
    await page.close()
    return first, second, address, phrase


async def turned_on(phone: BrowserContext, server: Server) -> tuple[Page, list[str]]:
    page = await open_backup(phone, server)
    words = await turn_on_backup(page)
    await expect(page.get_by_role("heading", name="Backup is on.")).to_be_visible()
    return page, words


def problem(page: Page) -> Locator:
    return page.locator(".nhsuk-error-summary")


async def expect_backed_up(phone: BrowserContext, server: Server) -> None:
    page = await phone.new_page()
    await see_backed_up(page, server)
    await page.close()


async def see_backed_up(page: Page, server: Server) -> None:
    """Go to the backup settings and wait until they say that everything is backed up."""
    await page.goto(f"{server.url}/en/settings/backup")
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()


def publish_newer_version(server: Server) -> None:
    """Restart the server with another app name: every page and the manifest change."""
    server.stop()
    server.config.write_text('home_screen_name = "Practice"\n', encoding="utf-8")
    server.start()


async def note_idle(page: Page) -> None:
    """Make each document in this page record when main.js has done its work.

    `idle` waits for this.
    """
    await page.add_init_script(
        "document.addEventListener('pages-kept', () => (window.isIdle = true))"
    )


async def idle(page: Page) -> None:
    """Wait until the page has started all its components and made all requests of its own."""
    await until(page, "window.isIdle === true")
    # main.js may still look for saved recordings and fetch scripts.
    # These two calls are queued behind that.
    await page.evaluate(
        "async () => { await caches.has('saved-recordings'); await fetch('/healthz'); }"
    )


async def stop_time(phone: BrowserContext) -> None:
    """Stop the clock of all pages that are opened from now on.

    `phone.clock.run_for(ms)` moves it forward.
    """
    now = datetime.now(UTC)
    await phone.clock.install(time=now)
    await phone.clock.pause_at(now + timedelta(seconds=1))
