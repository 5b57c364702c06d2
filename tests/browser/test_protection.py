"""Settings and Privacy say whether the lock and the backup are on."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import page_of, see_backed_up, turned_on, write_note
from tests.browser.conftest import OpenPhone, until
from tests.browser.locking import set_lock
from tests.server import Server

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("path", ["settings/", "settings/privacy"])
# Notes each text that the line shows while it is visible.
SHOWN = """document.addEventListener("DOMContentLoaded", () => {
  window.shown = new Set();
  const look = () => {
    for (const line of document.querySelectorAll("[data-of]"))
      if (line.checkVisibility({ visibilityProperty: true })) shown.add(line.textContent);
    requestAnimationFrame(look);
  };
  look();
});"""


def line(page: Page, of: str) -> Locator:
    return page.locator(f"[data-of={of}]")


@BOTH
async def test_without_lock_and_backup_the_lines_offer_them(
    shared_server: Server, open_phone: OpenPhone, path: str
) -> None:
    page = await page_of(await open_phone(), shared_server, path)

    await expect(line(page, "backup")).to_be_visible()
    await expect(line(page, "backup")).to_have_text("A locked copy, if you want one")
    await expect(line(page, "lock")).to_be_visible()
    await expect(line(page, "lock")).not_to_contain_text("On")


@BOTH
async def test_a_lock_that_is_on_is_never_said_to_be_off(
    shared_server: Server, open_phone: OpenPhone, path: str
) -> None:
    phone = await open_phone()
    await (await set_lock(phone, shared_server)).close()
    page = await phone.new_page()
    await page.add_init_script(SHOWN)

    await page.goto(f"{shared_server.url}/en/{path}")

    await expect(line(page, "lock")).to_be_visible()
    await expect(line(page, "lock")).to_have_text("On, with a PIN")
    await until(page, "shown.has('On, with a PIN')")
    assert not [text for text in await page.evaluate("[...shown]") if "PIN, if" in text]


async def test_a_lock_that_another_tab_sets_shows_at_once(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, "settings/")
    await expect(line(page, "lock")).to_be_visible()

    await set_lock(phone, shared_server)

    await expect(line(page, "lock")).to_have_text("On, with a PIN")


@BOTH
async def test_a_backup_that_is_on_says_when_it_was_last_made(
    server: Server, open_phone: OpenPhone, path: str
) -> None:
    phone = await open_phone()
    await write_note(phone, server, "marmalade")
    page, _ = await turned_on(phone, server)
    await see_backed_up(page, server)
    await page.close()

    page = await page_of(phone, server, path)

    await expect(line(page, "backup")).to_be_visible()
    await expect(line(page, "backup")).to_have_text("On, last backed up 1 minute ago")


async def test_behind_a_closed_lock_the_backup_is_still_said_to_be_on(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page, _ = await turned_on(phone, server)
    await page.close()
    await (await set_lock(phone, server)).close()

    page = await page_of(phone, server, "settings/")

    await expect(line(page, "backup")).to_be_visible()
    await expect(line(page, "backup")).to_contain_text("On")
