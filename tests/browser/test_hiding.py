"""Hiding on a shared phone: the page that hides the app, and the neutral name."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import QUESTION, STEP, held_back, page_of, stop_time, write_note
from tests.browser.conftest import OpenPhone, ready_for_flight, until, violations
from tests.browser.listen import listening_to
from tests.browser.locking import SEEN, expect_locked, set_lock
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.browser
HARMLESS = "Practice"


async def hide(page: Page) -> None:
    await page.get_by_role("link", name="Hide this page").click()


async def go_to_notes(page: Page) -> None:
    await page.locator(".bar a").filter(has_text="Write").click()
    await page.get_by_role("main").get_by_role("link", name="My notes").click()


async def expect_hidden(page: Page) -> None:
    await page.wait_for_url("**/hidden")
    await expect(page.get_by_role("heading", name=HARMLESS)).to_be_visible()
    await expect(page).to_have_title(HARMLESS)
    assert await page.locator("body").inner_text() == HARMLESS


async def test_one_tap_hides_every_tab_and_stores_the_last_words(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    address = await write_note(phone, server, "marmalade")
    reading = await page_of(phone, server, "learn/three-systems")
    await expect(reading.locator("main h1")).to_be_visible()
    # From then on, this tab hears from the others.
    await expect(reading.locator("[data-module=hide]")).to_have_attribute("data-started", "")
    writing = await phone.new_page()
    await writing.goto(address)
    await expect(writing.get_by_label(QUESTION)).to_have_value("marmalade")
    await writing.get_by_label(QUESTION).press_sequentially(" on toast")

    await hide(writing)

    await expect_hidden(writing)
    await expect_hidden(reading)
    await writing.goto(address)
    await expect(writing.get_by_label(QUESTION)).to_have_value("marmalade on toast")


async def test_back_does_not_bring_it_up_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, "")
    await page.goto(f"{shared_server.url}/en/notes/")
    await page.goto(f"{shared_server.url}/en/help")
    await hide(page)
    await expect_hidden(page)

    await page.go_back()
    await expect_hidden(page)
    await page.get_by_role("link", name=HARMLESS).click()

    await page.wait_for_url("**/en/")
    await expect(page.locator("main h1")).to_be_visible()


async def test_the_eye_hides_every_tab_also_before_the_scripts_of_its_page_are_here(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    reading = await page_of(phone, shared_server, "learn/three-systems")
    await expect(reading.locator("[data-module=hide]")).to_have_attribute("data-started", "")
    page = await page_of(phone, shared_server, "")
    released = await held_back(page, "**/static/js/main-*")
    await page.goto(f"{shared_server.url}/en/help", wait_until="commit")

    await hide(page)

    await expect_hidden(page)
    await expect_hidden(reading)
    released.set()
    await page.go_back()
    await expect_hidden(page)


async def test_escape_hides_when_it_is_pressed_three_times_quickly(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await stop_time(phone)
    page = await page_of(phone, shared_server, "help")
    await expect(page.locator("[data-module=hide]")).to_have_attribute("data-started", "")

    await page.keyboard.press("Escape")
    await phone.clock.run_for(3_000)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    # Hiding changes the title while the key press is still being handled (hide.component.js).
    assert (await page.title()).startswith("Help")
    assert await page.evaluate(SEEN) == "1"
    await page.keyboard.press("Escape")

    await expect_hidden(page)


async def test_words_that_can_not_be_stored_stay_unseen_in_their_place(
    server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), server, f"worksheets/three-circles#{STEP}")
    await page.get_by_label(QUESTION).fill("marmalade")
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    await page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }"""
    )
    await page.get_by_label(QUESTION).fill("rhubarb")

    await hide(page)

    assert await page.evaluate(SEEN) == "0"
    await expect(page).to_have_title("Practice")
    back = page.get_by_role("button", name=HARMLESS)
    await expect(back).to_be_focused()
    await back.click()
    await expect(page.get_by_label(QUESTION)).to_have_value("rhubarb")
    assert await page.evaluate(SEEN) == "1"


async def test_with_a_lock_the_pin_is_asked_after_hiding(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await write_note(phone, server, "marmalade")
    page = await set_lock(phone, server)
    await go_to_notes(page)
    await expect(page.locator(".entry")).to_have_count(1)

    await hide(page)
    await expect_hidden(page)
    await page.get_by_role("link", name=HARMLESS).click()
    await go_to_notes(page)

    await expect_locked(page)


async def neutral_links(page: Page) -> list[str]:
    return list(
        await page.evaluate(
            """() => ["link[rel=manifest]", "link[rel=icon]", "link[rel=apple-touch-icon]"]
              .map((one) => document.querySelector(one).getAttribute("href").split("/").at(-1))"""
        )
    )


async def be_discreet(phone: BrowserContext, server: Server) -> Page:
    page = await page_of(phone, server, "settings/privacy")
    await page.get_by_label("Neutral name and icon").check()
    return page


async def test_the_neutral_name_is_everywhere_that_others_may_see(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, "")
    assert "Hearth" in await page.title()
    page = await be_discreet(phone, shared_server)
    await expect(page).to_have_title("Practice")

    await page.goto(f"{shared_server.url}/en/learn/three-systems")

    await expect(page).to_have_title("Practice")
    manifest, icon, touch_icon = await neutral_links(page)
    assert manifest == "discreet.webmanifest"
    assert icon.startswith("neutral-")
    assert touch_icon.startswith("neutral-touch-180-")
    await expect(page.locator(".top .name")).to_have_text("Practice", use_inner_text=True)
    app_manifest = await page.evaluate(
        "fetch('/en/discreet.webmanifest').then((one) => one.json())"
    )
    assert app_manifest["name"] == "Practice"
    assert app_manifest["id"] == "/"


async def test_the_lock_screen_of_the_phone_tells_nothing_either(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await be_discreet(phone, shared_server)

    page = await listening_to(phone, shared_server)
    await until(page, "navigator.mediaSession.metadata !== null")

    metadata = await page.evaluate(
        "[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]"
    )
    assert metadata == ["Practice", ""]
    # While the sound plays, pages are swapped. Their titles are neutral, their headings are not.
    await page.locator(".bar a").filter(has_text="Help").click()
    await expect(page.get_by_role("heading", level=1, name="Help")).to_be_visible()
    await expect(page).to_have_title("Practice")
    await expect(page.locator("[data-arrived]")).to_have_text("Help")


async def test_without_it_everything_is_called_by_its_name_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await be_discreet(await open_phone(), shared_server)
    assert await violations(page) == []

    await page.get_by_label("Neutral name and icon").uncheck()

    await expect(page).to_have_title("Privacy – Hearth")
    assert (await neutral_links(page))[0] == "app.webmanifest"


@pytest.mark.flight
async def test_discreet_works_with_no_signal(server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    page = await be_discreet(phone, server)
    await ready_for_flight(page)
    server.stop()

    await page.goto(f"{server.url}/en/help")

    await expect(page).to_have_title("Practice")


async def test_a_service_can_be_discreet_for_everyone(
    serve: Serve, tmp_path: Path, open_phone: OpenPhone
) -> None:
    with ready(serve(tmp_path, "discreet = true\n")) as server:
        page = await page_of(await open_phone(), server, "settings/privacy")

        await expect(page).to_have_title("Practice")
        await expect(page.get_by_label("Neutral name and icon")).to_be_disabled()
        await expect(page.get_by_text("has chosen the neutral name and icon")).to_be_visible()
        manifest = await page.evaluate("fetch('/en/app.webmanifest').then((one) => one.json())")
        assert manifest["name"] == "Practice"
        assert "neutral" in manifest["icons"][0]["src"]


async def test_the_screen_is_covered_in_the_background_only_where_it_is_wanted(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/privacy")
    set_hidden = """(isHidden) => {
      Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
      return getComputedStyle(document.body).opacity;
    }"""
    assert await page.evaluate(set_hidden, True) == "1"
    await page.evaluate(set_hidden, False)

    await page.get_by_label("Cover the screen").check()

    assert await page.evaluate(set_hidden, True) == "0"
    assert await page.evaluate(set_hidden, False) == "1"
