"""The notes page: the list and its order, copies, deletion with undo, and exported files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import (
    QUESTION,
    notes_with,
    open_notes,
    page_of,
    requests_of,
    saved_by,
    write_note,
)
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    violations,
)
from tests.browser.kept import (
    LETTER,
    LETTER_LINES,
    answered,
    bare_page,
    filled_in,
    keep,
    keep_entries,
    page_with,
)
from tests.browser.stored import put_entry
from tests.server import Server

pytestmark = pytest.mark.browser

RECORD_PRINTING = "window.printed = new Promise((resolve) => (window.print = () => resolve(true)))"
HAS_PRINTED = "window.printed"


async def bare_page_with_note(open_phone: OpenPhone, server: Server) -> Page:
    """Return a bare page of a phone that has a note, so that a test can store other entries."""
    page = await bare_page(await open_phone(), server)
    await keep(page, answered("marmalade"))
    return page


async def open_actions_of_first_note(page: Page) -> None:
    """Show the buttons of the first note in the list."""
    await page.locator(".entry [data-more]").first.click()


async def test_without_a_note_the_page_says_where_to_begin(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_notes(await open_phone(), shared_server)

    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await expect(page.get_by_role("link", name="Choose a worksheet")).to_be_visible()


async def test_notes_are_listed_newest_first_and_open_to_read(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await keep_entries(phone, shared_server, answered("marmalade"))
    newest_address = await write_note(phone, shared_server, "rhubarb")

    page = await open_notes(phone, shared_server)
    await expect(page.get_by_text("2 notes")).to_be_visible()
    await page.get_by_role("link", name="My three circles").first.click()

    await expect(page).to_have_url(re.compile("/en/notes/note#e="))
    assert page.url.partition("#")[2].partition("&")[0] in newest_address
    await expect(page.locator(".note-text")).to_contain_text("rhubarb")


async def test_each_note_shows_its_first_line_until_somebody_hides_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    circles = filled_in("three-circles", right_now="settled", threat_triggers="The bus\nwas late")
    letter = filled_in("compassionate-letter", voice="slow", what_hurts="Sunday hurt.")
    page = await page_with(await open_phone(), shared_server, "notes/", circles, letter)
    lines = page.locator(".entry .first-line:visible")
    await expect(lines).to_have_text(["Sunday hurt.", "The bus"])

    await page.get_by_role("button", name="Hide first lines").click()

    await expect(lines).to_have_count(0)
    await page.reload()
    await expect(page.locator(".entry")).to_have_count(2)
    await expect(lines).to_have_count(0)
    await page.goto(f"{shared_server.url}/en/settings/privacy")
    choice = page.get_by_label("Only titles in the list of my notes")
    await expect(choice).to_be_checked()
    await choice.uncheck()
    await page.goto(f"{shared_server.url}/en/notes/")
    await expect(lines).to_have_count(2)


async def test_a_note_says_that_it_is_only_on_this_phone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")

    await expect(page.locator(".entry")).to_contain_text("only on this phone")


async def test_a_copy_is_a_note_of_its_own(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")
    links = page.get_by_role("link", name="My three circles")
    original = await links.get_attribute("href")

    await open_actions_of_first_note(page)
    await page.get_by_role("button", name="Make a copy").click()

    await expect(page.get_by_text("Copied as a new note.")).to_be_visible()
    await expect(links).to_have_count(2)
    addresses = {await link.get_attribute("href") for link in await links.all()}
    assert len(addresses) == 2
    assert original in addresses


async def test_a_deleted_note_comes_back_by_undo(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade")
    await open_actions_of_first_note(page)
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()

    await page.get_by_role("button", name="Undo").click()

    await expect(page.get_by_text("Brought back.")).to_be_visible()
    await expect(page.get_by_role("link", name="My three circles")).to_be_focused()


async def test_two_notes_deleted_one_after_the_other_both_come_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade", "rhubarb")
    for remaining in (1, 0):
        await open_actions_of_first_note(page)
        await page.get_by_role("button", name="Delete").first.click()
        await expect(page.locator(".entry")).to_have_count(remaining)

    await expect(page.get_by_text("2 notes deleted.")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()

    await expect(page.locator(".entry")).to_have_count(2)


async def test_a_deleted_note_stays_away_when_the_page_is_opened_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade")
    await open_actions_of_first_note(page)
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()

    reopened = await open_notes(phone, shared_server)

    await expect(reopened.get_by_role("heading", name="Nothing here yet")).to_be_visible()


async def test_a_note_written_in_another_tab_appears(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await open_notes(phone, shared_server)

    await write_note(phone, shared_server, "marmalade")

    await expect(page.get_by_role("link", name="My three circles")).to_be_visible()


async def test_everything_is_saved_as_one_readable_file(
    shared_server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade")

    download = await saved_by(page.get_by_role("button", name="For another program"))

    assert download.suggested_filename.startswith("hearth-notes-20")
    await download.save_as(tmp_path / "notes.json")
    saved = json.loads((tmp_path / "notes.json").read_text(encoding="utf-8"))
    assert saved["format"] == "hearth-export"
    (entry,) = saved["entries"]
    assert entry["worksheet"] == "three-circles"
    assert [version["value"] for version in entry["fields"]["threat_triggers"]] == ["marmalade"]
    await expect(page.get_by_text(f"Saved as {download.suggested_filename}.")).to_be_visible()


async def test_everything_is_saved_as_a_page_that_reads_without_anything_else(
    shared_server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "<img src=x onerror=alert(1)> & marmalade")
    download = await saved_by(page.get_by_role("button", name="To read"))
    await download.save_as(tmp_path / "notes.html")

    reader = await phone.new_page()
    requests = requests_of(reader)
    await reader.goto((tmp_path / "notes.html").as_uri())

    assert re.fullmatch(r"hearth-notes-20\d\d-\d\d-\d\d\.html", download.suggested_filename)
    await expect(reader.get_by_role("heading", name="My three circles")).to_be_visible()
    await expect(reader.get_by_text(QUESTION)).to_be_visible()
    await expect(reader.get_by_text("<img src=x onerror=alert(1)> & marmalade")).to_be_visible()
    assert await reader.locator("img, script, link").count() == 0
    assert len(requests) == 1
    assert await violations(reader) == []


async def test_a_letter_in_the_page_to_read_is_a_letter(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_with(phone, shared_server, "notes/", LETTER)
    download = await saved_by(page.get_by_role("button", name="To read"))
    text = (await download.path()).read_text(encoding="utf-8")

    await page.set_content(text)

    assert await page.locator(".read > .said").all_text_contents() == LETTER_LINES
    await expect(page.get_by_role("heading", name="About this letter")).to_be_visible()
    await expect(page.locator(".asked")).to_have_count(1)


async def test_the_page_to_read_is_in_the_readers_language_and_direction(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(
        await open_phone(), shared_server, "notes/", answered("marmalade"), locale="ar"
    )

    download = await saved_by(page.locator("[data-export=html]"))

    text = (await download.path()).read_text(encoding="utf-8")

    assert text.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert "دوائري الثلاث" in text
    assert '<p class="said" dir="auto">marmalade</p>' in text


async def test_worksheets_and_practice_are_saved_for_a_clinics_system(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade")

    download = await saved_by(page.get_by_role("button", name="For a clinic’s system"))

    assert download.suggested_filename.endswith(".fhir.json")
    bundle = json.loads((await download.path()).read_bytes())
    (entry,) = bundle["entry"]
    assert entry["resource"]["resourceType"] == "QuestionnaireResponse"
    assert "marmalade" in json.dumps(entry)


async def test_notes_stand_under_the_month_in_which_they_were_changed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page_with_note(open_phone, shared_server)
    for month in (3, 2):
        when = datetime(2020, month, 10, 12, tzinfo=UTC)
        await put_entry(page, "worksheet", when=when, worksheet="three-circles", revision=1)

    await page.goto(f"{shared_server.url}/en/notes/")

    headings = page.locator(".entries-part h2")
    await expect(headings).to_have_count(3)
    assert (await headings.all_inner_texts())[1:] == ["March 2020", "February 2020"]


async def test_by_worksheet_is_remembered_and_counts_the_notes_of_each(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page_with_note(open_phone, shared_server)
    await keep(page, answered("rhubarb"))
    when = datetime(2020, 3, 10, tzinfo=UTC)
    await put_entry(page, "worksheet", when=when, worksheet="many-selves", revision=1)
    await page.goto(f"{shared_server.url}/en/notes/")
    await page.get_by_role("radio", name="By worksheet").check()

    await page.reload()

    await expect(page.get_by_role("radio", name="By worksheet")).to_be_checked()
    headings = page.locator(".entries-part h2")
    await expect(headings.first).to_have_text(re.compile(r"^My three circles\s+2 notes$"))
    await expect(headings.last).to_have_text(re.compile(r"^Many selves\s+1 note$"))
    # Under the title of its worksheet, a note's link shows its date.
    await expect(page.locator(".entry").first.get_by_role("link").first).to_have_text(
        re.compile(r"20\d\d")
    )


async def test_a_note_is_printed_from_its_worksheet(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(RECORD_PRINTING)
    page = await notes_with(phone, shared_server, "marmalade")

    await open_actions_of_first_note(page)
    await page.get_by_role("link", name="Print").click()

    await expect(page).to_have_url(re.compile("three-circles"))
    assert await page.evaluate(HAS_PRINTED)


async def test_what_a_newer_version_made_is_listed_and_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page_with_note(open_phone, shared_server)
    await put_entry(page, "diary")

    await page.goto(f"{shared_server.url}/en/notes/")

    newer = page.locator(".entry", has_text="Made with a newer version")
    await expect(newer).to_contain_text("this version can’t show it")
    await expect(newer.get_by_role("link")).to_have_count(0)


async def test_what_cannot_be_opened_is_listed_and_the_rest_still_opens(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page_with_note(open_phone, shared_server)
    await put_entry(page, "worksheet", tampered=True)

    await page.goto(f"{shared_server.url}/en/notes/")

    await expect(page.get_by_text("It hasn’t been deleted.")).to_be_visible()
    await expect(page.get_by_role("link", name="My three circles")).to_be_visible()


async def test_kind_words_lead_to_the_help_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    kind_words = {"kind": "kind-words", "fields": {"words": "hello"}}
    page = await page_with(
        await open_phone(), shared_server, "notes/", answered("marmalade"), kind_words
    )

    link = page.get_by_role("link", name="My own kind words")
    await expect(link).to_have_attribute("href", "/en/help")
    await expect(page.get_by_text("1 note", exact=True)).to_be_visible()


async def test_notes_that_cannot_be_stored_are_not_said_to_be_lost(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script("delete window.indexedDB; delete Window.prototype.indexedDB")

    page = await page_of(phone, shared_server, "notes/")

    await expect(page.get_by_text("Your notes could not be opened.")).to_be_visible()


async def test_a_note_is_deleted_and_brought_back_by_keyboard(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, shared_server, "marmalade")
    link = page.get_by_role("link", name="My three circles")
    await link.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    for _ in range(4):
        await page.keyboard.press("Tab")

    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Undo")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(link).to_be_focused()


@pytest.mark.flight
async def test_with_the_server_stopped_notes_are_searched_copied_shown_large_and_saved(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await notes_with(phone, server, "A café by the river")
    await ready_for_flight(page)
    server.stop()

    page = await open_notes(phone, server)
    await page.get_by_label("Search what I’ve written").fill("cafe")
    await expect(page.locator("mark")).to_have_text("café")
    await page.get_by_label("Search what I’ve written").press("Escape")

    await open_actions_of_first_note(page)
    await page.get_by_role("button", name="Make a copy").click()
    await expect(page.locator(".entry")).to_have_count(2)
    await open_actions_of_first_note(page)
    await page.get_by_role("button", name="For my appointment").first.click()
    await expect(page.get_by_text("Chosen for your appointment.")).to_be_visible()
    download = await saved_by(page.get_by_role("button", name="For another program"))
    entries = json.loads((await download.path()).read_bytes())["entries"]
    assert [entry["kind"] for entry in entries] == ["worksheet", "worksheet", "appointment"]

    await page.goto(f"{server.url}/en/notes/appointment")
    await page.get_by_role("button", name="Show large").click()
    await expect(page.get_by_role("dialog")).to_contain_text("A café by the river")


@in_every_look
async def test_axe_finds_nothing_in_the_list(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await page_with(phone, shared_server, "notes/", answered("marmalade"), locale=locale)
    await open_actions_of_first_note(page)

    await expect_narrow_and_accessible(page)
