"""Restoring notes from typed words, a picture or the camera, and what can go wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.acts import (
    open_backup,
    open_notes,
    page_of,
    problem,
    shown_words,
    told,
    turned_on,
    type_words,
)
from tests.browser.conftest import FAKE_DEVICES, OpenPhone, chromium, open_phones
from tests.browser.kept import answered, keep_entries
from tests.server import Server

pytestmark = pytest.mark.browser

VALID = " ".join([*["abandon"] * 11, "about"])
BAD_CHECKSUM = " ".join(["abandon"] * 12)


async def test_four_letters_of_each_word_bring_everything_back(
    server: Server, open_phone: OpenPhone
) -> None:
    old_phone, new_phone = await open_phone(), await open_phone()
    await keep_entries(old_phone, server, answered("marmalade"), answered("rhubarb"))
    page, words = await turned_on(old_phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    page = await open_backup(new_phone, server, "#restore")
    typed = "\n".join(f"{n}. {word[:4].upper()}" for n, word in enumerate(words, 1))
    await type_words(page, typed)

    await told(page, "2 notes are back.")
    notes = await open_notes(new_phone, server)
    await notes.get_by_role("link", name="My three circles").first.click()
    await expect(notes.get_by_text("rhubarb", exact=True)).to_be_visible()


async def test_a_backup_of_choices_alone_says_what_came_back(
    server: Server, open_phone: OpenPhone
) -> None:
    old_phone, new_phone = await open_phone(), await open_phone()
    page = await page_of(old_phone, server, "help")
    await page.get_by_role("button", name="Choose others").click()
    await page.get_by_role("button", name="Remove: Compassion break").click()
    await expect(page.locator("[data-order] li")).to_have_count(2)
    # This is offered once the choice is stored.
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page, words = await turned_on(old_phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    page = await open_backup(new_phone, server, "#restore")
    await type_words(page, " ".join(words))

    await told(page, "What you had chosen is back. There are no notes in this backup yet.")
    page = await page_of(new_phone, server, "help")
    await expect(page.locator(".settle [data-chosen] li")).to_have_count(2)


async def test_a_picture_of_the_code_brings_everything_back(
    server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    old_phone, new_phone = await open_phone(color_scheme="dark"), await open_phone()
    await keep_entries(old_phone, server, answered("marmalade"))
    page, _ = await turned_on(old_phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Use on another phone").click()
    await page.get_by_role("button", name="Show the words").click()
    await expect(page.get_by_role("img", name="The twelve words as a QR code")).to_be_visible()
    # Take a screenshot of the whole screen, as a person would.
    await page.screenshot(path=tmp_path / "screen.png")

    page = await open_backup(new_phone, server, "#restore")
    await page.get_by_role("button", name="Scan a code").click()
    await page.get_by_label("Choose a picture of the code").set_input_files(tmp_path / "screen.png")

    await expect(page.get_by_text("1 note is back.")).to_be_visible()


async def test_a_picture_without_a_code_is_refused_in_plain_words(
    shared_server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    page = await open_backup(await open_phone(), shared_server, "#restore")
    await page.screenshot(path=tmp_path / "screen.png")
    (tmp_path / "words.txt").write_text("no picture at all")
    await page.get_by_role("button", name="Scan a code").click()

    for name in ("screen.png", "words.txt"):
        await page.get_by_label("Choose a picture of the code").set_input_files(tmp_path / name)
        await expect(problem(page)).to_contain_text("No code can be read in this picture.")


async def test_a_phone_without_a_camera_is_led_to_the_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_backup(await open_phone(), shared_server, "#restore")

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
        (VALID.replace("about", "abuot"), "“abuot” isn’t one of the possible words. Did you mean"),
        (VALID.replace("about", "qqqqqq"), "“qqqqqq” isn’t one of the possible words. Check word"),
        (BAD_CHECKSUM, "Each word is a possible one, but together they don’t fit."),
    ],
    ids=["none", "eleven", "thirteen", "slip", "unknown", "checksum"],
)
async def test_words_that_cannot_be_right_are_refused_at_the_field(
    shared_server: Server, open_phone: OpenPhone, typed: str, answer: str
) -> None:
    page = await open_backup(await open_phone(), shared_server, "#restore")

    await type_words(page, typed)

    await expect(problem(page)).to_be_focused()
    await expect(problem(page).get_by_role("link")).to_contain_text(answer)
    field = page.get_by_label("Twelve words")
    await expect(field).to_have_value(typed)
    await expect(field).to_have_accessible_description(re.compile(re.escape(answer)))
    await problem(page).get_by_role("link").click()
    await expect(field).to_be_focused()


async def test_words_of_no_backup_are_refused(server: Server, open_phone: OpenPhone) -> None:
    page = await open_backup(await open_phone(), server, "#restore")

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
    shared_server: Server, open_phone: OpenPhone, status: int, code: str, answer: str
) -> None:
    phone = await open_phone(service_workers="block")
    await phone.route(
        "**/api/v1/**",
        lambda route: route.fulfill(
            status=status,
            headers={"Retry-After": "90", "Content-Type": "application/problem+json"},
            body=f'{{"code": "{code}"}}',
        ),
    )
    page = await open_backup(phone, shared_server, "#restore")

    await type_words(page, VALID)

    await expect(problem(page)).to_contain_text(answer)


async def test_notes_already_on_the_phone_join_the_backup(
    server: Server, open_phone: OpenPhone
) -> None:
    first_phone, second_phone = await open_phone(), await open_phone()
    await keep_entries(first_phone, server, answered("marmalade"))
    await keep_entries(second_phone, server, answered("rhubarb"))
    page, words = await turned_on(first_phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    other_page = await open_backup(second_phone, server)
    await other_page.get_by_role("button", name="I already have twelve words").click()
    await expect(other_page.get_by_text("The notes on this phone stay")).to_be_visible()
    await type_words(other_page, " ".join(words))
    await other_page.get_by_role("button", name="Yes, add my notes").click()
    await expect(other_page.get_by_text("1 note is back.")).to_be_visible()
    await expect(other_page.get_by_text("Everything is backed up.")).to_be_visible()

    await page.get_by_role("button", name="Back up now").click()
    notes = await open_notes(first_phone, server)
    await expect(notes.locator(".entry")).to_have_count(2)


@pytest_asyncio.fixture(loop_scope="session")
async def camera_phone(tmp_path: Path) -> AsyncIterator[OpenPhone]:
    """Yield a function that opens a phone whose camera sees the film `tmp_path/film.y4m`."""
    film_flag = f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}"
    async with chromium(*FAKE_DEVICES, film_flag) as browser, open_phones(browser) as open_phone:
        yield open_phone


async def test_the_camera_reads_the_code_of_another_phone(
    server: Server, open_phone: OpenPhone, camera_phone: OpenPhone, tmp_path: Path
) -> None:
    old_phone = await open_phone()
    await keep_entries(old_phone, server, answered("marmalade"))
    page, _ = await turned_on(old_phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    await page.get_by_role("button", name="Show my twelve words").click()
    await shown_words(page)
    await page.get_by_role("button", name="Show as a code to scan").click()
    drawing = page.locator(".qr path")
    write_film(tmp_path / "film.y4m", await drawing.get_attribute("d") or "")

    page = await open_backup(await camera_phone(), server, "#restore")
    await page.get_by_role("button", name="Scan a code").click()

    await expect(page.get_by_text("1 note is back.")).to_be_visible()


def write_film(path: Path, drawing: str) -> None:
    """Write a film of a QR code as a camera would see it: grey, 640 x 480.

    `drawing` is the SVG path of the code: `M<x> <y>h1v1h-1z...`.
    """
    width, height, size = 640, 480, 6
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", drawing)}
    rows = [
        bytes(40 if (x // size - 10, y // size - 4) in dark else 220 for x in range(width))
        for y in range(height)
    ]
    frame = b"FRAME\n" + b"".join(rows) + bytes([128]) * (width * height // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n" + frame * 10)
