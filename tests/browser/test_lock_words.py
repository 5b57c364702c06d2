"""Text that is written on a page that doesn't ask for the PIN or doesn't know of the lock."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import QUESTION, STEP, held_back, open_notes, page_of
from tests.browser.conftest import OpenPhone, until
from tests.browser.kept import script_address
from tests.browser.locking import expect_locked, keys_in_storage, locked_phone, type_pin
from tests.server import Server

pytestmark = pytest.mark.browser
LOCK_SCREEN_SCRIPT = "**/static/js/lock-screen.component-*"
# Offers to open the lock, as a component does that waits for it.
WANT = "async (address) => void (await (await import(address)).lockManager().wanted())"


async def test_words_written_beside_a_closed_lock_wait_for_it_to_open(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    page = await phone.new_page()
    release_line = await held_back(page, LOCK_SCREEN_SCRIPT)
    await page.goto(f"{shared_server.url}/en/recordings/soothing-rhythm-breathing")
    slider = page.get_by_label("Before listening", exact=True)
    await slider.focus()
    await slider.press("ArrowRight")
    await slider.press("ArrowRight")
    release_line.set()
    await page.get_by_role("button", name="Open the lock").click()
    await expect_locked(page)

    await type_pin(page)

    await expect(slider).to_have_value("2")
    await expect(page.locator(".practice [data-save-line]")).to_contain_text("Saved on this phone")
    await expect(page.get_by_text("What you wrote is locked.")).to_have_count(0)


async def test_a_press_from_before_the_line_of_the_lock_is_shown_leaves_the_page_in_place(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    page = await phone.new_page()
    await page.clock.install()
    release_line = await held_back(page, LOCK_SCREEN_SCRIPT)
    await page.goto(f"{shared_server.url}/en/recordings/soothing-rhythm-breathing")
    slider = page.get_by_label("Before listening", exact=True)
    await slider.press("ArrowRight")
    await expect(page.locator(".lock-line")).to_be_attached()
    # The lock no longer treats the page as newly opened.
    await page.clock.run_for(2_000)
    await slider.press("ArrowRight")

    await page.evaluate(WANT, script_address("session/lock-manager.js"))

    release_line.set()
    await expect(page.get_by_text("What you wrote is locked.")).to_be_visible()
    await expect(slider).to_have_value("2")


async def test_a_browser_that_forgot_its_hints_finds_the_lock_before_it_writes(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, address = await locked_phone(open_phone, server)
    page = await page_of(phone, server, "settings/reading")
    await until(page, "() => document.querySelector('[data-module=reading][data-started]')")
    await page.evaluate("localStorage.clear()")
    await page.goto(address.split("#")[0] + f"#{STEP}")
    field = page.get_by_label(QUESTION)
    await expect(field).to_be_enabled()
    # Focus and fill the field in one script: the app finds the lock as soon as the field is used,
    # before a test could type.
    await field.evaluate(
        """(field) => {
          field.focus();
          field.value = "rhubarb";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    await expect_locked(page)

    await type_pin(page)

    await expect(page.get_by_label(QUESTION)).to_have_value("rhubarb")
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    assert await keys_in_storage(page) == [["wrapped"]]
    await page.close()
    page = await open_notes(phone, server)
    await type_pin(page)
    await expect(page.locator(".entry")).to_have_count(2)
