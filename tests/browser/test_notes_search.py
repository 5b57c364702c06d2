"""The search in one's own notes. It runs only on the phone."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import page_of
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
)
from tests.browser.kept import answered, filled_in, keep, keep_entries, page_with, practice
from tests.server import Server

pytestmark = pytest.mark.browser

BOX = "Search what I’ve written"
NOTES = (
    answered("A café by the river"),
    answered("The long way home"),
    practice(recording="safe-place", before=3, after=6, words="River stones"),
    {"kind": "kind-words", "fields": {"words": "You got through the winter"}},
    filled_in("three-circles", threat_feelings=["afraid"], threat_body="مُدَرِّسَة"),
)


async def search_notes(phone: BrowserContext, server: Server, words: str) -> Page:
    """Open the notes page with NOTES on it, and search for these words. Return the page."""
    page = await page_with(phone, server, "notes/", *NOTES)
    await page.get_by_label(BOX).fill(words)
    return page


async def test_words_are_found_without_case_and_accents_and_marked(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_notes(await open_phone(), shared_server, "CAFE")

    await expect(page.get_by_role("status").filter(has_text="1 note found")).to_be_visible()
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(page.locator("mark")).to_have_text("café")


async def test_every_word_has_to_be_there(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await search_notes(await open_phone(), shared_server, "river")
    await expect(page.locator(".entry")).to_have_count(2)

    await page.get_by_label(BOX).fill("river stones")

    await expect(page.locator(".entry")).to_have_count(1)
    await expect(page.locator("mark")).to_have_text(["River", "stones"])


async def test_kind_words_titles_and_arabic_are_found(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_notes(await open_phone(), shared_server, "")

    for words, title in (
        ("winter", "My own kind words"),
        ("safe place", "Safe place"),
        ("مدرسه", "My three circles"),
    ):
        await page.get_by_label(BOX).fill(words)
        await expect(page.locator(".entry-title")).to_have_text([title])
        await expect(page.locator(".entry")).to_have_count(1)


async def test_a_choice_is_found_by_its_label(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), shared_server, "worksheets/three-circles#step=threat")
    label = await page.locator('[data-field="threat_feelings"] label').first.inner_text()
    await keep(page, *NOTES)
    await page.goto(f"{shared_server.url}/en/notes/")

    await page.get_by_label(BOX).fill(label)

    # The search may begin before all notes are loaded.
    await expect(page.locator(".passage:visible", has_text=label)).not_to_have_count(0)


async def test_escape_brings_everything_back_and_keeps_the_keyboard(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_notes(await open_phone(), shared_server, "nowhere to be found")
    await expect(page.get_by_text("Nothing found. Try fewer words")).to_be_visible()

    await page.get_by_label(BOX).press("Escape")

    await expect(page.locator(".entry")).to_have_count(5)
    await expect(page.get_by_label(BOX)).to_be_focused()
    await expect(page.get_by_label(BOX)).to_have_value("")


async def test_what_is_searched_leaves_no_trace(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await search_notes(phone, shared_server, "")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(f"{request.url} {request.post_data}"))
    before = await page.evaluate("[location.href, history.length, JSON.stringify(history.state)]")

    await page.get_by_label(BOX).press_sequentially("winter")
    await expect(page.locator("mark")).to_have_text("winter")

    after = await page.evaluate("[location.href, history.length, JSON.stringify(history.state)]")
    stored = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert before == after
    assert "winter" not in "".join(requests) + stored
    await page.reload()
    await expect(page.locator(".entry")).to_have_count(5)
    await expect(page.get_by_label(BOX)).to_have_value("")


async def test_a_note_that_comes_meanwhile_is_found_too(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await search_notes(phone, shared_server, "rhubarb")
    await expect(page.get_by_text("Nothing found. Try fewer words")).to_be_visible()

    await keep_entries(phone, shared_server, answered("Rhubarb crumble"))

    await expect(page.locator("mark")).to_have_text("Rhubarb")


async def test_a_found_note_is_deleted_and_brought_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await search_notes(await open_phone(), shared_server, "cafe")
    await expect(page.locator(".entry")).to_have_count(1)
    await page.locator(".entry [data-more]").click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Nothing found. Try fewer words")).to_be_visible()

    await page.get_by_role("button", name="Undo").click()

    await expect(page.locator("mark")).to_have_text("café")


@in_every_look
async def test_axe_finds_nothing_in_what_was_found(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await page_with(
        phone, shared_server, "notes/", answered("A café by the river"), locale=locale
    )

    await page.locator("[data-search] input").fill("cafe")
    await expect(page.locator("mark")).to_have_text("café")

    await expect_narrow_and_accessible(page)
