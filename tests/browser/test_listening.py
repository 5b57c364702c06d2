"""The player on a recording's page: playback, highlighted words, and remembered choices."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import held_back, saved_by
from tests.browser.conftest import (
    WIDE,
    OpenPhone,
    in_every_look,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.listen import now, plays
from tests.server import ROOT, Server

pytestmark = pytest.mark.browser

RECORDING = "recordings/soothing-rhythm-breathing"
SOUNDS = ROOT / "static" / "recordings" / "en"
FULL = "soothing-rhythm-breathing-full"


async def open_recording(context: BrowserContext, server: Server, locale: str = "en") -> Page:
    """Open the recording's page and wait until the player shows the recording's length."""
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{RECORDING}")
    await expect(page.locator("[data-total]")).not_to_be_empty()
    return page


def cues(voice: str, version: str = "full") -> list[tuple[float, float]]:
    """Return the start and end of each caption in seconds, from the caption file on disk."""
    text = (SOUNDS / f"soothing-rhythm-breathing-{version}-{voice}.vtt").read_text("utf-8")
    time = r"(\d+):(\d+):([\d.]+)"
    return [
        (_seconds(match.groups()[:3]), _seconds(match.groups()[3:]))
        for match in re.finditer(f"{time} --> {time}", text)
    ]


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds = parts
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def sound_metadata(voice: str, version: str = "full") -> dict[str, object]:
    """Return the metadata of a sound file from the JSON file beside it."""
    file = SOUNDS / f"soothing-rhythm-breathing-{version}-{voice}.json"
    metadata: dict[str, object] = json.loads(file.read_text("utf-8"))
    return metadata


async def chosen_voice(page: Page) -> str:
    return await page.locator("select[name=voice]").input_value()


@pytest.mark.flight
async def test_nothing_of_a_recording_is_fetched_before_somebody_listens(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    requested: list[str] = []
    context = await open_phone()
    context.on(
        "request", lambda request: requested.append(request.url.removeprefix(shared_server.url))
    )
    page = await open_recording(context, shared_server)
    await ready_for_flight(page)
    media_before_play = [path for path in requested if path.startswith("/media/")]

    await page.get_by_role("button", name="Play").click()
    await plays(page)

    assert media_before_play == []
    media = [path for path in requested if path.startswith("/media/")]
    kinds = {path.partition("?")[0].rpartition(".")[2] for path in media}
    assert kinds == {"mp3", "vtt"}


async def test_play_that_is_pressed_before_the_player_is_here_is_heard_once_it_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    release_script = await held_back(page, "**/static/js/player.component-*")
    await page.goto(f"{shared_server.url}/en/{RECORDING}", wait_until="commit")
    await page.get_by_role("button", name="Play").click()

    release_script.set()

    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await plays(page)


async def test_a_line_that_is_tapped_is_spoken_and_lit(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    start, _ = cues(await chosen_voice(page))[4]

    await page.locator("[data-words=full] [data-phrase]").nth(4).click()
    await plays(page)

    assert start <= await now(page) < start + 5
    current_phrase = page.locator("[data-words=full] [aria-current=true]")
    await expect(current_phrase).to_have_count(1)
    await expect(current_phrase).to_have_text(
        await page.locator("[data-words=full] [data-phrase]").nth(4).inner_text()
    )


async def test_the_line_that_is_spoken_stays_in_sight_and_the_page_stays_still(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(viewport=WIDE), shared_server)
    start, _ = cues(await chosen_voice(page))[12]
    await page.get_by_role("button", name="Play").click()

    await page.get_by_label("Place in the recording").focus()
    while await now(page) < start:
        await page.keyboard.press("PageUp")

    current_phrase = page.locator("[data-words=full] [aria-current=true]")
    await expect(current_phrase).to_have_count(1)
    await expect(current_phrase).to_be_in_viewport()
    assert await page.evaluate("scrollY") == 0


async def test_a_reader_elsewhere_in_the_words_is_not_called_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(viewport=WIDE), shared_server)
    voice = await chosen_voice(page)
    words = page.locator("[data-words=full]")
    await words.locator("[data-phrase]").nth(1).click()
    await expect(words.locator("[aria-current=true]")).to_have_count(1)

    await words.hover()
    await page.mouse.wheel(0, 1200)
    await until(page, "document.querySelector('[data-words=full]').scrollTop > 600")
    scroll_position = await words.evaluate("(box) => box.scrollTop")
    await page.evaluate(f"document.querySelector('audio').currentTime = {cues(voice)[2][0]}")
    third = words.locator("[data-phrase]").nth(2)
    await expect(third).to_have_attribute("aria-current", "true")

    assert await words.evaluate("(box) => box.scrollTop") == scroll_position


async def test_the_keyboard_plays_and_skips(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await open_recording(await open_phone(), shared_server)
    audio = "document.querySelector('audio')"

    await page.keyboard.press(" ")
    await plays(page)
    await page.keyboard.press(" ")
    await until(page, f"{audio}.paused")
    position = await now(page)
    await page.keyboard.press("ArrowRight")
    assert await now(page) == pytest.approx(position + 15, abs=0.5)
    await page.keyboard.press("ArrowLeft")
    assert await now(page) == pytest.approx(position, abs=0.5)


async def test_a_letter_works_inside_the_player_only(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    paused = "document.querySelector('audio').paused"

    await page.keyboard.press("k")
    assert await page.evaluate(paused)
    await page.get_by_role("button", name="Back 15 seconds").focus()
    await page.keyboard.press("k")

    await until(page, f"!{paused}")


async def test_the_slider_says_its_place_in_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    slider = page.get_by_label("Place in the recording")
    await slider.focus()

    for _ in range(2):
        await page.keyboard.press("PageUp")
    await page.keyboard.press("ArrowRight")

    await expect(slider).to_have_attribute(
        "aria-valuetext", re.compile(r"^1 minute, 5 seconds of \d minutes")
    )
    await expect(page.locator("[data-now]")).to_have_text("1:05")


async def test_the_words_are_one_stop_of_the_tab_key(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    await page.get_by_role("button", name="Full screen").focus()

    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    second_phrase = page.locator("[data-words=full] [data-phrase]").nth(1)
    await expect(second_phrase).to_be_focused()
    await page.keyboard.press("Tab")

    await expect(page.get_by_role("button", name="Show all the words")).to_be_focused()


async def test_all_the_words_can_be_unfolded(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await open_recording(await open_phone(), shared_server)
    last_phrase = page.locator("[data-words=full] [data-phrase]").last
    page_height = "document.documentElement.scrollHeight"
    folded_height = await page.evaluate(page_height)

    await page.get_by_role("button", name="Show all the words").click()

    assert await page.evaluate(page_height) > folded_height * 1.5
    await last_phrase.scroll_into_view_if_needed()
    await expect(last_phrase).to_be_in_viewport()
    fold_button = page.get_by_role("button", name="Show fewer words")
    await expect(fold_button).to_have_attribute("aria-expanded", "true")


async def test_a_reload_offers_to_go_on_where_the_listener_stopped(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    await page.get_by_label("Place in the recording").focus()
    await page.keyboard.press("PageUp")
    await page.keyboard.press("PageUp")
    await page.get_by_role("button", name="Play").click()
    await plays(page)

    await page.reload()
    await page.get_by_role("button", name=re.compile(r"^Resume at 1:0\d$")).click()
    await plays(page)

    assert 60 <= await now(page) < 75
    await expect(page.locator("[data-resume]")).to_be_hidden()
    await expect(page.get_by_role("button", name="Pause", exact=True)).to_be_focused()


async def test_another_voice_goes_on_at_the_same_phrase(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    phrase = page.locator("[data-words=full] [data-phrase]").nth(6)
    await phrase.click()
    await plays(page)
    await expect(phrase).to_have_attribute("aria-current", "true")
    other_voice = "george" if await chosen_voice(page) == "isabella" else "isabella"

    await page.locator("select[name=voice]").select_option(other_voice)
    await until(page, f"document.querySelector('audio').src.includes('{other_voice}')")
    await plays(page)

    start, _ = cues(other_voice)[6]
    assert start <= await now(page) < start + 6
    await expect(phrase).to_have_attribute("aria-current", "true")
    await page.reload()
    await expect(page.locator("select[name=voice]")).to_have_value(other_voice)


async def test_another_version_begins_at_its_beginning_and_shows_its_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    await page.locator("[data-words=full] [data-phrase]").nth(6).click()
    await plays(page)

    await page.locator(".seg label").nth(1).click()
    await until(page, "document.querySelector('audio').src.includes('-short-')")
    await plays(page)

    assert await now(page) < 10
    await expect(page.locator("[data-words=short]")).to_be_visible()
    await expect(page.locator("[data-words=full]")).to_be_hidden()
    first_phrase = page.locator("[data-words=short] [data-phrase]").first
    await expect(first_phrase).to_have_attribute("aria-current", "true", timeout=15_000)
    stopped_at = await page.evaluate("JSON.parse(localStorage.listening).stopped")
    assert stopped_at["soothing-rhythm-breathing/full"] > 30
    short_seconds = float(str(sound_metadata(await chosen_voice(page), "short")["seconds"]))
    total = f"{round(short_seconds) // 60}:{round(short_seconds) % 60:02}"
    await expect(page.locator("[data-total]")).to_have_text(total)


async def test_the_version_that_was_chosen_is_remembered_for_its_recording(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    await page.locator(".seg label").nth(1).click()
    await until(page, "document.querySelector('audio').src.includes('-short-')")

    await page.reload()
    await expect(page.locator("input[value=short]")).to_be_checked()
    await page.goto(f"{shared_server.url}/en/recordings/safe-place")

    await expect(page.locator("[data-total]")).not_to_be_empty()
    await expect(page.locator("input[value=full]")).to_be_checked()


async def test_home_opens_the_short_version(shared_server: Server, open_phone: OpenPhone) -> None:
    context = await open_phone()
    page = await context.new_page()

    await page.goto(f"{shared_server.url}/en/{RECORDING}#short")

    await expect(page.locator("[data-words=short]")).to_be_visible()
    await expect(page.locator("input[value=short]")).to_be_checked()


async def test_the_speed_is_remembered(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await open_recording(await open_phone(), shared_server)
    rate = "document.querySelector('audio').playbackRate"

    await page.locator("select[name=speed]").select_option("0.9")
    assert await page.evaluate(rate) == 0.9
    await page.reload()

    await until(page, f"{rate} === 0.9")


async def test_the_sleep_timer_stops_the_sound(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.clock.install()
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await expect(page.locator("[data-total]")).not_to_be_empty()
    await page.get_by_role("button", name="Play").click()
    await plays(page)

    await page.locator("select[name=sleep]").select_option("3")
    await expect(page.get_by_text(re.compile(r"Stops in (3:00|2:5\d)"))).to_be_visible()
    await page.clock.fast_forward(200_000)

    await until(page, "document.querySelector('audio').paused")
    await expect(page.locator("select[name=sleep]")).to_have_value("")
    await expect(page.locator("[data-sleep-left]")).to_be_hidden()


async def test_arabic_words_follow_an_english_voice(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(await open_phone(), shared_server, "ar")
    phrase = page.locator("[data-words=full] [data-phrase]").nth(13)
    await expect(page.locator("[data-voice-line]")).to_be_visible()

    await phrase.click()
    await plays(page)

    await expect(phrase).to_have_attribute("aria-current", "true")
    start, _ = cues(await chosen_voice(page))[13]
    assert start <= await now(page) < start + 6
    assert await page.locator("audio track").get_attribute("srclang") == "en"


@pytest.mark.flight
async def test_without_a_server_the_words_stay_and_the_player_says_why(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await open_recording(context, shared_server)
    await ready_for_flight(page)
    await context.set_offline(True)

    await page.get_by_role("button", name="Play").click()

    problem = page.get_by_role("alert")
    await expect(problem).to_contain_text("You’re offline and this recording isn’t saved")
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
    await context.set_offline(False)
    await page.get_by_role("button", name="Play").click()
    await plays(page)
    await expect(problem).to_be_hidden()


async def test_the_file_can_be_downloaded(
    shared_server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    page = await open_recording(await open_phone(), shared_server)
    metadata = sound_metadata(await chosen_voice(page))

    download = await saved_by(page.get_by_role("link", name="Download the file"))
    await download.save_as(tmp_path / "file.mp3")

    assert download.suggested_filename.endswith(".mp3")
    checksum = hashlib.sha256((tmp_path / "file.mp3").read_bytes()).hexdigest()
    assert checksum == metadata["sha256"]


async def test_without_scripts_the_browsers_own_player_plays(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone(java_script_enabled=False)
    page = await context.new_page()

    await page.goto(f"{shared_server.url}/en/{RECORDING}")

    # The first player is for the page's language, the others for other languages.
    audio = page.locator("audio").first
    await expect(audio).to_be_visible()
    await expect(audio.locator("track[kind=captions]")).to_have_count(1)
    await audio.click(position={"x": 27, "y": 27})
    await plays(page)
    for version in ("full", "short"):
        await expect(page.locator(f"[data-words={version}]")).to_be_visible()
    files = page.locator(".downloads li[data-locale=en]")
    await expect(files).to_have_count(4)
    await expect(files.first).to_contain_text(re.compile(r"(George|Isabella) · [78] min"))
    await expect(page.locator(".needs-js:visible")).to_have_count(0)


@pytest.mark.flight
@pytest.mark.parametrize("path", [RECORDING, "settings/storage"])
@in_every_look
async def test_axe_finds_nothing(
    shared_server: Server, open_phone: OpenPhone, path: str, locale: str, scheme: str
) -> None:
    context = await open_phone(color_scheme=scheme, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/{locale}/{path}")
    await ready_for_flight(page, locale)

    assert await violations(page) == []
