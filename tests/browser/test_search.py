"""The search in everything that can be read, heard or filled in. It runs only on the phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import idle, note_idle, requests_of
from tests.browser.conftest import WIDE, OpenPhone, in_every_look, ready_for_flight, violations
from tests.server import Server

pytestmark = pytest.mark.browser
BOX = "search input"
RESULTS = "[data-results] a"


@pytest.fixture
def shared_server(whole_server: Server) -> Server:
    """Return the server with all built-in content, so that there is enough to find."""
    return whole_server


async def search_for(open_phone: OpenPhone, server: Server, words: str, locale: str = "en") -> Page:
    """Open the search page and type these words. Return the page."""
    page = await (await open_phone()).new_page()
    await page.goto(f"{server.url}/{locale}/search")
    await page.locator(BOX).fill(words)
    return page


def help_card(page: Page) -> Locator:
    return page.locator("[data-hard] .card")


async def test_results_come_as_somebody_types_with_the_words_marked(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_for(open_phone, shared_server, "")

    await page.locator(BOX).press_sequentially("safe pla")

    first_result = page.locator(RESULTS).first
    await expect(first_result).to_contain_text("Safe place")
    await expect(first_result).to_contain_text("Audio recording")
    assert await first_result.locator("b mark").all_inner_texts() == ["Safe", "place"]
    await first_result.click()
    await expect(page).to_have_url(f"{shared_server.url}/en/recordings/safe-place")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("CIRCLÉS", "My three circles"),
        ("kinder thougt", "Kinder thought record"),
        ("privacy", "Your privacy here"),
        # From the words of a recording and from a question of a worksheet.
        ("warm object", "Grounding without the breath"),
        ("what sets it off", "My three circles"),
    ],
)
async def test_titles_texts_and_slips_are_found(
    shared_server: Server, open_phone: OpenPhone, words: str, title: str
) -> None:
    page = await search_for(open_phone, shared_server, words)

    await expect(page.locator(RESULTS).filter(has_text=title)).to_have_count(1)


async def test_how_many_there_are_is_said_once_somebody_stops(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_for(open_phone, shared_server, "safe place")
    count_message = page.get_by_role("status").filter(has_text="result")

    await expect(count_message).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.locator(BOX)).to_have_value("")
    await expect(page.locator(BOX)).to_be_focused()
    await expect(page.locator(RESULTS)).to_have_count(0)


async def test_where_nothing_is_found_there_are_other_ways(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_for(open_phone, shared_server, "marmalade")

    await expect(page.get_by_role("status").filter(has_text="Nothing found")).to_be_visible()
    await expect(page.get_by_role("heading", name="Or look round")).to_be_visible()
    await expect(help_card(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "locale"),
    [
        ("i want to die", "en"),
        ("Suicid", "en"),
        ("self-harm", "en"),
        ("sucide", "en"),
        ("أريد أن أموت", "ar"),
        ("الانتحار", "ar"),
        ("i cant go on", "ar"),
    ],
)
async def test_somebody_who_may_be_in_danger_is_shown_help_first(
    shared_server: Server, open_phone: OpenPhone, words: str, locale: str
) -> None:
    page = await search_for(open_phone, shared_server, words, locale)

    await expect(help_card(page)).to_be_visible()
    await help_card(page).click()

    await expect(page).to_have_url(f"{shared_server.url}/{locale}/help")


async def test_help_first_has_the_lines_to_call_and_results_follow(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_for(open_phone, shared_server, "i hate myself i cant cope")

    lines = page.locator("[data-hard] .list a")

    await expect(lines.first).to_be_visible()
    assert await lines.evaluate_all("links => links.map((link) => link.getAttribute('href'))") == [
        "tel:999",
        "tel:116123",
        "tel:111",
        "sms:85258?&body=SHOUT",
        "tel:08082000247",
        "tel:08088010327",
        "tel:08009995428",
    ]
    await expect(page.locator(RESULTS).first).to_contain_text("self-critic")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("passcode", "settings/lock"),
        ("bigger text", "settings/reading"),
        ("what i wrote", "notes/"),
    ],
)
async def test_the_apps_own_pages_are_found(
    shared_server: Server, open_phone: OpenPhone, words: str, address: str
) -> None:
    page = await search_for(open_phone, shared_server, words)

    await page.locator(RESULTS).first.click()

    await expect(page).to_have_url(f"{shared_server.url}/en/{address}")


async def test_help_comes_first_where_the_index_cant_be_had(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    await page.route("**/search.json", lambda route: route.abort())
    await page.goto(f"{shared_server.url}/en/search")

    await page.locator(BOX).fill("anything")

    await expect(help_card(page)).to_be_visible()
    await expect(page.get_by_role("heading", name="Or look round")).to_be_visible()


async def test_nobody_learns_what_was_searched_for(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    # With a service worker, a page fetches the search page and its index again, to cache them.
    page = await (await open_phone(service_workers="block")).new_page()
    await note_idle(page)
    await page.goto(f"{shared_server.url}/en/search")
    # From here on, the page sends requests only when the user does something.
    await idle(page)
    requested = requests_of(page)

    await page.locator(BOX).press_sequentially("shame")
    await page.keyboard.press("Enter")
    await expect(page.locator(RESULTS).first).to_be_visible()

    assert [url for url in requested if "shame" in url or "search" in url] == []
    assert page.url == f"{shared_server.url}/en/search"
    assert await page.evaluate("history.length") == 2
    stored = await page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "shame" not in stored


@pytest.mark.flight
async def test_with_the_server_stopped_it_searches(open_phone: OpenPhone, server: Server) -> None:
    page = await search_for(open_phone, server, "")
    await ready_for_flight(page)
    server.stop()

    await page.reload()
    await page.locator(BOX).fill("breath")

    await expect(page.locator(RESULTS).first).to_contain_text("breathing")


async def test_in_arabic_the_article_and_vowel_signs_make_no_difference(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_for(open_phone, shared_server, "تنفس", "ar")
    await expect(page.locator("[data-results] mark").first).to_contain_text("فّس")
    first_address = await page.locator(RESULTS).first.get_attribute("href")

    await page.locator(BOX).fill("التَّنَفُّس")

    await expect(page.locator(RESULTS).first).to_have_attribute("href", first_address or "")


@in_every_look
async def test_axe_finds_nothing_in_the_results(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    page = await (await open_phone(color_scheme=scheme, reduced_motion="reduce")).new_page()
    await page.goto(f"{shared_server.url}/{locale}/search")
    await page.locator(BOX).fill("CFT suicide انتحار" if locale == "ar" else "die safe")
    await expect(page.locator(RESULTS).first).to_be_visible()

    assert await violations(page) == []


async def test_the_way_there_is_on_every_page_and_by_keyboard(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(viewport=WIDE)).new_page()
    await page.goto(f"{shared_server.url}/en/learn/three-systems")

    await page.get_by_role("banner").get_by_role("link", name="Search").press("Enter")
    await page.wait_for_url("**/en/search")
    await page.locator(BOX).focus()
    await page.keyboard.type("critic")
    await expect(page.locator(RESULTS).first).to_be_visible()
    await page.keyboard.press("Tab")  # the clear button
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_contain_text("critic")


async def test_without_scripts_there_are_the_lists(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(java_script_enabled=False)).new_page()
    await page.goto(f"{shared_server.url}/en/search")

    await expect(page.get_by_text("searching needs them")).to_be_visible()
    await expect(page.locator(BOX)).to_be_hidden()
    await page.get_by_role("main").get_by_role("link", name="Read", exact=True).click()

    await expect(page).to_have_url(f"{shared_server.url}/en/learn/")
