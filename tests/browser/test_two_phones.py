"""Two phones with one backup and the real server: both get the same notes, and lose nothing."""

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
    """Check that nothing is overwritten, and that a choice made on one phone holds on both."""
    first_phone, second_phone, address, _ = await pair(open_phone, server, "marmalade")
    pages = [await phone.new_page() for phone in (first_phone, second_phone)]
    for page in pages:
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("marmalade")
    server.stop()
    for page, words in zip(pages, ("rhubarb", "gooseberry"), strict=True):
        await page.get_by_label(QUESTION).fill(words)
        await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
        await page.close()

    server.start()
    # A phone syncs when the app is opened. The first phone sends its text. The second phone then
    # receives it and sends its own. The first phone receives that when it is next opened.
    first_page, second_page = [await phone.new_page() for phone in (first_phone, second_phone)]
    for page, state in (
        (first_page, "backed up"),
        (second_page, "two versions"),
        (first_page, "two versions"),
    ):
        await page.goto(f"{server.url}/en/notes/")
        await expect(page.locator(".entry")).to_contain_text(state)
        await see_backed_up(page, server)
    for page in (first_page, second_page):
        await page.goto(address)
        for words in ("rhubarb", "gooseberry"):
            await expect(page.locator(".version", has_text=words)).to_be_visible()
    version = second_page.locator(".version", has_text="rhubarb")
    await version.get_by_role("button", name="Keep this one").click()
    # The app says this once the choice is stored.
    await expect(second_page.get_by_text("Kept.")).to_be_visible()
    await expect_backed_up(second_phone, server)

    for page in (first_page, second_page):
        await page.goto(f"{server.url}/en/notes/")
        await expect(page.locator(".entry")).not_to_contain_text("two versions")
        await expect(page.locator(".entry")).to_contain_text("backed up")
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("rhubarb")


async def test_a_note_deleted_on_one_phone_goes_from_the_other(
    server: Server, open_phone: OpenPhone
) -> None:
    first_phone, second_phone, _, _ = await pair(open_phone, server, "marmalade")
    page = await open_notes(first_phone, server)
    await page.locator(".entry [data-more]").click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await page.close()

    # Let the time for undo pass. Then the note is deleted for good, at the latest when the app is
    # next opened.
    page = await first_phone.new_page()
    await page.clock.install()
    await page.goto(f"{server.url}/en/notes/")
    await page.clock.fast_forward("01:00")
    await page.close()
    # A phone syncs when the app is opened. The server must know of the deletion before the second
    # phone does that.
    await expect_backed_up(first_phone, server)
    second_page = await open_notes(second_phone, server)

    await expect(second_page.get_by_role("heading", name="Nothing here yet")).to_be_visible(
        timeout=40_000
    )
