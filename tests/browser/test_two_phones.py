"""Two phones with one backup and the real server: they end up with the same, and lose nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import QUESTION, expect_backed_up, open_notes, pair, see_backed_up
from tests.browser.conftest import OpenPhone
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.mark.flight
async def test_two_versions_written_offline_are_kept_and_shown_on_both_phones(
    server: Server, open_phone: OpenPhone
) -> None:
    """The promise of the whole: nothing is overwritten, and a choice made once holds on both."""
    one, two, address, _ = await pair(open_phone, server, "marmalade")
    pages = [await mine.new_page() for mine in (one, two)]
    for page in pages:
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("marmalade")
    server.stop()
    for page, words in zip(pages, ("rhubarb", "gooseberry"), strict=True):
        await page.get_by_label(QUESTION).fill(words)
        await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
        await page.close()

    server.start()
    # A phone asks when it is opened: the first has only its own words to send, the second meets
    # them, and the first meets the second's when it is next opened.
    first, second = [await mine.new_page() for mine in (one, two)]
    for page, state in ((first, "backed up"), (second, "two versions"), (first, "two versions")):
        await page.goto(f"{server.url}/en/notes/")
        await expect(page.locator(".entry")).to_contain_text(state)
        await see_backed_up(page, server)
    for page in (first, second):
        await page.goto(address)
        for words in ("rhubarb", "gooseberry"):
            await expect(page.locator(".version", has_text=words)).to_be_visible()
    version = second.locator(".version", has_text="rhubarb")
    await version.get_by_role("button", name="Keep this one").click()
    # Said once it is stored.
    await expect(second.get_by_text("Kept.")).to_be_visible()
    await expect_backed_up(two, server)

    for page in (first, second):
        await page.goto(f"{server.url}/en/notes/")
        await expect(page.locator(".entry")).not_to_contain_text("two versions")
        await expect(page.locator(".entry")).to_contain_text("backed up")
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("rhubarb")


async def test_a_note_deleted_on_one_phone_goes_from_the_other(
    server: Server, open_phone: OpenPhone
) -> None:
    one, two, _, _ = await pair(open_phone, server, "marmalade")
    page = await open_notes(one, server)
    await page.locator(".entry [data-more]").click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await page.close()

    # The time for undoing passes, then it is deleted for good, at the latest at the next start.
    page = await one.new_page()
    await page.clock.install()
    await page.goto(f"{server.url}/en/notes/")
    await page.clock.fast_forward("01:00")
    await page.close()
    # A phone asks when it is opened: by then the server must know.
    await expect_backed_up(one, server)
    other = await open_notes(two, server)

    await expect(other.get_by_role("heading", name="Nothing here yet")).to_be_visible(
        timeout=40_000
    )
