"""Backup: turning it on, the twelve words, bringing notes back, two phones, erasing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from tests.browser.acts import (
    QUESTION,
    STEP,
    open_backup,
    open_notes,
    page_of,
    pair,
    restore,
    shown_words,
    told,
    turn_on_backup,
    type_words,
    write_note,
)
from tests.browser.conftest import CHROMIUM, FLAGS, Phone, ready_for_flight, violations
from tests.server import Server, running

pytestmark = pytest.mark.browser

SECRET_WORD = "xylophone-marmalade"
VALID = " ".join([*["abandon"] * 11, "about"])
BAD_CHECKSUM = " ".join(["abandon"] * 12)


async def turned_on(phone: BrowserContext, server: Server) -> tuple[Page, list[str]]:
    page = await open_backup(phone, server)
    words = await turn_on_backup(page)
    await expect(page.get_by_role("heading", name="Backup is on.")).to_be_visible()
    return page, words


def problem(page: Page):  # type: ignore[no-untyped-def]
    return page.locator(".nhsuk-error-summary")


# Turning it on


async def test_backup_is_on_once_two_words_from_the_paper_are_typed(
    server: Server, phone: Phone
) -> None:
    page = await open_backup(await phone(), server)
    await page.get_by_role("button", name="Turn on backup").click()
    words = await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()

    for field in await page.locator(".confirm input").all():
        label = await page.locator(f'label[for="{await field.get_attribute("id")}"]').inner_text()
        number = int(re.findall(r"\d+", label)[0])
        await field.fill(words[number - 1][:4].upper())
    await page.get_by_role("button", name="Check", exact=True).click()

    await told(page, "That is right. Backup is on.")
    await expect(page.get_by_text("You have not checked the words yet.")).to_be_hidden()


async def test_a_wrong_word_is_named_and_the_words_can_be_seen_again(
    server: Server, phone: Phone
) -> None:
    page = await open_backup(await phone(), server)
    await page.get_by_role("button", name="Turn on backup").click()
    await shown_words(page)
    await page.get_by_role("button", name="I have written them down").click()
    await page.locator(".confirm input").first.fill("zzzz")

    await page.get_by_role("button", name="Check", exact=True).click()

    await expect(problem(page)).to_be_focused()
    await expect(problem(page)).to_contain_text("Look at your paper again.")
    await page.get_by_role("button", name="See the words again").click()
    await shown_words(page)


async def test_words_that_were_not_checked_are_asked_for_later(
    server: Server, phone: Phone
) -> None:
    mine = await phone()
    await turned_on(mine, server)

    page = await open_backup(mine, server)

    await expect(page.get_by_text("You have not checked the words yet.")).to_be_visible()
    await page.get_by_role("button", name="Check my twelve words").click()
    await shown_words(page)


async def test_a_note_is_backed_up_and_says_so(server: Server, phone: Phone) -> None:
    mine = await phone()
    await write_note(mine, server, SECRET_WORD)
    page, _ = await turned_on(mine, server)

    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    notes = await open_notes(mine, server)
    await expect(notes.locator(".entry")).to_contain_text("backed up")


async def test_nothing_readable_is_in_the_data_folder_or_the_log(
    server: Server, phone: Phone
) -> None:
    mine = await phone()
    await write_note(mine, server, SECRET_WORD)
    page, words = await turned_on(mine, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    kept = b"".join(each.read_bytes() for each in server.data.rglob("*") if each.is_file())
    kept += server.log.read_bytes()

    assert len(kept) > 1_000
    for word in (SECRET_WORD, "three-circles", "threat_triggers", " ".join(words), "worksheet"):
        assert word.encode() not in kept


async def test_a_service_with_a_join_code_asks_for_it(tmp_path: Path, phone: Phone) -> None:
    with running(tmp_path, 'join_code = "blue kettle"\n') as server:
        page = await open_backup(await phone(), server)

        await page.get_by_role("button", name="Turn on backup").click()
        await expect(problem(page)).to_contain_text("This service asks for a code")
        await page.get_by_label("Code from your service").fill("green kettle")
        await page.get_by_role("button", name="Turn on backup").click()
        await expect(problem(page)).to_contain_text("That code isn’t right.")
        await expect(page.get_by_label("Code from your service")).to_have_value("green kettle")
        await page.get_by_label("Code from your service").fill("Blue kettle ")
        await page.get_by_role("button", name="Turn on backup").click()

        await expect(page.get_by_role("button", name="Show the words")).to_be_visible()


async def test_turning_on_with_no_connection_changes_nothing(server: Server, phone: Phone) -> None:
    page = await open_backup(await phone(), server)
    server.stop()

    await page.get_by_role("button", name="Turn on backup").click()

    await expect(problem(page)).to_contain_text("There is no connection.")
    await expect(page.get_by_role("button", name="Turn on backup")).to_be_visible()


async def test_backup_that_was_turned_off_goes_on_with_the_same_words(
    server: Server, phone: Phone
) -> None:
    page, words = await turned_on(await phone(), server)
    await page.get_by_role("button", name="Turn off backup").click()
    await page.get_by_role("button", name="Turn off", exact=True).click()
    await told(page, "Backup is off.")

    again = await turn_on_backup(page)

    assert again == words


# The twelve words


async def test_the_words_are_in_the_page_only_while_they_are_shown(
    server: Server, phone: Phone
) -> None:
    page, words = await turned_on(await phone(), server)
    await page.get_by_role("button", name="Show my twelve words").click()
    assert not await said(page, words)
    await shown_words(page)
    assert await said(page, words)

    await page.get_by_role("button", name="Hide the words").click()
    await expect(page.get_by_role("button", name="Show the words")).to_be_focused()
    assert not await said(page, words)

    await shown_words(page)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert not await said(page, words)


async def test_the_words_are_in_no_address_and_in_no_storage_in_clear(
    server: Server, phone: Phone
) -> None:
    page, words = await turned_on(await phone(), server)
    await page.get_by_role("button", name="Show my twelve words").click()
    await shown_words(page)

    kept = await page.evaluate("JSON.stringify([location.href, {...localStorage}, history.state])")

    assert not any(f'"{word}"' in kept or f" {word} " in kept for word in words)
    assert "backup-words" in kept


async def said(page: Page, words: list[str]) -> bool:
    html = await page.locator("main").inner_html()
    return all(f">{word}<" in html for word in words)


# Bringing notes back


async def test_four_letters_of_each_word_bring_everything_back(
    server: Server, phone: Phone
) -> None:
    old, new = await phone(), await phone()
    for text in ("marmalade", "rhubarb"):
        await write_note(old, server, text)
    page, words = await turned_on(old, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    page = await open_backup(new, server, "#restore")
    typed = "\n".join(f"{n}. {word[:4].upper()}" for n, word in enumerate(words, 1))
    await type_words(page, typed)

    await told(page, "2 notes are back.")
    notes = await open_notes(new, server)
    await notes.get_by_role("link", name="My three circles").first.click()
    await notes.goto(f"{notes.url}&{STEP}")
    await expect(notes.get_by_label(QUESTION)).to_have_value("rhubarb")


async def test_a_picture_of_the_code_brings_everything_back(
    server: Server, phone: Phone, tmp_path: Path
) -> None:
    old, new = await phone(color_scheme="dark"), await phone()
    await write_note(old, server, "marmalade")
    page, _ = await turned_on(old, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Use on another phone").click()
    await page.get_by_role("button", name="Show the words").click()
    await expect(page.get_by_role("img", name="The twelve words as a QR code")).to_be_visible()
    # Of the whole screen, as somebody would take it.
    await page.screenshot(path=tmp_path / "screen.png")

    page = await open_backup(new, server, "#restore")
    await page.get_by_role("button", name="Scan a code").click()
    await page.get_by_label("Choose a picture of the code").set_input_files(tmp_path / "screen.png")

    await expect(page.get_by_text("1 note is back.")).to_be_visible()


async def test_a_picture_without_a_code_is_refused_in_plain_words(
    shop: Server, phone: Phone, tmp_path: Path
) -> None:
    page = await open_backup(await phone(), shop, "#restore")
    await page.screenshot(path=tmp_path / "screen.png")
    (tmp_path / "words.txt").write_text("no picture at all")
    await page.get_by_role("button", name="Scan a code").click()

    for name in ("screen.png", "words.txt"):
        await page.get_by_label("Choose a picture of the code").set_input_files(tmp_path / name)
        await expect(problem(page)).to_contain_text("No code can be read in this picture.")


async def test_a_phone_without_a_camera_is_led_to_the_words(shop: Server, phone: Phone) -> None:
    page = await open_backup(await phone(), shop, "#restore")

    await page.get_by_role("button", name="Scan a code").click()

    await expect(problem(page)).to_contain_text("The camera can’t be used here.")
    await page.get_by_role("button", name="Type the words instead").click()
    await expect(page.get_by_label("Twelve words")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Type the twelve words."),
        (VALID.replace("about", ""), "There are 11 words here. There should be twelve."),
        (f"{VALID} about", "There are 13 words here. There should be twelve."),
        (VALID.replace("about", "abuot"), "“abuot” is not one of the possible words. Did you mean"),
        (VALID.replace("about", "qqqqqq"), "“qqqqqq” is not one of the possible words. Check word"),
        (BAD_CHECKSUM, "Every word is a possible word, but together they don’t fit."),
    ],
    ids=["none", "eleven", "thirteen", "slip", "unknown", "checksum"],
)
async def test_words_that_cannot_be_right_are_refused_at_the_field(
    shop: Server, phone: Phone, typed: str, answer: str
) -> None:
    page = await open_backup(await phone(), shop, "#restore")

    await type_words(page, typed)

    await expect(problem(page)).to_be_focused()
    await expect(problem(page).get_by_role("link")).to_contain_text(answer)
    field = page.get_by_label("Twelve words")
    await expect(field).to_have_value(typed)
    await expect(field).to_have_accessible_description(re.compile(re.escape(answer)))
    await problem(page).get_by_role("link").click()
    await expect(field).to_be_focused()


async def test_words_of_no_backup_are_refused(server: Server, phone: Phone) -> None:
    page = await open_backup(await phone(), server, "#restore")

    await type_words(page, VALID)

    await expect(problem(page)).to_contain_text("There is no backup with these words")


@pytest.mark.parametrize(
    ("status", "code", "answer"),
    [
        (429, "too_many_attempts", "Wait 2 minutes, then try again."),
        (503, "store_unavailable", "The server can’t save at the moment."),
        (507, "no_space", "The server has no room left."),
        (418, "teapot", "Code: teapot"),
        (410, "account_erased", "This backup was erased."),
    ],
)
async def test_a_server_that_refuses_is_explained(
    shop: Server, phone: Phone, status: int, code: str, answer: str
) -> None:
    mine = await phone(service_workers="block")
    await mine.route(
        "**/api/v1/**",
        lambda route: route.fulfill(
            status=status,
            headers={"Retry-After": "90", "Content-Type": "application/problem+json"},
            body=f'{{"code": "{code}"}}',
        ),
    )
    page = await open_backup(mine, shop, "#restore")

    await type_words(page, VALID)

    await expect(problem(page)).to_contain_text(answer)


async def test_notes_already_on_the_phone_join_the_backup(server: Server, phone: Phone) -> None:
    one, two = await phone(), await phone()
    await write_note(one, server, "marmalade")
    await write_note(two, server, "rhubarb")
    page, words = await turned_on(one, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    other = await open_backup(two, server)
    await other.get_by_role("button", name="I have twelve words already").click()
    await expect(other.get_by_text("The notes on this phone stay")).to_be_visible()
    await type_words(other, " ".join(words))
    await expect(other.get_by_text("1 note is back.")).to_be_visible()
    await expect(other.get_by_text("Everything is backed up.")).to_be_visible()

    await page.get_by_role("button", name="Back up now").click()
    notes = await open_notes(one, server)
    await expect(notes.locator(".entry")).to_have_count(2)


# Two phones


async def test_two_versions_written_offline_are_kept_and_shown_on_both_phones(
    server: Server, phone: Phone
) -> None:
    """The promise of the whole: nothing is overwritten, and a choice made once holds on both."""
    one, two, address, _ = await pair(phone, server, "marmalade")
    pages = [await mine.new_page() for mine in (one, two)]
    for page in pages:
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("marmalade")
    server.stop()
    for page, words in zip(pages, ("rhubarb", "gooseberry"), strict=True):
        await page.get_by_label(QUESTION).fill(words)
        await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
        await page.close()

    server.start()
    # A phone asks when it is opened: the first has only its own words to send, the second meets
    # them, and the first meets the second's when it is next opened.
    for mine, state in ((one, "backed up"), (two, "two versions"), (one, "two versions")):
        page = await open_notes(mine, server)
        await expect(page.locator(".entry")).to_contain_text(state)
        await expect_backed_up(mine, server)
    for mine in (one, two):
        page = await mine.new_page()
        await page.goto(address)
        for words in ("rhubarb", "gooseberry"):
            await expect(page.locator(".version", has_text=words)).to_be_visible()
    version = page.locator(".version", has_text="rhubarb")
    await version.get_by_role("button", name="Keep this one").click()
    await expect_backed_up(two, server)

    for mine in (one, two):
        page = await open_notes(mine, server)
        await expect(page.locator(".entry")).not_to_contain_text("two versions")
        await expect(page.locator(".entry")).to_contain_text("backed up")
        await page.goto(address)
        await expect(page.get_by_label(QUESTION)).to_have_value("rhubarb")


async def expect_backed_up(phone: BrowserContext, server: Server) -> None:
    page = await open_backup(phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.close()


async def test_a_note_deleted_on_one_phone_goes_from_the_other(
    server: Server, phone: Phone
) -> None:
    one, two, _, _ = await pair(phone, server, "marmalade")
    page = await open_notes(one, server)
    await page.locator(".entry [data-more]").click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await page.close()

    # The time for undoing passes, then it is deleted for good, at the latest at the next start.
    page = await one.new_page()
    await page.clock.install()
    await page.goto(f"{server.url}/en/notes/")
    await page.clock.fast_forward("01:00")
    other = await open_notes(two, server)

    await expect(other.get_by_role("heading", name="Nothing here yet")).to_be_visible(
        timeout=40_000
    )


async def test_with_the_server_stopped_backup_waits_and_goes_on_by_itself(
    server: Server, phone: Phone
) -> None:
    mine = await phone()
    page, _ = await turned_on(mine, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await ready_for_flight(page)
    server.stop()
    await write_note(mine, server, "marmalade")

    page = await open_backup(mine, server)
    await expect(page.get_by_text("Backup goes on when you are online.")).to_be_visible()
    server.start()
    await page.evaluate("dispatchEvent(new Event('online'))")

    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()


async def test_the_words_are_shown_with_the_server_stopped(server: Server, phone: Phone) -> None:
    page, words = await turned_on(await phone(), server)
    await ready_for_flight(page)
    server.stop()

    await page.reload()
    await page.get_by_role("button", name="Show my twelve words").click()
    shown = await shown_words(page)
    await page.get_by_role("button", name="Show as a code to scan").click()

    assert shown == words
    await expect(page.get_by_role("img", name="The twelve words as a QR code")).to_be_visible()


# Erasing


async def test_erasing_asks_once_and_leaves_the_notes_on_the_phone(
    server: Server, phone: Phone
) -> None:
    mine = await phone()
    await write_note(mine, server, "marmalade")
    page, words = await turned_on(mine, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Erase from the server").click()
    erase = page.get_by_role("button", name="Erase from the server")
    await erase.click()
    await expect(problem(page)).to_contain_text("Tick the box")

    await page.get_by_label("I understand that this can’t be undone").check()
    await erase.click()

    await told(page, "Erased. Your notes are still on this phone.")
    notes = await open_notes(mine, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    again = await turn_on_backup(page)
    assert again != words


async def test_another_phone_is_told_that_the_backup_was_erased(
    server: Server, phone: Phone
) -> None:
    one, two, _, words = await pair(phone, server, "marmalade")
    page = await open_backup(one, server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    await page.get_by_role("button", name="Erase from the server").click()
    await expect(page.get_by_text("Erased.")).to_be_visible()

    other = await open_backup(two, server)
    await expect(other.get_by_text("This backup was erased.")).to_be_visible()
    notes = await open_notes(two, server)
    await expect(notes.locator(".entry")).to_have_count(1)
    await restore(other, " ".join(words))
    await expect(problem(other)).to_contain_text("This backup was erased.")


async def test_erasing_with_no_connection_says_that_nothing_was_erased(
    server: Server, phone: Phone
) -> None:
    page, _ = await turned_on(await phone(), server)
    await page.get_by_role("button", name="Erase from the server").click()
    await page.get_by_label("I understand that this can’t be undone").check()
    server.stop()

    await page.get_by_role("button", name="Erase from the server").click()

    await expect(problem(page)).to_contain_text("Nothing has been erased.")


# Removing everything from this phone


async def test_everything_is_removed_from_the_phone_in_every_tab(
    server: Server, phone: Phone
) -> None:
    mine = await phone()
    await mine.add_cookies([{"name": "locale", "value": "en", "url": server.url}])
    await write_note(mine, server, "marmalade")
    writing = await page_of(mine, server, f"worksheets/three-circles#{STEP}")
    await writing.get_by_label(QUESTION).fill("rhubarb")
    page = await page_of(mine, server, "settings/privacy")
    await expect(page.get_by_text("You have no backup.")).to_be_visible()
    remove = page.get_by_role("button", name="Remove everything")
    await remove.click()
    await expect(problem(page)).to_contain_text("Tick the box")
    server.stop()

    await page.get_by_label("I understand that this can’t be undone").check()
    await remove.click()

    await expect(page.get_by_role("heading", name="Everything has been removed")).to_be_focused()
    await expect(writing.get_by_text("You can close this one.")).to_be_visible()
    assert await violations(page) == []
    await writing.wait_for_timeout(2_000)
    assert await mine.cookies() == []
    server.start()
    # A page of the same origin that stores nothing itself.
    bare = await mine.new_page()
    await bare.goto(f"{server.url}/healthz")
    assert await bare.evaluate(
        """async () => [
          (await indexedDB.databases()).map(({ name }) => name),
          await caches.keys(),
          Object.keys(localStorage),
          (await navigator.serviceWorker.getRegistrations()).length,
        ]"""
    ) == [[], [], [], 0]


async def test_with_a_backup_the_privacy_page_says_what_stays(server: Server, phone: Phone) -> None:
    mine = await phone()
    await turned_on(mine, server)

    page = await page_of(mine, server, "settings/privacy")

    await expect(page.get_by_text("the twelve words bring it back")).to_be_visible()
    await expect(page.get_by_text("You have no backup.")).to_be_hidden()


async def test_a_browser_that_stores_nothing_is_not_offered_a_backup(
    shop: Server, phone: Phone
) -> None:
    mine = await phone()
    await mine.add_init_script("delete window.indexedDB; delete Window.prototype.indexedDB")

    page = await open_backup(mine, shop)

    await expect(page.get_by_text("Your notes could not be opened.")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on backup")).to_have_count(0)


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_axe_finds_nothing_in_any_state(
    server: Server, phone: Phone, locale: str, scheme: str
) -> None:
    mine = await phone(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = await mine.new_page()
    address = f"{server.url}/{locale}/settings/backup"
    found: dict[str, object] = {}

    async def check(state: str) -> None:
        wide = await page.evaluate("document.documentElement.scrollWidth")
        found[state] = await violations(page) + ([f"{wide} px wide"] if wide > 320 else [])

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

    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.fixture
async def camera_phone(tmp_path: Path) -> AsyncIterator[Phone]:
    """A phone whose camera sees the film `tmp_path/film.y4m`."""
    async with async_playwright() as playwright:
        flags = [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}",
        ]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])

        async def open_phone(**options: object) -> BrowserContext:
            return await browser.new_context(permissions=["camera"], locale="en-GB", **options)  # type: ignore[arg-type]

        yield open_phone
        await browser.close()


async def test_the_camera_reads_the_code_of_another_phone(
    server: Server, phone: Phone, camera_phone: Phone, tmp_path: Path
) -> None:
    old = await phone()
    await write_note(old, server, "marmalade")
    page, _ = await turned_on(old, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Show my twelve words").click()
    await shown_words(page)
    await page.get_by_role("button", name="Show as a code to scan").click()
    drawing = page.locator(".qr path")
    film(tmp_path / "film.y4m", await drawing.get_attribute("d") or "")

    page = await open_backup(await camera_phone(), server, "#restore")
    await page.get_by_role("button", name="Scan a code").click()

    await expect(page.get_by_text("1 note is back.")).to_be_visible()


def film(path: Path, drawing: str) -> None:
    """Write what a camera would see of a code drawn as `M<x> <y>h1v1h-1z...`: grey, 640 x 480."""
    width, height, size = 640, 480, 6
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", drawing)}
    rows = [
        bytes(40 if (x // size - 10, y // size - 4) in dark else 220 for x in range(width))
        for y in range(height)
    ]
    frame = b"FRAME\n" + b"".join(rows) + bytes([128]) * (width * height // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n" + frame * 10)
