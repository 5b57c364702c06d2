"""Moving between pages while a recording plays: titles, focus, scroll positions, Back, Forward."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import held_back, idle, note_idle, open_part, requests_of
from tests.browser.conftest import OpenPhone, until
from tests.browser.listen import (
    PAUSED,
    RECORDING,
    bar,
    follow,
    is_same_document,
    listening_to,
    mini,
    play,
    plays,
)
from tests.server import Server

pytestmark = pytest.mark.browser


async def expect_title(page: Page, title: str) -> None:
    await expect(page).to_have_title(re.compile(f"^{re.escape(title)} – "))


async def test_a_new_page_has_its_title_description_mark_and_focus(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)

    await follow(page, bar(page, "Help"), "Help")

    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    await expect(page.locator("[data-arrived]")).to_have_text("Help – Hearth")
    await expect(page.locator(".bar [aria-current]")).to_have_text("Help")
    assert page.url == f"{shared_server.url}/en/help"
    await follow(page, bar(page, "Listen"), "Listen")
    await follow(page, page.get_by_role("link", name="Safe place"), "Safe place")
    description = page.locator("meta[name=description]")
    await expect(description).to_have_attribute("content", re.compile("place"))
    await expect(page.locator("main")).to_have_count(1)
    assert await is_same_document(page)


async def test_a_page_that_was_swapped_in_works_like_one_that_was_loaded(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(
        page, page.get_by_role("contentinfo").get_by_role("link", name="Settings"), "Settings"
    )
    reading = page.get_by_role("main").get_by_role("link", name="Text and colours")
    await follow(page, reading, "Text and colours")

    await open_part(page, "colours")
    await page.get_by_label("Dark", exact=True).check()

    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert await is_same_document(page)


async def test_back_and_forward_bring_pages_and_places_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await page.evaluate("scrollTo(0, 200)")
    await follow(page, bar(page, "Home"), "Home")
    await page.evaluate("scrollTo(0, 120)")
    # Playwright's own click may scroll.
    await page.get_by_role("link", name="What is CFT?").evaluate("(link) => link.click()")
    await expect_title(page, "What is CFT?")
    assert await page.evaluate("scrollY") == 0
    await page.evaluate("scrollTo(0, 300)")

    await page.go_back()
    await expect_title(page, "Home")
    await until(page, "scrollY === 120")
    await page.go_back()
    await expect_title(page, "Soothing rhythm breathing")
    await until(page, "scrollY === 200")
    await expect(mini(page)).to_be_hidden()
    await page.go_forward()
    await expect_title(page, "Home")
    await until(page, "scrollY === 120")
    await page.go_forward()
    await expect_title(page, "What is CFT?")

    await until(page, "scrollY === 300")
    await plays(page)
    assert await is_same_document(page)


async def test_back_and_forward_are_right_when_the_player_was_closed_meanwhile(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Home"), "Home")
    await follow(page, bar(page, "Help"), "Help")
    await mini(page).get_by_role("button", name="Stop and close").click()

    await page.go_back()
    await expect_title(page, "Home")
    await expect(
        page.get_by_role("heading", level=1, name="What would help right now?")
    ).to_be_visible()
    await page.go_back()
    await expect_title(page, "Soothing rhythm breathing")

    assert await page.evaluate(PAUSED)
    await expect(page.locator(".player .play")).to_have_accessible_name("Play")


async def test_back_and_forward_are_right_after_a_reload(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Home"), "Home")
    await follow(page, bar(page, "Help"), "Help")
    await page.reload()

    await page.go_back()
    await expect_title(page, "Home")
    await expect(
        page.get_by_role("heading", level=1, name="What would help right now?")
    ).to_be_visible()
    await page.go_forward()

    await expect_title(page, "Help")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Help")


async def test_back_is_right_while_the_scripts_of_a_reload_are_still_on_their_way(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    # English needs no translations, which come first.
    page = await listening_to(await open_phone(), shared_server, locale="ar")
    await page.locator(".bar a").first.click()
    await until(page, "location.pathname === '/ar/'")
    home_title = await page.title()
    await page.locator(".bar a").last.click()
    await until(page, "location.pathname === '/ar/help'")
    released = await held_back(page, "**/ar/messages.json")
    async with page.expect_request("**/ar/messages.json"):
        await page.reload(wait_until="commit")
    await page.wait_for_load_state()

    await page.go_back(wait_until="commit")
    released.set()

    await expect(page).to_have_title(home_title)
    await expect(page.locator(".home").first).to_be_visible()


async def test_steps_of_a_worksheet_stay_steps_of_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My three circles"), "My three circles")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("[data-kicker]")).to_contain_text("step 3")

    await page.go_back()
    await expect(page.locator("[data-kicker]")).to_contain_text("step 2")
    await follow(page, bar(page, "Home"), "Home")
    await page.go_back()
    await expect_title(page, "My three circles")
    await expect(page.locator("[data-kicker]")).to_contain_text("step 2")
    await page.go_back()
    await expect(page.locator("[data-kicker]")).to_contain_text("step 1")
    await page.go_back()

    await expect_title(page, "Write")
    assert await is_same_document(page)


async def test_a_fragment_is_gone_to(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Home"), "Home")
    await page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "/en/recordings/safe-place#words-title";
          link.textContent = "The words";
          document.querySelector("main").prepend(link);
        }"""
    )

    await follow(page, page.get_by_role("link", name="The words"), "Safe place")

    assert page.url.endswith("#words-title")
    await until(page, "scrollY > 100")


async def test_a_link_to_the_short_version_opens_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Home"), "Home")
    await page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "/en/recordings/safe-place#short";
          link.textContent = "Shortly";
          document.querySelector("main").prepend(link);
        }"""
    )

    await follow(page, page.get_by_role("link", name="Shortly"), "Safe place")

    await expect(page.locator("input[value=short]")).to_be_checked()
    assert not await page.evaluate(PAUSED)


async def test_the_last_of_two_quick_taps_counts(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    # With a service worker, pages would be shown without a request.
    page = await listening_to(await open_phone(service_workers="block"), shared_server)
    urls = requests_of(page)
    home = f"{shared_server.url}/en/"
    released = await held_back(page, home)

    async with page.expect_request(home):
        await bar(page, "Home").click()
    # A page can't be shown any more after its request was cancelled.
    async with page.expect_event("requestfailed", lambda request: request.url == home):
        await bar(page, "Write").click()
    released.set()

    await expect_title(page, "Write")
    assert page.url == f"{shared_server.url}/en/worksheets/"
    assert urls.count(home) == 1
    assert await is_same_document(page)


async def test_hiding_the_page_is_instant_and_real(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Help"), "Help")

    await page.get_by_role("link", name="Hide this page").click()

    await page.wait_for_url("**/en/hidden")
    await expect(page.get_by_role("heading", name="Practice", exact=True)).to_be_visible()
    assert not await is_same_document(page)
    assert await page.locator("audio").count() == 0


async def test_another_language_is_really_opened(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await page.evaluate("document.querySelector('.foot a[href$=\"settings/language\"]').click()")
    await page.wait_for_url("**/en/settings/language#**")
    assert not await is_same_document(page)

    await page.get_by_role("link", name="العربية").click()

    await expect(page.locator("html")).to_have_attribute("lang", "ar")


async def test_nothing_is_swapped_before_anything_was_started(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    # With a service worker, a page fetches every script of the app.
    page = await (await open_phone(service_workers="block")).new_page()
    await note_idle(page)
    urls = requests_of(page)
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await idle(page)
    await page.evaluate("window.sameDocument = true")

    await follow(page, bar(page, "Help"), "Help")
    await idle(page)

    # The router is loaded only when a sound starts (audio/listening.js) or a lock opens
    # (session/lock-manager.js). Neither can have happened: nobody pressed Play and no lock is set.
    assert not await is_same_document(page)
    assert router_scripts(urls) == []
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await play(page)
    assert router_scripts(urls) == ["mini-player", "router"]


def router_scripts(urls: list[str]) -> list[str]:
    """Return the names of the requested scripts that swap pages."""
    matches = [re.search(r"/js/(router|mini-player)-", url) for url in urls]
    return sorted({match[1] for match in matches if match})


async def test_arabic_pages_are_swapped_from_right_to_left(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server, locale="ar")

    await page.locator(".bar a").nth(4).click()
    await until(page, "location.pathname === '/ar/help'")

    await expect(page.locator("main h1")).to_be_focused()
    assert await is_same_document(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
