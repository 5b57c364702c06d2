"""The page of one note: what was written, to read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import notes_with, page_of, saved_by
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    until,
)
from tests.browser.kept import LETTER, LETTER_LINES, answered, bare_page, keep, page_with, practice
from tests.browser.stored import put_entry
from tests.server import Server

pytestmark = pytest.mark.browser


async def note_page(
    phone: BrowserContext, server: Server, note: dict[str, Any], locale: str = "en"
) -> Page:
    """Store a note and open its page."""
    page = await bare_page(phone, server)
    (id,) = await keep(page, note)
    await page.goto(f"{server.url}/{locale}/notes/note#e={id}")
    await expect(page.locator(".note-text")).to_be_visible()
    return page


async def test_a_note_opens_to_read_and_back_leads_to_the_notes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")

    await page.get_by_role("link", name="My three circles").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("My three circles")
    await expect(page.get_by_text("only on this phone")).to_be_visible()
    await expect(page.locator(".note-text")).to_contain_text("What sets it off?")
    await expect(page.get_by_text("marmalade", exact=True)).to_be_visible()
    await expect(page.locator("main :is(input, textarea)")).to_have_count(0)
    await page.get_by_role("link", name="My notes").click()
    await expect(page).to_have_url(re.compile(r"/en/notes/$"))


async def test_a_note_is_changed_where_it_was_written(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await note_page(await open_phone(), shared_server, answered("marmalade"))
    id = page.url.partition("#e=")[2]

    await page.get_by_role("link", name="Edit").click()

    await expect(page).to_have_url(re.compile(f"/en/worksheets/three-circles#e={id}"))
    await expect(page.locator("#answer-threat_triggers")).to_have_value("marmalade")


async def test_a_letter_is_read_as_a_letter(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await note_page(await open_phone(), shared_server, LETTER)

    letter = page.locator(".card.paper")
    assert await letter.locator("p").all_inner_texts() == LETTER_LINES
    await expect(letter).not_to_contain_text("What hurts?")
    await expect(page.get_by_role("heading", name="About this letter")).to_be_visible()


async def test_a_line_of_practice_is_read_and_changed_on_its_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    note = practice(recording="safe-place", day="2026-11-22", before=3, after=6, words="Garden")
    page = await note_page(await open_phone(), shared_server, note)

    await expect(page.get_by_role("heading", level=1)).to_have_text("Safe place")
    for words in ("22 November 2026", "3 of 10", "6 of 10", "Garden"):
        await expect(page.get_by_text(words, exact=True)).to_be_visible()
    await page.get_by_role("link", name="Edit").click()
    await expect(page).to_have_url(re.compile("/en/notes/practice#e="))
    await expect(page.locator(".practice")).to_be_visible()


async def test_a_note_is_taken_to_the_appointment_and_printed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script("window.print = () => (document.title = 'printed')")
    page = await note_page(phone, shared_server, answered("marmalade"))

    button = page.get_by_role("button", name="Take to my appointment")
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="Print").click()
    await expect(page).to_have_title("printed")
    await page.goto(f"{shared_server.url}/en/notes/appointment")

    await expect(page.get_by_label("My three circles")).to_be_checked()


async def test_a_note_changes_on_the_screen_when_it_changes_in_another_tab(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await note_page(phone, shared_server, answered("marmalade"))
    other = await page_of(
        phone, shared_server, f"worksheets/three-circles#{page.url.partition('#')[2]}&step=threat"
    )

    await other.locator("#answer-threat_triggers").fill("rhubarb")

    await expect(page.get_by_text("rhubarb", exact=True)).to_be_visible()


async def test_a_note_that_was_deleted_is_said_to_be_and_comes_back_with_undo(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await note_page(phone, shared_server, answered("marmalade"))
    notes = await page_of(phone, shared_server, "notes/")

    await notes.locator(".entry [data-more]").click()
    await notes.get_by_role("button", name="Delete").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("This note was deleted.")
    await expect(page.get_by_text("marmalade")).to_have_count(0)
    await expect(page.get_by_role("button", name="Print")).to_be_hidden()
    await notes.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("marmalade", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("fragment", "words"),
    [("", "not on this phone"), ("#e=N5TFIggAbWsa8MDL1iVlig", "not on this phone")],
)
async def test_an_address_without_a_note_says_so(
    shared_server: Server, open_phone: OpenPhone, fragment: str, words: str
) -> None:
    page = await page_of(await open_phone(), shared_server, f"notes/note{fragment}")

    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    await expect(page.get_by_role("link", name="See my notes")).to_be_visible()


async def test_a_note_that_cannot_be_opened_is_said_to_be_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page(await open_phone(), shared_server)
    await keep(page, answered("marmalade"))
    id = await put_entry(page, "worksheet", tampered=True)

    await page.goto(f"{shared_server.url}/en/notes/note#e={id}")

    await expect(page.get_by_role("heading", level=1)).to_contain_text("hasn’t been deleted")


SHARE = """window.shared = [];
navigator.canShare = ({ files }) => files.length > 0;
navigator.share = async ({ files }) => {
  window.shared.push([files[0].name, files[0].type, await files[0].text()]);
};"""


async def test_a_note_is_shared_with_one_tap_once_it_is_open(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(SHARE)
    page = await page_with(phone, shared_server, "", LETTER)

    await page.locator(".bar").get_by_role("link", name="Write").click()
    await page.get_by_role("link", name="My notes").click()
    await page.get_by_role("link", name="Compassionate letter").click()
    await page.get_by_role("button", name="Share").click()

    await until(page, "window.shared.length === 1")
    [[name, kind, text]] = await page.evaluate("window.shared")
    assert re.fullmatch(r"hearth-notes-\d{4}-\d\d-\d\d\.html", name)
    assert kind == "text/html"
    assert "Sunday hurt." in text
    assert "<script" not in text


async def test_where_files_cannot_be_shared_the_note_is_saved_as_one(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(
        "delete Navigator.prototype.canShare; window.print = () => (document.title = 'printed')"
    )
    page = await note_page(phone, shared_server, LETTER)

    await page.get_by_role("button", name="Share").click()

    await expect(page.get_by_role("heading", name="Save as a file")).to_be_focused()
    text = await saved_by(page.get_by_role("button", name="As plain text"))
    assert (await text.path()).read_text("utf-8").startswith("Compassionate letter\n")
    assert "\n\nIt makes sense that Sunday hurt.\n\n" in (await text.path()).read_text("utf-8")
    html = await saved_by(page.get_by_role("button", name="As a page"))
    assert "Sunday hurt." in (await html.path()).read_text("utf-8")
    await page.get_by_role("button", name="As a PDF").click()
    await expect(page).to_have_title("printed")


@pytest.mark.flight
async def test_a_note_is_read_in_flight_mode(server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    page = await page_with(phone, server, "notes/", answered("marmalade"))
    await ready_for_flight(page)
    await phone.set_offline(True)

    await page.get_by_role("link", name="My three circles").click()

    await expect(page.get_by_text("marmalade", exact=True)).to_be_visible()


@in_every_look
async def test_axe_finds_nothing_on_a_note(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")
    page = await note_page(phone, shared_server, LETTER, locale)

    await expect_narrow_and_accessible(page)
