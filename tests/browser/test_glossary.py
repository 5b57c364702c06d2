"""Words that are explained where they stand, for readers who have chosen so."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.acts import open_part, page_of, requests_of, started
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    until,
)
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "learn/three-systems"
CHOOSE = """choices => {
  localStorage.setItem("reading", JSON.stringify(choices));
  document.dispatchEvent(new CustomEvent("reading-changed", { detail: choices }));
}"""
# The first one on this page is in a closed part.
TERM = ".term:visible"
# Elements in which no word may be marked.
LEFT_ALONE = ":is(h1, h2, h3, a, button, label, summary, main [lang], .words) .term"


WORDS_ARE_READ = """
  performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/words"))
"""


async def choose(page: Page, **choices: str) -> None:
    await page.evaluate(CHOOSE, choices)


async def explained(phone: BrowserContext, server: Server, path: str, locale: str = "en") -> Page:
    """Open a page with its words explained."""
    stored = json.dumps(json.dumps({"glossary": "on"}))
    await phone.add_init_script(f"localStorage.setItem('reading', {stored})")
    page = await page_of(phone, server, path, locale)
    await started(page)
    await expect(page.locator(TERM).first).to_be_visible()
    return page


def word(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


async def test_a_tapped_word_shows_its_meaning_and_a_way_to_more(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH)

    await word(page, "CFT").click()

    meaning = page.get_by_role("dialog", name="Compassion Focused Therapy (CFT)")
    await expect(meaning).to_contain_text("A therapy for people who feel a lot of shame")
    await expect(meaning).to_be_in_viewport(ratio=1)
    await expect(meaning).to_be_focused()
    await meaning.get_by_role("link", name="Read more: What is CFT?").click()
    await page.wait_for_url("**/en/learn/what-is-cft")


async def test_a_meaning_does_not_lead_to_the_page_that_is_open(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH)

    await word(page, "threat system").click()

    await expect(page.get_by_role("dialog")).to_contain_text("looks out for danger")
    await expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(0)


async def test_one_meaning_is_shown_at_a_time_until_the_page_is_tapped(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(
        await open_phone(viewport={"width": 900, "height": 900}), shared_server, PATH
    )
    await word(page, "threat system").click()

    await word(page, "soothing system").press("Enter")

    await expect(page.get_by_role("dialog")).to_have_accessible_name("soothing system")
    await expect(page.locator("[aria-expanded=true]")).to_have_text("soothing system")
    await page.locator("h1").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_keyboard_opens_a_meaning_and_goes_back_to_the_word(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH)
    term, meaning = word(page, "threat system"), page.get_by_role("dialog")
    await term.focus()

    for key in ("Enter", "Space"):
        await page.keyboard.press(key)

        await expect(meaning).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(meaning).to_have_count(0)
        await expect(term).to_be_focused()

    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(meaning.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(term).to_be_focused()


async def test_tab_behind_a_meaning_goes_on_after_the_word(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH)
    await word(page, "CFT").press("Enter")
    await expect(page.get_by_role("dialog")).to_be_focused()

    await page.get_by_role("link", name="Read more").press("Tab")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator(":focus")).to_be_visible()
    assert await page.evaluate(
        "[...document.querySelectorAll('.term')].find((term) => term.textContent === 'CFT')"
        ".compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"
    )


async def test_the_box_in_text_and_colours_turns_it_on_and_off(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/reading")
    box = page.get_by_label("Explain words")
    await open_part(page, "words")
    await box.check()
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await expect(page.locator(TERM).first).to_be_visible()

    await page.go_back()
    await open_part(page, "words")
    await box.uncheck()

    await page.goto(f"{shared_server.url}/en/{PATH}")
    await started(page)
    await expect(page.locator(".term")).to_have_count(0)


async def test_marks_vanish_at_once_and_leave_the_page_as_it_was(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    await started(page)
    parts = "[...document.querySelectorAll('article *')].map(({ childNodes }) => childNodes.length)"
    html, before = await page.locator("article").inner_html(), await page.evaluate(parts)
    await choose(page, glossary="on")
    await word(page, "threat system").click()
    await expect(page.get_by_role("dialog")).to_be_visible()

    await choose(page)

    await expect(page.locator(".term, [role=dialog]")).to_have_count(0)
    assert await page.locator("article").inner_html() == html
    assert await page.evaluate(parts) == before


async def test_another_choice_marks_nothing_twice(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH)
    marked = await page.locator(".term").count()

    await choose(page, glossary="on", theme="dark")

    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(page.locator(".term")).to_have_count(marked)


@pytest.mark.parametrize(
    "path", [PATH, "help", "worksheets/kinder-thought-record", "recordings/safe-place", "learn/"]
)
async def test_only_running_text_is_marked(
    whole_server: Server, open_phone: OpenPhone, path: str
) -> None:
    page = await page_of(await open_phone(), whole_server, path)
    await started(page)
    await choose(page, glossary="on")
    await until(page, WORDS_ARE_READ)

    await expect(page.locator(LEFT_ALONE)).to_have_count(0)


async def test_a_worksheet_is_filled_in_as_before(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, "worksheets/practice-diary")
    answer = page.locator("textarea:visible").first

    await answer.fill("My critic and my shame")

    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    await page.reload()
    await expect(answer).to_have_value("My critic and my shame")


async def test_who_has_not_chosen_it_loads_nothing(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    urls = requests_of(page)

    await page.goto(f"{shared_server.url}/en/{PATH}")
    await started(page)

    assert [url for url in urls if "glossary" in url or url.endswith("/words")] == []


@pytest.mark.flight
async def test_words_are_explained_in_flight_mode(server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), server, "")
    await ready_for_flight(page)
    server.stop()
    await page.goto(f"{server.url}/en/{PATH}")

    await choose(page, glossary="on")

    await word(page, "threat system").click()
    await expect(page.get_by_role("dialog")).to_contain_text("looks out for danger")


async def test_paper_shows_no_marks(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await explained(await open_phone(), shared_server, PATH)
    await word(page, "threat system").click()
    await expect(page.get_by_role("dialog")).to_be_visible()

    await page.emulate_media(media="print")

    await expect(page.locator(".meaning")).to_be_hidden()
    await expect(page.locator(TERM).first).to_have_css("text-decoration-line", "none")


async def test_an_arabic_word_is_found_with_its_article(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(), shared_server, PATH, "ar")

    await word(page, "نظام التهديد").click()

    await expect(page.get_by_role("dialog", name="نظام التهديد")).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("button", name="الأنظمة الثلاثة").first).to_be_visible()


@in_every_look
async def test_marks_and_meanings_are_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await explained(phone, shared_server, PATH, locale)

    await page.locator(TERM).first.click()

    await expect(page.get_by_role("dialog")).to_be_in_viewport(ratio=1)
    await expect_narrow_and_accessible(page)


async def test_a_meaning_fits_a_narrow_phone_with_the_largest_text(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await explained(await open_phone(viewport=NARROW), shared_server, PATH)
    await page.evaluate("document.documentElement.style.setProperty('--size', '3')")

    await page.locator(TERM).first.press("Enter")

    await expect(page.get_by_role("dialog")).to_be_focused()
    await expect(page.get_by_role("dialog")).to_be_in_viewport()
    await expect_narrow_and_accessible(page)


@in_every_look
async def test_the_page_of_words_is_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await page_of(phone, shared_server, "words", locale)
    await started(page)

    await expect(page.locator("main h2")).to_have_count(50)
    await expect_narrow_and_accessible(page)
