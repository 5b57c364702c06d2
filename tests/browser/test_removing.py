"""Erasing the backup from the server, and removing everything from the phone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import (
    QUESTION,
    STEP,
    open_backup,
    open_notes,
    page_of,
    pair,
    problem,
    restore,
    stop_time,
    told,
    turn_on_backup,
    turned_on,
    write_note,
)
from tests.browser.conftest import OpenPhone, violations
from tests.server import Server

pytestmark = pytest.mark.browser


async def test_erasing_asks_once_and_leaves_the_notes_on_the_phone(
    server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    await write_note(mine, server, "marmalade")
    page, words = await turned_on(mine, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Erase from the server").click()
    erase = page.get_by_role("button", name="Erase from the server")
    await erase.click()
    await expect(problem(page)).to_contain_text("Tick the box")

    await page.get_by_label("I understand that this can’t be undone").check()
    await erase.click()

    await told(page, "Erased. Your notes are still on this phone.")
    notes = await open_notes(mine, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    again = await turn_on_backup(page)
    assert again != words


async def test_another_phone_is_told_that_the_backup_was_erased(
    server: Server, open_phone: OpenPhone
) -> None:
    one, two, _, words = await pair(open_phone, server, "marmalade")
    page = await open_backup(one, server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    await page.get_by_role("button", name="Erase from the server").click()
    await expect(page.get_by_text("Erased.")).to_be_visible()

    other = await open_backup(two, server)
    await expect(other.get_by_text("This backup was erased.")).to_be_visible()
    notes = await open_notes(two, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    await restore(other, " ".join(words))
    await expect(problem(other)).to_contain_text("This backup was erased.")


@pytest.mark.flight
async def test_erasing_with_no_connection_says_that_nothing_was_erased(
    server: Server, open_phone: OpenPhone
) -> None:
    page, _ = await turned_on(await open_phone(), server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    server.stop()

    await page.get_by_role("button", name="Erase from the server").click()

    await expect(problem(page)).to_contain_text("Nothing has been erased.")


@pytest.mark.flight
async def test_everything_is_removed_from_the_phone_in_every_tab(
    server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    await mine.add_cookies([{"name": "locale", "value": "en", "url": server.url}])
    await write_note(mine, server, "marmalade")
    # These words are still to be stored when everything is removed.
    await stop_time(mine)
    writing = await page_of(mine, server, f"worksheets/three-circles#{STEP}")
    await writing.get_by_label(QUESTION).fill("rhubarb")
    page = await page_of(mine, server, "settings/privacy")
    await expect(page.get_by_text("You have no backup.")).to_be_visible()
    remove = page.get_by_role("button", name="Remove everything")
    await remove.click()
    await expect(problem(page)).to_contain_text("Tick the box")
    server.stop()

    await page.get_by_label("I understand that this can’t be undone").check()
    await remove.click()

    await expect(writing.get_by_text("You can close this one.")).to_be_visible()
    # Other tabs get so long to hear of it.
    await mine.clock.run_for(150)
    await expect(page.get_by_role("heading", name="Everything has been removed")).to_be_focused()
    # By its own clock the other tab tries to store the words, and tries again.
    await mine.clock.run_for(10_000)
    await mine.clock.resume()
    assert await violations(page) == []
    assert await mine.cookies() == []
    server.start()
    # A page of the same origin that stores nothing itself.
    bare = await mine.new_page()
    await bare.goto(f"{server.url}/healthz")
    assert await bare.evaluate(
        """async () => [
          (await indexedDB.databases()).map(({ name }) => name),
          await caches.keys(),
          Object.keys(localStorage),
          (await navigator.serviceWorker.getRegistrations()).length,
        ]"""
    ) == [[], [], [], 0]


async def test_with_a_backup_the_privacy_page_says_what_stays(
    server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    await turned_on(mine, server)

    page = await page_of(mine, server, "settings/privacy")

    await expect(page.get_by_text("the twelve words bring it back")).to_be_visible()
    await expect(page.get_by_text("You have no backup.")).to_be_hidden()


async def test_a_browser_that_stores_nothing_is_not_offered_a_backup(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    await mine.add_init_script("delete window.indexedDB; delete Window.prototype.indexedDB")

    page = await open_backup(mine, shared_server)

    await expect(page.get_by_text("Your notes could not be opened.")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on backup")).to_have_count(0)
