"""Helpers that set, open and close the lock, for tests of what it protects."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import page_of
from tests.browser.conftest import OpenPhone
from tests.browser.kept import bare_page, keep_note, script_address
from tests.server import Server

PIN = "271828"
SEEN = "getComputedStyle(document.body).opacity"
LOCKED = "Your notes are locked"
# Sets a PIN as the settings page does, but without that page.
SET = """async ([address, pin, after]) => {
  const { lockManager } = await import(address);
  await lockManager().lock.set(pin, { kind: "digits" });
  await lockManager().setAfter(after);
}"""


async def set_lock(
    phone: BrowserContext, server: Server, *, after: str = "After 5 minutes", locale: str = "en"
) -> Page:
    """Set a PIN on the settings page. Return that page, in which the lock is open."""
    page = await page_of(phone, server, "settings/lock", locale)
    await page.locator("#pin").fill(PIN)
    await page.locator("#again").fill(PIN)
    if locale == "en":
        await page.get_by_label(after).check()
    await page.locator(".lock form [type=submit]").click()
    await expect(page.locator("[data-do=close]")).to_be_visible()
    return page


async def locked_phone(
    open_phone: OpenPhone, server: Server, *, after: int = 5
) -> tuple[BrowserContext, str]:
    """Open a phone with a note and a closed lock. Return the phone and the URL of the note.

    The app asks for the PIN again after it was in the background for `after` minutes.
    """
    phone = await open_phone()
    page = await bare_page(phone, server)
    address = await keep_note(page, "marmalade")
    await put_lock(page, after)
    await page.close()
    return phone, address


async def put_lock(page: Page, after: int = 5) -> None:
    """Set the PIN without the settings page. The lock is open until this page is closed."""
    await page.evaluate(SET, [script_address("session/lock-manager.js"), PIN, after])


async def type_pin(page: Page, pin: str = PIN) -> None:
    await page.get_by_label("Your PIN").fill(pin)
    await page.get_by_label("Your PIN").press("Enter")


async def expect_locked(page: Page) -> None:
    await expect(page.get_by_role("heading", name=LOCKED)).to_be_visible()
    assert "marmalade" not in await page.content()


async def page_with_clock(phone: BrowserContext, address: str) -> Page:
    """Open a page with a clock that the test can move forward."""
    page = await phone.new_page()
    await page.clock.install()
    await page.goto(address)
    return page


async def go_into_background(page: Page) -> None:
    await page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


async def come_back(page: Page) -> None:
    await page.evaluate(
        """() => {
          delete document.hidden;
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


async def hide_and_return(page: Page, minutes: float = 0) -> None:
    """Send the app into the background. Bring it back `minutes` later, by the page's own clock."""
    await go_into_background(page)
    if minutes:
        await page.clock.fast_forward(int(minutes * 60_000))
    await come_back(page)


async def keys_in_storage(page: Page) -> list[list[str]]:
    """Return the field names of each stored key: `["secret"]` or `["wrapped"]`."""
    return list(
        await page.evaluate(
            """() => new Promise((resolve, reject) => {
              const opening = indexedDB.open("hearth");
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const asked = opening.result.transaction("keys").objectStore("keys").getAll();
                asked.onsuccess = () => {
                  opening.result.close();
                  resolve(asked.result.map((row) => Object.keys(row)));
                };
              };
            })"""
        )
    )
