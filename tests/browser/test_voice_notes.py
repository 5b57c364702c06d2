"""Voice notes: the reader records their letter, listens, keeps it and finds it on this phone."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.acts import page_of, saved_by
from tests.browser.conftest import (
    FAKE_DEVICES,
    OpenPhone,
    chromium,
    open_phones,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.listen import PAUSED, listening_to, plays
from tests.browser.locking import hide_and_return, set_lock, type_pin
from tests.server import Server

pytestmark = pytest.mark.browser

# People have links to this address, so it keeps the name.
PAGE = "recordings/my-letter"
# Keep the <audio> element in window.sound, so that tests can read its state.
NOTE_SOUND = """
const make = document.createElement.bind(document);
document.createElement = (name, ...rest) => {
  const element = make(name, ...rest);
  if (name === "audio") window.sound = element;
  return element;
};
"""

NOTE_MICROPHONE = """
const { mediaDevices } = navigator;
const open = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = async (...asked) => (window.microphone = await open(...asked));
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hearing() -> AsyncIterator[Browser]:
    async with chromium(*FAKE_DEVICES) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def speaking(hearing: Browser) -> AsyncIterator[OpenPhone]:
    """Yield a function that opens a phone. Its microphone hears a beep each second."""
    async with open_phones(hearing) as open_phone:
        yield open_phone


async def recording(context: BrowserContext, server: Server, seconds: int) -> Page:
    """Open the page, record for at least `seconds`, and return the page. It is still recording."""
    page = await page_of(context, server, PAGE)
    await begin(page)
    await recorded(page, seconds)
    return page


async def recorded(page: Page, seconds: int) -> None:
    """Wait until the page shows `seconds` or more. It may show the next second already."""
    await expect(page.locator("[data-time]")).to_have_text(
        re.compile(rf"^0:(0[{seconds}-9]|[1-5]\d)$")
    )


async def begin(page: Page) -> None:
    await page.get_by_role("button", name="Record", exact=True).click()
    await expect(page.get_by_role("heading", name="Recording")).to_be_focused()


async def keep(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Stop").click()
    await page.get_by_label("Name").fill(name)
    await page.get_by_role("button", name="Save it on this phone").click()
    await expect(row(page, name)).to_be_visible()


def length_in(text: str) -> int:
    """Return the seconds of a length such as 0:04 at the end of a text."""
    minutes, seconds = text.split()[-1].split(":")
    return 60 * int(minutes) + int(seconds)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(name))


# How many voice notes and pieces of sound are stored, under the names on phones.
STORED = """new Promise((resolve, reject) => {
  const request = indexedDB.open("hearth-letters");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const stores = ["letters", "pieces"];
    const transaction = request.result.transaction(stores);
    const counts = stores.map((name) => transaction.objectStore(name).count());
    transaction.oncomplete = () => {
      request.result.close();
      resolve(counts[0].result + counts[1].result);
    };
  };
})"""


async def stored(page: Page) -> int:
    return int(await page.evaluate(STORED))


@pytest.mark.flight
async def test_a_voice_note_is_recorded_kept_and_heard_beside_the_recordings_with_no_signal(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    page = await recording(mine, shared_server, seconds=1)
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    await page.get_by_role("button", name="Go on").click()
    await recorded(page, 3)
    await keep(page, "For bad nights")
    await ready_for_flight(page)
    await mine.set_offline(True)
    await mine.add_init_script(NOTE_SOUND)

    shelf = await page_of(mine, shared_server, "recordings/")
    kept = row(shelf, "For bad nights")
    await expect(kept).to_contain_text(re.compile(r"\d:\d\d"))
    said = length_in(await kept.inner_text())
    await kept.click()

    await expect(shelf.get_by_role("heading", name="For bad nights")).to_be_visible()
    await until(shelf, "Number.isFinite(window.sound?.duration) && sound.currentTime === 0")
    await shelf.locator("[data-seek]").press("ArrowLeft")
    await shelf.get_by_role("button", name="Play", exact=True).click()
    await until(shelf, "sound.currentTime > 0.5")
    assert said - 0.5 < float(await shelf.evaluate("sound.duration")) < said + 2
    assert await violations(shelf) == []


async def test_a_voice_note_and_a_recording_in_another_tab_never_sound_together(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    await mine.add_init_script(NOTE_SOUND)
    page = await recording(mine, shared_server, seconds=3)
    await keep(page, "For bad nights")
    await row(page, "For bad nights").click()
    await until(page, "Number.isFinite(window.sound?.duration) && sound.currentTime === 0")
    # A short note would come to its end by itself.
    await page.evaluate("void (sound.loop = true)")
    other = await listening_to(mine, shared_server)

    await page.get_by_role("button", name="Play", exact=True).click()

    await until(other, PAUSED)
    await other.locator(".player .play").click()
    await plays(other)
    await until(page, "sound.paused")


async def test_what_was_said_before_the_tab_was_killed_is_found_again(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    began = time.monotonic()
    page = await recording(mine, shared_server, seconds=4)
    # A slow phone may be behind its clock. What is stored now: the note and three seconds of it.
    await until(page, f"{STORED}.then((count) => count >= 1 + 3)")
    killer = await mine.new_cdp_session(page)
    async with page.expect_event("crash"):
        # Nobody is left to answer.
        killing = asyncio.ensure_future(killer.send("Page.crash"))
    killing.cancel()
    lived = time.monotonic() - began

    again = await page_of(mine, shared_server, PAGE)

    await expect(again.get_by_text("A recording was cut off. Listen to it?")).to_be_visible()
    assert await violations(again) == []
    await again.get_by_role("button", name="Listen to it").click()
    await expect(again.get_by_text("What you said until then is here.")).to_be_visible()
    total = again.locator("[data-total]")
    await expect(total).to_have_text(re.compile(r"^\d:\d\d$"))
    # All but the last piece of a second, and no more than there was time for.
    assert 3 <= length_in(await total.inner_text()) <= lived
    await again.get_by_role("button", name="Save it on this phone").click()
    await expect(row(again, "My letter, ")).to_be_visible()
    await expect(again.get_by_text("cut off")).to_have_count(0)


async def test_a_page_left_while_recording_keeps_what_was_said(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    page = await recording(mine, shared_server, seconds=2)

    await page.goto(f"{shared_server.url}/en/")

    await page.goto(f"{shared_server.url}/en/{PAGE}")
    await expect(page.get_by_text("Listen to it?")).to_be_visible()
    await page.get_by_role("button", name="Discard").click()
    await page.get_by_role("button", name="Throw it away").click()
    await expect(page.get_by_text("Listen to it?")).to_have_count(0)
    assert await stored(page) == 0


async def test_a_voice_note_is_renamed_saved_as_a_file_and_deleted(
    shared_server: Server, speaking: OpenPhone
) -> None:
    page = await recording(await speaking(), shared_server, seconds=1)
    await keep(page, "For bad nights")
    await row(page, "For bad nights").click()
    await page.get_by_text("Rename").click()
    await page.get_by_label("Name").fill("For Sundays")
    await page.get_by_role("button", name="Save the name").click()
    await expect(page.get_by_role("heading", name="For Sundays")).to_be_visible()
    await page.get_by_text("Save as a file").click()
    await expect(page.get_by_text("The file isn’t locked")).to_be_visible()
    download = await saved_by(page.get_by_role("button", name="Save the file"))
    assert re.fullmatch(r"recording-\d{4}-\d\d-\d\d\.webm", download.suggested_filename)
    assert (await download.path()).read_bytes().startswith(b"\x1a\x45\xdf\xa3")  # WebM

    await page.get_by_role("button", name="Delete this recording").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()

    await expect(page.get_by_role("heading", name="In my own voice")).to_be_visible()
    await expect(page.get_by_text("What I have recorded")).to_be_hidden()
    assert await stored(page) == 0


async def test_removing_everything_removes_voice_notes_and_stops_the_microphone(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    await mine.add_init_script(NOTE_MICROPHONE)
    page = await recording(mine, shared_server, seconds=1)
    await keep(page, "For bad nights")
    going = await recording(mine, shared_server, seconds=1)
    settings = await page_of(mine, shared_server, "settings/privacy")
    await settings.get_by_label("I understand that this can’t be undone").check()

    await settings.get_by_role("button", name="Remove everything").click()

    await expect(
        settings.get_by_role("heading", name="Everything has been removed")
    ).to_be_visible()
    await expect(going.get_by_text("You can close this one.")).to_be_visible()
    # No sound comes any more, and the page has given up to store the last of it.
    await until(
        going,
        """async () => {
          const { held } = await navigator.locks.query();
          const isBusy = held.some(({ name }) => name === "hearth-busy");
          const tracks = window.microphone.getTracks();
          return !isBusy && tracks.every(({ readyState }) => readyState === "ended");
        }""",
    )
    bare = await mine.new_page()
    await bare.goto(f"{shared_server.url}/healthz")
    assert await bare.evaluate("indexedDB.databases()") == []


async def test_with_a_pin_voice_notes_open_only_once_it_is_typed(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    page = await recording(mine, shared_server, seconds=1)
    await keep(page, "For bad nights")
    await page.close()
    await (await set_lock(mine, shared_server, after="Straight away")).close()

    page = await page_of(mine, shared_server, PAGE)

    await expect(page.get_by_label("Your PIN")).to_be_visible()
    await expect(row(page, "For bad nights")).to_have_count(0)
    await type_pin(page)
    await row(page, "For bad nights").click()
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator("[data-now]")).to_have_text(re.compile(r"^0:(0[1-9]|[1-5]\d)$"))


async def test_in_the_background_nothing_is_recorded(
    shared_server: Server, speaking: OpenPhone
) -> None:
    page = await recording(await speaking(), shared_server, seconds=1)

    await hide_and_return(page)

    await expect(page.get_by_text("Nothing was recorded meanwhile.")).to_be_visible()
    await page.get_by_role("button", name="Go on").click()
    await expect(page.get_by_role("heading", name="Recording")).to_be_visible()
    await expect(page.get_by_role("button", name="Pause")).to_be_focused()


async def test_when_the_lock_falls_while_recording_what_was_said_waits_behind_it(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    await (await set_lock(mine, shared_server, after="Straight away")).close()
    page = await page_of(mine, shared_server, PAGE)
    await type_pin(page)
    await begin(page)
    await recorded(page, 2)

    await hide_and_return(page)

    await expect(page.get_by_label("Your PIN")).to_be_visible()
    await type_pin(page)
    await expect(page.get_by_text("Listen to it?")).to_be_visible()


async def test_the_written_letter_is_shown_while_it_is_read_aloud(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking()
    writing = await page_of(mine, shared_server, "worksheets/compassionate-letter#step=read")
    await writing.get_by_label("write it here as one letter").fill("Dear you,\nyou are tired.")
    await expect(writing.locator("[data-save-line]")).to_contain_text("Saved on this phone")

    page = await recording(mine, shared_server, seconds=1)

    letter = page.get_by_role("region", name="My letter")
    await expect(letter.locator("p")).to_have_text(["Dear you,", "you are tired."])
    assert await violations(page) == []
    await page.get_by_role("button", name="Stop").click()
    await page.get_by_role("button", name="Discard").click()
    await page.get_by_role("button", name="Throw it away").click()
    await page.get_by_label("Show my letter while I record").uncheck()
    await begin(page)
    await expect(letter).to_be_hidden()


async def test_by_keyboard_alone_in_arabic_and_in_the_dark(
    shared_server: Server, speaking: OpenPhone
) -> None:
    mine = await speaking(locale="ar", color_scheme="dark", reduced_motion="reduce")
    page = await mine.new_page()
    await page.goto(f"{shared_server.url}/ar/{PAGE}")
    await page.locator("[data-do=record]").press("Enter")
    await expect(page.locator("[data-state-word]")).to_be_focused()
    await expect(page.locator("[data-time]")).not_to_have_text(re.compile("^[0٠]:[0٠][0٠]$"))
    assert await violations(page) == []

    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-do=resume]")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator("h2[tabindex]")).to_be_focused()
    assert await violations(page) == []
    await page.locator("[name=name]").fill("رسالتي")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-kept] h2")).to_be_focused()
    await expect(row(page, "رسالتي")).to_be_visible()


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ("NotAllowedError", "The microphone is switched off for this page."),
        ("NotFoundError", "No microphone was found."),
        ("NotReadableError", "A call or another app may be using it."),
    ],
)
async def test_a_phone_without_the_microphone_says_why_and_what_to_do(
    shared_server: Server, open_phone: OpenPhone, refusal: str, said: str
) -> None:
    mine = await open_phone()
    await mine.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{"
        f" throw new DOMException('', '{refusal}'); }}"
    )
    page = await page_of(mine, shared_server, PAGE)

    await page.get_by_role("button", name="Record", exact=True).click()

    await expect(page.locator("[data-obstacle]")).to_be_focused()
    await expect(page.locator("[data-obstacle]")).to_contain_text(said)
    await expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()


async def test_a_browser_that_cannot_record_says_so_before_anybody_tries(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    await mine.add_init_script("delete window.MediaRecorder")

    page = await page_of(mine, shared_server, PAGE)

    await expect(page.get_by_text("This browser can’t record.")).to_be_visible()
    await expect(page.get_by_role("button", name="Record", exact=True)).to_be_hidden()
