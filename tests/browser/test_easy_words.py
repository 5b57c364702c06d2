"""The choice between the full text of a page or a worksheet and its easy words."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import open_part, page_of, started
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
)
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "learn/three-systems"
SHEET = "worksheets/many-selves"
FULL, EASY = ".in-full", ".in-easy-words"
EASY_HINT = "What does the anger want to do? Why does it want that?"


async def choose(page: Page, name: str) -> None:
    await page.get_by_role("radio", name=name).check()


async def expect_only(page: Page, shown: str, hidden: str) -> None:
    await expect(page.locator(shown)).to_be_visible()
    await expect(page.locator(hidden)).to_be_hidden()


async def test_easy_words_stay_chosen_on_every_page_that_has_them(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    await expect_only(page, FULL, EASY)

    await choose(page, "Easy words")

    await expect_only(page, EASY, FULL)
    await page.goto(f"{shared_server.url}/en/learn/when-practice-is-hard")
    await expect_only(page, EASY, FULL)
    await expect(page.get_by_role("radio", name="Easy words")).to_be_checked()
    # This page has no easy words.
    await page.goto(f"{shared_server.url}/en/learn/what-is-cft")
    await expect(page.locator("article.prose > h2").first).to_be_visible()
    await expect(page.get_by_role("radio")).to_have_count(0)

    await page.goto(f"{shared_server.url}/en/{PATH}")
    await choose(page, "Full text")

    await expect_only(page, FULL, EASY)
    await page.reload()
    await expect_only(page, FULL, EASY)


async def test_the_panel_and_the_page_show_the_same_choice(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    await page.get_by_role("banner").get_by_role("link", name="Text and colours").click()
    panel = page.get_by_role("dialog", name="Text and colours")
    await open_part(panel, "words")

    await panel.get_by_role("radio", name="Easy words").check()

    await expect(page.locator("main").get_by_role("radio", name="Easy words")).to_be_checked()


async def test_the_choice_is_among_text_and_colours_and_keeps_the_others(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/reading")
    await open_part(page, "colours")
    await page.get_by_label("Dark", exact=True).check()
    await open_part(page, "words")
    await choose(page, "Easy words")
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await expect_only(page, EASY, FULL)

    await choose(page, "Full text")

    await page.reload()
    await expect_only(page, FULL, EASY)
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"


async def test_a_worksheet_is_explained_in_easy_words_and_described_by_them_alone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, SHEET)
    intro = page.locator(".intro").first
    await expect(intro.locator(FULL)).to_be_visible()
    await expect(intro.locator(EASY)).to_be_hidden()

    await choose(page, "Easy words")

    await expect(intro.locator(EASY)).to_be_visible()
    await expect(intro.locator(FULL)).to_be_hidden()
    await page.get_by_role("button", name="Next").click()
    need = page.locator("#answer-angry_need")
    await expect(need).to_have_accessible_description(EASY_HINT)
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await expect_only(page, EASY, FULL)


async def test_without_scripts_a_worksheet_is_explained_in_full(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(java_script_enabled=False), shared_server, SHEET)
    intro = page.locator(".intro").first

    await expect(intro.locator(FULL)).to_be_visible()
    await expect(intro.locator(EASY)).to_be_hidden()
    await expect(page.get_by_role("radio", name="Easy words")).to_have_count(0)


@pytest.mark.flight
async def test_easy_words_are_there_in_flight_mode(server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), server, "")
    await ready_for_flight(page)
    server.stop()

    await page.goto(f"{server.url}/en/{PATH}")
    await choose(page, "Easy words")

    await expect_only(page, EASY, FULL)


async def test_without_scripts_the_easy_words_stand_below_the_full_text(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(java_script_enabled=False), shared_server, PATH)

    await page.get_by_role("link", name="Easy words").click()

    await expect(page.locator(FULL)).to_be_visible()
    await expect(page.locator(EASY)).to_be_in_viewport()
    await expect(page.get_by_role("heading", name="Easy words")).to_be_visible()
    await expect(page.get_by_role("radio")).to_have_count(0)


@pytest.mark.parametrize("path", [PATH, SHEET])
@in_every_look
async def test_easy_words_are_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str, path: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await page_of(phone, shared_server, path, locale)
    await started(page)
    await page.locator("input[value=easy]").check()
    await expect(page.locator(EASY).first).to_be_visible()
    await expect(page.locator(FULL).first).to_be_hidden()

    await expect_narrow_and_accessible(page)
