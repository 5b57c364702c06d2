"""The lock when the app goes into the background and when the user comes back."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import QUESTION, page_of
from tests.browser.conftest import OpenPhone, until
from tests.browser.locking import (
    SEEN,
    come_back,
    expect_locked,
    go_into_background,
    hide_and_return,
    locked_phone,
    page_with_clock,
    type_pin,
)
from tests.server import Server

pytestmark = pytest.mark.browser


async def unlock(page: Page) -> Locator:
    """Type the PIN. Return the field with the answer."""
    await type_pin(page)
    field = page.get_by_label(QUESTION)
    await expect(field).to_have_value("marmalade")
    return field


async def test_it_asks_again_after_the_time_away_and_gives_place_and_words_back(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, address = await locked_phone(open_phone, server)
    page = await page_with_clock(phone, address)
    field = await unlock(page)
    await field.press("End")
    await field.press_sequentially(" on toast")

    await hide_and_return(page, 4)
    await expect(field).to_have_value("marmalade on toast")
    await hide_and_return(page, 6)

    await expect_locked(page)
    await type_pin(page)
    await expect(field).to_have_value("marmalade on toast")
    await expect(field).to_be_focused()
    assert page.url == address


async def test_chosen_so_it_asks_at_once(server: Server, open_phone: OpenPhone) -> None:
    phone, _ = await locked_phone(open_phone, server, after=0)
    page = await page_with_clock(phone, f"{server.url}/en/notes/")
    await type_pin(page)
    await expect(page.locator(".entry")).to_have_count(1)

    await hide_and_return(page, 0)

    await expect_locked(page)


async def test_words_that_can_not_be_stored_wait_behind_the_lock(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, address = await locked_phone(open_phone, server)
    page = await page_with_clock(phone, address)
    field = await unlock(page)
    await page.evaluate(
        """() => {
          window.put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }"""
    )
    await field.fill("marmalade and rhubarb")

    await hide_and_return(page, 6)
    await expect_locked(page)
    await page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    await type_pin(page)

    await expect(field).to_have_value("marmalade and rhubarb")
    await page.clock.run_for(6_000)
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")


async def test_the_screen_is_covered_in_the_background_and_the_sound_goes_on(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, server)
    page = await page_of(phone, server, "recordings/soothing-rhythm-breathing")
    await page.get_by_role("button", name="Play", exact=True).first.click()
    await until(page, "() => !document.querySelector('audio:not([controls])').paused")

    await go_into_background(page)

    assert await page.evaluate(SEEN) == "0"
    assert not await page.evaluate("document.querySelector('audio:not([controls])').paused")
    await come_back(page)
    assert await page.evaluate(SEEN) == "1"


async def test_on_pages_that_never_ask_the_words_go_and_the_page_stays(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, server)
    page = await page_with_clock(phone, f"{server.url}/en/")
    await page.clock.run_for(2_000)
    await page.get_by_role("button", name="Open the lock").click()
    await type_pin(page)
    await expect(page.get_by_text("Carry on writing")).to_be_visible()

    await hide_and_return(page, 6)
    await page.clock.run_for(2_000)

    await expect(page.get_by_text("What you wrote is locked.")).to_be_visible()
    assert await page.evaluate(SEEN) == "1"
    await expect(page.get_by_text("Carry on writing")).to_have_count(0)
