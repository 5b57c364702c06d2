"""What a person does, in a line each, for tests about something else."""

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


async def page_of(
    open_phone: BrowserContext, server: Server, path: str, locale: str = "en"
) -> Page:
    page = await open_phone.new_page()
    await page.goto(f"{server.url}/{locale}/{path}")
    return page


async def held_back(page: Page, addresses: str) -> asyncio.Event:
    """Nothing of these addresses (a glob) comes before the event is set."""
    arrived = asyncio.Event()

    async def late(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await page.route(addresses, late)
    return arrived


def requests_of(page: Page) -> list[str]:
    """The addresses that the page asks for from now on, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


async def write_note(open_phone: BrowserContext, server: Server, words: str) -> str:
    """Answer a question of a new worksheet; give the address at which the note opens."""
    page = await page_of(open_phone, server, f"worksheets/three-circles#{STEP}")
    await page.get_by_label(QUESTION).fill(words)
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    address = page.url
    await page.close()
    return address


async def open_notes(open_phone: BrowserContext, server: Server) -> Page:
    page = await page_of(open_phone, server, "notes/")
    await notes_are_open(page)
    return page


async def notes_are_open(page: Page) -> None:
    await expect(page.get_by_text("Opening your notes…")).to_be_hidden()


async def notes_with(open_phone: BrowserContext, server: Server, *words: str) -> Page:
    """The list of notes, with one for each of these words."""
    page = await page_with(open_phone, server, "notes/", *(answered(each) for each in words))
    await notes_are_open(page)
    return page


async def saved_by(button: Locator) -> Download:
    """The file that a tap on it saves."""
    async with button.page.expect_download() as started:
        await button.click()
    return await started.value


async def open_backup(open_phone: BrowserContext, server: Server, fragment: str = "") -> Page:
    page = await page_of(open_phone, server, f"settings/backup{fragment}")
    await expect(page.locator("[data-views] > .stack")).to_be_visible()
    return page


async def turn_on_backup(page: Page) -> list[str]:
    """Turn it on without checking the paper; give the twelve words."""
    await page.get_by_role("button", name="Turn on backup").click()
    words = await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()
    await page.get_by_role("button", name="Not now").click()
    return words


async def shown_words(page: Page) -> list[str]:
    await page.get_by_role("button", name="Show the words").click()
    listed = page.locator("ol.phrase > li")
    await expect(listed).to_have_count(12)
    return await listed.all_inner_texts()


async def restore(page: Page, words: str) -> None:
    """Type the words on the page of a phone whose backup is off."""
    await page.get_by_role("button", name="I have twelve words already").click()
    await type_words(page, words)


async def type_words(page: Page, words: str) -> None:
    await page.get_by_label("Twelve words").fill(words)
    await page.get_by_role("button", name="Bring back", exact=True).click()


async def told(page: Page, words: str) -> None:
    """Wait until what has the focus, and is read out, says these words."""
    await expect(page.locator(":focus")).to_contain_text(words)


async def pair(
    open_phone: Callable[..., Awaitable[BrowserContext]], server: Server, words: str
) -> tuple[BrowserContext, BrowserContext, str, list[str]]:
    """Two phones with one backed-up note on both; give them, its address and the twelve words."""
    one, two = await open_phone(), await open_phone()
    page = await open_backup(one, server)
    address = await keep_note(page, words)
    phrase = await turn_on_backup(page)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.close()
    page = await open_backup(two, server)
    await restore(page, " ".join(phrase))
    await expect(page.get_by_text("1 note is back.")).to_be_visible()
    await page.close()
    return one, two, address, phrase


async def turned_on(open_phone: BrowserContext, server: Server) -> tuple[Page, list[str]]:
    page = await open_backup(open_phone, server)
    words = await turn_on_backup(page)
    await expect(page.get_by_role("heading", name="Backup is on.")).to_be_visible()
    return page, words


def problem(page: Page) -> Locator:
    return page.locator(".nhsuk-error-summary")


async def expect_backed_up(open_phone: BrowserContext, server: Server) -> None:
    page = await open_phone.new_page()
    await see_backed_up(page, server)
    await page.close()


async def see_backed_up(page: Page, server: Server) -> None:
    """Go to the settings, and wait until they say so."""
    await page.goto(f"{server.url}/en/settings/backup")
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()


async def note_idle(page: Page) -> None:
    """Let each document of this page note when main.js has done its work; `idle` waits for it."""
    await page.add_init_script(
        "document.addEventListener('pages-kept', () => (window.isIdle = true))"
    )


async def idle(page: Page) -> None:
    """Wait until the page has started all its parts and asked for all that it fetches by itself."""
    await until(page, "window.isIdle === true")
    # main.js may still look for saved recordings and fetch scripts. These two stand behind that.
    await page.evaluate(
        "async () => { await caches.has('saved-recordings'); await fetch('/healthz'); }"
    )


async def stop_time(open_phone: BrowserContext) -> None:
    """Stop the time of all pages opened from now on; `phone.clock.run_for(ms)` lets some pass."""
    now = datetime.now(UTC)
    await open_phone.clock.install(time=now)
    await open_phone.clock.pause_at(now + timedelta(seconds=1))
