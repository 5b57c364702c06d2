"""Backup: turning it on, the twelve words, and waiting for a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import (
    held_back,
    open_backup,
    open_notes,
    problem,
    shown_words,
    told,
    turn_on_backup,
    turned_on,
    write_note,
)
from tests.browser.conftest import NARROW, OpenPhone, in_every_look, ready_for_flight, violations
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.browser

SECRET_WORD = "xylophone-marmalade"


async def test_backup_is_on_once_two_words_from_the_paper_are_typed(
    server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), server)
    await page.get_by_role("button", name="Turn on backup").click()
    words = await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()

    await expect(page.locator(".confirm input")).to_have_count(2)
    for field in await page.locator(".confirm input").all():
        label = await page.locator(f'label[for="{await field.get_attribute("id")}"]').inner_text()
        number = int(re.findall(r"\d+", label)[0])
        await field.fill(words[number - 1][:4].upper())
    await page.get_by_role("button", name="Check", exact=True).click()

    await told(page, "That is right. Backup is on.")
    await expect(page.get_by_text("You have not checked the words yet.")).to_be_hidden()


async def test_a_wrong_word_is_named_and_the_words_can_be_seen_again(
    server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), server)
    await page.get_by_role("button", name="Turn on backup").click()
    await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()
    await page.locator(".confirm input").first.fill("zzzz")

    await page.get_by_role("button", name="Check", exact=True).click()

    await expect(problem(page)).to_be_focused()
    await expect(problem(page)).to_contain_text("Look at your paper again.")
    await page.get_by_role("button", name="See the words again").click()
    await shown_words(page)


async def test_a_word_that_was_not_typed_is_called_missing_and_not_wrong(
    server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), server)
    await page.get_by_role("button", name="Turn on backup").click()
    words = await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()
    await expect(page.locator(".confirm input")).to_have_count(2)
    first, second = await page.locator(".confirm label").all_inner_texts()
    await page.locator(".confirm input").first.fill(words[int(re.findall(r"\d+", first)[0]) - 1])

    await page.get_by_role("button", name="Check", exact=True).click()

    missing = f"Word number {re.findall(r'[0-9]+', second)[0]} isn’t filled in yet."
    await expect(problem(page).get_by_role("link")).to_have_text([missing])


async def test_words_that_were_not_checked_are_asked_for_later(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await turned_on(phone, server)

    page = await open_backup(phone, server)

    await expect(page.get_by_text("You have not checked the words yet.")).to_be_visible()
    await page.get_by_role("button", name="Check my twelve words").click()
    await shown_words(page)


async def test_a_note_is_backed_up_and_says_so(server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    await write_note(phone, server, SECRET_WORD)
    page, _ = await turned_on(phone, server)

    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    notes = await open_notes(phone, server)
    await expect(notes.locator(".entry")).to_contain_text("backed up")


async def test_nothing_readable_is_in_the_data_folder_or_the_log(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await write_note(phone, server, SECRET_WORD)
    page, words = await turned_on(phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    stored = b"".join(file.read_bytes() for file in server.data.rglob("*") if file.is_file())
    stored += server.log.read_bytes()

    assert len(stored) > 1_000
    for word in (SECRET_WORD, "three-circles", "threat_triggers", " ".join(words), "worksheet"):
        assert word.encode() not in stored


async def test_a_service_with_a_join_code_asks_for_it(
    serve: Serve, tmp_path: Path, open_phone: OpenPhone
) -> None:
    with ready(serve(tmp_path, 'join_code = "blue kettle"\n')) as server:
        page = await open_backup(await open_phone(), server)

        await page.get_by_role("button", name="Turn on backup").click()
        await expect(problem(page)).to_contain_text("This service asks for a code")
        await page.get_by_label("Code from your service").fill("green kettle")
        await page.get_by_role("button", name="Turn on backup").click()
        await expect(problem(page)).to_contain_text("That code isn’t right.")
        await expect(page.get_by_label("Code from your service")).to_have_value("green kettle")
        await page.get_by_label("Code from your service").fill("Blue kettle ")
        await page.get_by_role("button", name="Turn on backup").click()

        await expect(page.get_by_role("button", name="Show the words")).to_be_visible()


@pytest.mark.flight
async def test_turning_on_with_no_connection_changes_nothing(
    server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), server)
    server.stop()

    await page.get_by_role("button", name="Turn on backup").click()

    await expect(problem(page)).to_contain_text("There is no connection.")
    await expect(page.get_by_role("button", name="Turn on backup")).to_be_visible()


async def test_backup_that_was_turned_off_goes_on_with_the_same_words(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await turned_on(await open_phone(), server)
    await page.get_by_role("button", name="Turn off backup").click()
    await page.get_by_role("button", name="Turn off", exact=True).click()
    await told(page, "Backup is off.")

    words_again = await turn_on_backup(page)

    assert words_again == words


async def test_the_words_are_in_the_page_only_while_they_are_shown(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await turned_on(await open_phone(), server)
    await page.get_by_role("button", name="Show my twelve words").click()
    assert not await has_words(page, words)
    await shown_words(page)
    assert await has_words(page, words)

    await page.get_by_role("button", name="Hide the words").click()
    await expect(page.get_by_role("button", name="Show the words")).to_be_focused()
    assert not await has_words(page, words)

    await shown_words(page)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert not await has_words(page, words)


async def test_the_words_are_in_no_address_and_in_no_storage_in_clear(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await turned_on(await open_phone(), server)
    await page.get_by_role("button", name="Show my twelve words").click()
    await shown_words(page)

    stored = await page.evaluate(
        "JSON.stringify([location.href, {...localStorage}, history.state])"
    )

    assert not any(f'"{word}"' in stored or f" {word} " in stored for word in words)
    assert "backup-words" in stored


async def has_words(page: Page, words: list[str]) -> bool:
    html = await page.locator("main").inner_html()
    return all(f">{word}<" in html for word in words)


@pytest.mark.flight
async def test_with_the_server_stopped_backup_waits_and_goes_on_by_itself(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page, _ = await turned_on(phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await ready_for_flight(page)
    server.stop()
    await write_note(phone, server, "marmalade")

    page = await open_backup(phone, server)
    await expect(page.get_by_text("The server can’t be reached just now.")).to_be_visible()
    server.start()
    await page.evaluate("dispatchEvent(new Event('online'))")

    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()


@pytest.mark.flight
async def test_the_words_are_shown_with_the_server_stopped(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await turned_on(await open_phone(), server)
    await ready_for_flight(page)
    server.stop()

    await page.reload()
    await page.get_by_role("button", name="Show my twelve words").click()
    shown = await shown_words(page)
    await page.get_by_role("button", name="Show as a code to scan").click()

    assert shown == words
    await expect(page.get_by_role("img", name="The twelve words as a QR code")).to_be_visible()


async def test_while_the_next_screen_is_loaded_the_one_before_takes_no_presses(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), shared_server)
    released = await held_back(page, "**/restore-screen-*.js")
    button = page.locator('form [type="submit"]')
    await page.locator('[data-do="restore"]').first.click()
    await expect(page.locator("[data-views]")).to_have_attribute("inert", "")

    await button.scroll_into_view_if_needed()
    place = await button.bounding_box()
    assert place
    await page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    released.set()

    await expect(page.locator("[data-views] h2").first).to_be_focused()
    await expect(page.locator("[data-views]")).not_to_have_attribute("inert", "")
    await page.reload()
    await expect(page.get_by_role("button", name="Turn on backup")).to_be_visible()


@in_every_look
async def test_axe_finds_nothing_in_any_state(
    server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await phone.new_page()
    address = f"{server.url}/{locale}/settings/backup"
    faults: dict[str, object] = {}

    async def check(state: str) -> None:
        width = await page.evaluate("document.documentElement.scrollWidth")
        faults[state] = await violations(page) + ([f"{width} px wide"] if width > 320 else [])

    async def do(action: str) -> None:
        await page.locator(f'[data-do="{action}"]').first.click()

    submit = page.locator('form [type="submit"]')
    await page.goto(address)
    await submit.wait_for()
    await check("off")
    await do("restore")
    await submit.click()
    await problem(page).wait_for()
    await check("restore")
    await do("scan")
    await problem(page).wait_for()
    await check("scan")
    await page.goto(f"{server.url}/{locale}/settings/privacy")
    await check("privacy")
    await page.goto(address)
    await submit.click()
    await check("covered")
    await do("reveal")
    await do("code")
    await page.locator(".qr svg").wait_for()
    await check("words")
    await do("confirm")
    await submit.click()
    await problem(page).wait_for()
    await check("confirm")
    await do("skip")
    await page.locator('[data-do="now"]').wait_for()
    await check("on")
    await do("turn-off")
    await check("turn off")
    await do("back")
    await do("erase")
    await submit.click()
    await check("erase")

    assert {state: problems for state, problems in faults.items() if problems} == {}
