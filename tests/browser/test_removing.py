"""Erasing the backup from the server and removing everything from the phone."""

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
    phone = await open_phone()
    await write_note(phone, server, "marmalade")
    page, words = await turned_on(phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Erase from the server").click()
    erase = page.get_by_role("button", name="Erase from the server")
    await erase.click()
    await expect(problem(page)).to_contain_text("Tick the box")

    await page.get_by_label("I understand that this can’t be undone").check()
    await erase.click()

    await told(page, "Erased. Your notes are still on this phone.")
    notes = await open_notes(phone, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    new_words = await turn_on_backup(page)
    assert new_words != words


async def test_another_phone_is_told_that_the_backup_was_erased(
    server: Server, open_phone: OpenPhone
) -> None:
    first_phone, second_phone, _, words = await pair(open_phone, server, "marmalade")
    page = await open_backup(first_phone, server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    await page.get_by_role("button", name="Erase from the server").click()
    await expect(page.get_by_text("Erased.")).to_be_visible()

    other_page = await open_backup(second_phone, server)
    await expect(other_page.get_by_text("This backup was erased.")).to_be_visible()
    notes = await open_notes(second_phone, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    await restore(other_page, " ".join(words))
    await expect(problem(other_page)).to_contain_text("This backup was erased.")


@pytest.mark.flight
async def test_erasing_without_an_answer_says_only_what_is_certain(
    server: Server, open_phone: OpenPhone
) -> None:
    page, _ = await turned_on(await open_phone(), server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    server.stop()

    await page.get_by_role("button", name="Erase from the server").click()

    # The server may have erased it before the connection was lost.
    await expect(problem(page)).to_contain_text("it isn’t certain that it was erased")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Erase from the server").click()
    await expect(problem(page)).to_contain_text("Nothing has been erased.")


@pytest.mark.flight
async def test_everything_is_removed_from_the_phone_in_every_tab(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_cookies([{"name": "locale", "value": "en", "url": server.url}])
    await write_note(phone, server, "marmalade")
    # This text is not stored yet when everything is removed.
    await stop_time(phone)
    other_tab = await page_of(phone, server, f"worksheets/three-circles#{STEP}")
    await other_tab.get_by_label(QUESTION).fill("rhubarb")
    page = await page_of(phone, server, "settings/privacy")
    await expect(page.get_by_text("You have no backup.")).to_be_visible()
    remove = page.get_by_role("button", name="Remove everything")
    await remove.click()
    await expect(problem(page)).to_contain_text("Tick the box")
    server.stop()

    await page.get_by_label("I understand that this can’t be undone").check()
    await remove.click()

    await expect(other_tab.get_by_text("You can close this one.")).to_be_visible()
    # The page gives other tabs 150 ms to hear of the removal.
    await phone.clock.run_for(150)
    await expect(page.get_by_role("heading", name="Everything has been removed")).to_be_focused()
    # During this time, the other tab tries to store the text, and tries again.
    await phone.clock.run_for(10_000)
    await phone.clock.resume()
    assert await violations(page) == []
    assert await phone.cookies() == []
    server.start()
    # Open a page of the same origin that stores nothing itself.
    bare_tab = await phone.new_page()
    await bare_tab.goto(f"{server.url}/healthz")
    assert await bare_tab.evaluate(
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
    phone = await open_phone()
    await turned_on(phone, server)

    page = await page_of(phone, server, "settings/privacy")

    await expect(page.get_by_text("the twelve words bring it back")).to_be_visible()
    await expect(page.get_by_text("You have no backup.")).to_be_hidden()


async def test_a_browser_that_stores_nothing_is_not_offered_a_backup(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script("delete window.indexedDB; delete Window.prototype.indexedDB")

    page = await open_backup(phone, shared_server)

    await expect(page.get_by_text("Your notes could not be opened.")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on backup")).to_have_count(0)
