"""The way round: how many taps it takes from the home page to what people look for."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import page_of, started
from tests.browser.conftest import OpenPhone
from tests.browser.listen import plays
from tests.server import Server

pytestmark = pytest.mark.browser
SECTIONS = {
    "Home": ("", "this-week"),
    "Read": ("learn/", "learn/three-systems", "programme"),
    "Listen": ("recordings/", "recordings/safe-place", "recordings/my-letter"),
    "Write": (
        "worksheets/",
        "worksheets/three-circles",
        "notes/",
        "notes/appointment",
        "notes/over-time",
        "notes/practice",
    ),
    "Help": ("help",),
}


async def home_of(open_phone: OpenPhone, server: Server) -> Page:
    page = await page_of(await open_phone(), server, "")
    await started(page)
    return page


def in_bar(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)


async def test_the_bar_names_five_things_and_marks_where_one_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(java_script_enabled=False)).new_page()

    for name, paths in SECTIONS.items():
        for path in paths:
            await page.goto(f"{shared_server.url}/en/{path}")
            bar = page.locator(".bar a")
            assert [text.strip() for text in await bar.all_inner_texts()] == list(SECTIONS)
            assert await page.locator(".bar [aria-current]").inner_text() == name, path


@pytest.mark.parametrize("name", SECTIONS)
async def test_a_page_is_called_what_the_bar_calls_it(
    shared_server: Server, open_phone: OpenPhone, name: str
) -> None:
    page = await home_of(open_phone, shared_server)

    await in_bar(page, name).click()

    await expect(page).to_have_title(f"{name} – Hearth")


async def test_an_exercise_is_one_tap_away(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await home_of(open_phone, shared_server)

    await page.get_by_role("link", name="Settle for 2 minutes").click()

    await plays(page)


async def test_a_line_of_the_diary_is_two_taps_away(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await home_of(open_phone, shared_server)

    await in_bar(page, "Write").click()
    await page.get_by_role("main").get_by_role("link", name="Practice diary").click()

    await expect(page.get_by_label("What did you practise?")).to_be_editable()


async def test_my_notes_are_two_taps_away(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await home_of(open_phone, shared_server)

    await in_bar(page, "Write").click()
    await page.get_by_role("main").get_by_role("link", name="My notes").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("My notes")
    await page.get_by_role("main").get_by_role("link", name="Write", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Write")


async def test_a_crisis_line_is_one_tap_away_and_in_sight(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await home_of(open_phone, shared_server)

    await in_bar(page, "Help").click()

    await expect(page.locator("a[href^='tel:']").first).to_be_in_viewport(ratio=1)


async def test_the_size_of_the_text_is_two_taps_away(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await home_of(open_phone, shared_server)

    await page.get_by_role("banner").get_by_role("link", name="Text and colours").click()
    await page.get_by_role("button", name="Larger text").click()

    assert await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 17


async def test_the_weeks_are_two_taps_away(whole_server: Server, open_phone: OpenPhone) -> None:
    page = await home_of(open_phone, whole_server)

    await in_bar(page, "Read").click()
    await page.get_by_role("main").get_by_role("link", name="Week by week").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Week by week")
    await expect(page.locator(".week").first).to_be_visible()
