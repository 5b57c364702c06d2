"""Bringing notes back from a file that the app saved."""

from __future__ import annotations

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.acts import notes_are_open, notes_with, page_of, problem, saved_by, told
from tests.browser.conftest import NARROW, OpenPhone, expect_narrow_and_accessible
from tests.server import Server

pytestmark = pytest.mark.browser


async def choose(page: Page, content: str) -> None:
    """Choose a file with this content."""
    file: FilePayload = {
        "name": "notes.json",
        "mimeType": "application/json",
        "buffer": content.encode(),
    }
    await page.get_by_label("Choose the file").set_input_files(file)


async def exported(page: Page) -> str:
    """Return the content of the file that the notes page saves for another program."""
    download = await saved_by(page.get_by_role("button", name="For another program"))
    return (await download.path()).read_text(encoding="utf-8")


async def test_notes_that_were_saved_as_a_file_come_back_after_everything_was_removed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(viewport=NARROW)
    page = await notes_with(phone, shared_server, "marmalade", "rhubarb")
    content = await exported(page)
    await page.close()
    page = await page_of(phone, shared_server, "settings/privacy")
    await page.get_by_label("I understand that this can’t be undone").check()
    await page.get_by_role("button", name="Remove everything").click()
    await expect(page.get_by_role("heading", name="Everything has been removed")).to_be_visible()
    await page.goto(f"{shared_server.url}/en/notes/")
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()

    await choose(page, content)
    await told(page, "What is in this file")
    await expect(page.get_by_text("2 new notes")).to_be_visible()
    assert await page.locator(".entry").count() == 0
    await expect_narrow_and_accessible(page)
    await page.get_by_role("button", name="Bring them in").click()

    await expect(page.locator(".entry")).to_have_count(2)
    await expect(page.get_by_text("2 notes were brought in.")).to_be_visible()
    await expect(page.get_by_text("What is in this file")).to_be_hidden()
    assert '"rhubarb"' in await exported(page)
    await choose(page, content)
    await expect(page.get_by_text("2 notes that are here already")).to_be_visible()
    await expect(page.get_by_role("button", name="Bring them in")).to_be_hidden()


async def test_a_note_that_was_deleted_here_comes_back_only_if_it_is_wanted(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")
    content = await exported(page)
    await page.locator(".entry [data-more]").click()
    await page.locator(".entry [data-delete]").click()
    await expect(page.locator(".entry")).to_have_count(0)

    await choose(page, content)
    await expect(page.get_by_text("1 note that was deleted here.")).to_be_visible()
    await expect(page.get_by_role("button", name="Bring them in")).to_be_hidden()
    await page.get_by_label("Bring back 1 note that was deleted here, as a new note").check()
    await page.get_by_role("button", name="Bring them in").click()

    await expect(page.locator(".entry")).to_have_count(1)


async def test_a_strangers_file_and_a_damaged_one_are_refused_in_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")
    content = await exported(page)

    await choose(page, '{"name": "somebody else’s", "items": [1, 2, 3]}')
    await expect(problem(page)).to_be_focused()
    await expect(problem(page)).to_contain_text("This file was not saved by this app.")

    await choose(page, content[: len(content) // 2])
    await expect(problem(page)).to_contain_text("This file is damaged")
    await expect(problem(page)).to_have_count(1)
    await notes_are_open(page)
    await expect(page.locator(".entry")).to_have_count(1)
