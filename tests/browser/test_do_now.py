"""Starting a short exercise from the home page with one tap."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPhone, ready_for_flight, until
from tests.browser.listen import PAUSED, follow, listening_to, now, plays
from tests.server import Server

pytestmark = pytest.mark.browser


async def open_home(open_phone: OpenPhone, server: Server, **options: object) -> Page:
    context = await open_phone(**options)
    page = await context.new_page()
    await page.goto(f"{server.url}/en/")
    await expect_do_now(page)
    return page


async def expect_do_now(page: Page) -> None:
    """Wait until a tap on an exercise starts it. Before that, the link opens its page."""
    await expect(page.locator("[data-module=do-now][data-started]")).to_have_count(1)


async def go_home(page: Page) -> None:
    """Go to the home page while a recording plays."""
    await follow(page, page.locator(".bar a").first, "Home")
    await expect_do_now(page)


async def test_one_tap_begins_the_short_exercise_and_shows_its_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_home(open_phone, shared_server)
    await page.evaluate("window.sameDocument = true")

    await page.get_by_role("link", name="Settle for 2 minutes").click()
    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))
    await plays(page)

    assert page.url.endswith("/en/recordings/soothing-rhythm-breathing#short")
    assert "-short-" in await page.evaluate("document.querySelector('audio').src")
    assert await page.evaluate("window.sameDocument")
    await expect(page.locator(".player .play")).to_have_accessible_name("Pause")
    await expect(page.locator("input[value=short]")).to_be_checked()


async def test_there_is_one_without_the_breath(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_home(open_phone, shared_server)

    await page.get_by_role("link", name="Without the breath").click()
    await expect(page).to_have_title(re.compile("^Grounding without the breath"))
    await plays(page)

    assert "-short-" in await page.evaluate("document.querySelector('audio').src")


async def test_the_short_exercise_that_was_used_last_is_offered_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, shared_server, "recordings/compassion-break#short")
    await page.goto(f"{shared_server.url}/en/")

    card = page.get_by_role("link", name="Settle for 1 minute")
    await expect(card).to_contain_text("Compassion break")
    await card.click()

    await expect(page).to_have_title(re.compile("^Compassion break"))
    await plays(page)


async def test_no_demanding_exercise_is_offered_first(
    whole_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, whole_server, "recordings/meeting-the-critic")
    await until(page, "JSON.parse(localStorage.listening).last?.slug === 'meeting-the-critic'")

    await page.goto(f"{whole_server.url}/en/")
    await expect_do_now(page)

    card = page.locator("[data-module=do-now] a.go")
    await expect(card).to_contain_text("Soothing rhythm breathing")


async def test_what_goes_on_already_is_not_begun_anew(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(
        await open_phone(), shared_server, "recordings/soothing-rhythm-breathing#short"
    )
    await page.locator("[data-words=short] [data-phrase]").nth(4).click()
    await until(page, "document.querySelector('audio').currentTime > 15")
    position = await now(page)
    await go_home(page)

    await page.get_by_role("link", name="Settle for 2 minutes").click()
    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))

    await plays(page)
    assert await now(page) > position


async def test_it_takes_the_place_of_something_else(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server, "recordings/safe-place")
    await go_home(page)

    await page.get_by_role("link", name="Settle for 2 minutes").click()
    await until(page, "document.querySelector('audio').src.includes('soothing')")

    await plays(page)


@pytest.mark.flight
async def test_with_the_server_stopped_the_words_are_there(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await open_home(open_phone, server)
    await ready_for_flight(page)
    server.stop()

    await page.get_by_role("link", name="Settle for 2 minutes").click()

    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("[data-words=short]")).to_be_visible()
    assert await page.evaluate(PAUSED)


@pytest.mark.flight
async def test_with_the_server_stopped_a_saved_one_plays(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await open_home(open_phone, server)
    await ready_for_flight(page)
    await page.goto(f"{server.url}/en/recordings/soothing-rhythm-breathing#short")
    await page.get_by_role("button", name="Save on this phone").click()
    await expect(page.get_by_role("button", name="Remove from this phone")).to_be_visible()
    await page.goto(f"{server.url}/en/")
    await expect(page.locator("[data-module=do-now][data-started]")).to_have_count(1)
    server.stop()

    await page.get_by_role("link", name="Settle for 2 minutes").click()
    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))

    await plays(page)
    assert "/saved/" in await page.evaluate("document.querySelector('audio').src")


async def test_without_scripts_it_is_a_link(shared_server: Server, open_phone: OpenPhone) -> None:
    context = await open_phone(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/")

    await page.get_by_role("link", name="Settle for 2 minutes").click()

    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))
