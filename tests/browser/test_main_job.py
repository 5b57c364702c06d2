"""The app's main job from start to finish, as a person does it: online, then offline."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import (
    QUESTION,
    open_backup,
    open_notes,
    restore,
    turn_on_backup,
    write_note,
)
from tests.browser.conftest import OpenPhone, ready_for_flight, until
from tests.browser.looks import is_earlier, pages_of
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]

RECORDING = "/en/recordings/soothing-rhythm-breathing"
ONLINE, OFFLINE = "xylophone marmalade", "periwinkle thunderstorm"


async def read_and_get_ready(phone: BrowserContext, server: Server) -> Page:
    """Open an article and wait until the phone is ready for flight mode. Return the page."""
    page = await phone.new_page()
    await page.goto(f"{server.url}/en/learn/three-systems")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Three systems")
    await ready_for_flight(page)
    return page


async def play_for_a_moment(page: Page) -> None:
    await page.get_by_role("button", name="Play", exact=True).click()
    await until(page, "() => document.querySelector('audio').currentTime > 0.3")
    await page.get_by_role("button", name="Pause", exact=True).click()


async def seek_to(page: Page, seconds: int) -> float:
    """Move the player's slider as a finger does. Return the playback position afterwards."""
    await page.locator("[data-seek]").evaluate(
        """(slider, seconds) => {
            slider.value = seconds;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        seconds,
    )
    await until(page, "() => !document.querySelector('audio').seeking")
    return float(await page.evaluate("document.querySelector('audio').currentTime"))


async def test_a_person_reads_listens_writes_and_backs_up_then_does_it_all_in_flight_mode(
    open_phone: OpenPhone, server: Server
) -> None:
    first_phone = await open_phone()
    # Without its note, an earlier revision of a worksheet gives way to the newest.
    paths = [path for path in pages_of(server, "en") if not is_earlier(path)]

    # With the server running: read, listen, save a recording, write, turn on backup.
    page = await read_and_get_ready(first_phone, server)
    await page.goto(server.url + RECORDING)
    await play_for_a_moment(page)
    await page.get_by_role("button", name="Save on this phone").click()
    saved_message = page.get_by_text("Saved on this phone. It plays with no signal.").first
    await expect(saved_message).to_be_visible(timeout=30_000)
    note_url = await write_note(first_phone, server, ONLINE)
    settings = await open_backup(first_phone, server)
    words = await turn_on_backup(settings)
    await expect(settings.get_by_text("Everything is backed up.")).to_be_visible(timeout=20_000)
    await settings.close()

    # With the server stopped: read, listen and write.
    server.stop()
    for path in paths:
        response = await page.goto(server.url + path)
        assert response is not None, path
        assert response.status == 200, path
    await page.goto(server.url + RECORDING)
    await play_for_a_moment(page)
    source = await page.evaluate("document.querySelector('audio').currentSrc")
    assert "/saved/" in source
    for seconds in (200, 30, 350, 5, 120):
        assert abs(await seek_to(page, seconds) - seconds) < 1
    await page.goto(note_url)
    await expect(page.get_by_label(QUESTION)).to_have_value(ONLINE)
    await page.get_by_label(QUESTION).fill(OFFLINE)
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    await page.reload()
    await expect(page.get_by_label(QUESTION)).to_have_value(OFFLINE)

    # Online again: the text reaches the server, encrypted.
    server.start()
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(page.locator("[data-save-line]")).to_contain_text("· backed up", timeout=30_000)
    server_files = b"".join(
        file.read_bytes() for file in server.folder.rglob("*") if file.is_file()
    )
    assert b"sealed" in server_files
    for word in [*ONLINE.split(), *OFFLINE.split(), "three-circles"]:
        assert word.encode() not in server_files

    # On a second phone: the twelve words restore everything.
    second_phone = await open_phone()
    restoring = await open_backup(second_phone, server)
    await restore(restoring, " ".join(words))
    await expect(restoring.get_by_text("1 note is back.")).to_be_visible(timeout=20_000)
    notes = await open_notes(second_phone, server)
    await notes.get_by_role("link", name="My three circles").first.click()
    await expect(notes.get_by_text(OFFLINE, exact=True)).to_be_visible()
