"""The player keeps playing while the listener moves from page to page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import QUESTION, idle, note_idle, stop_time
from tests.browser.conftest import (
    WIDE,
    OpenPhone,
    in_every_look,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.listen import (
    PAUSED,
    RECORDING,
    bar,
    follow,
    is_same_document,
    listening_to,
    mini,
    now,
    play,
    plays,
)
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.browser


async def go_to_another_page(page: Page) -> Page:
    """Follow the link to the help page. Return the page."""
    await follow(page, bar(page, "Help"), "Help")
    return page


async def test_the_sound_goes_on_through_four_pages_while_somebody_writes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)

    await follow(page, bar(page, "Home"), "Home")
    await follow(page, page.get_by_role("link", name="What is CFT?"), "What is CFT?")
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My three circles"), "My three circles")
    await page.get_by_role("button", name="Next").click()
    position = await now(page)
    await page.get_by_label(QUESTION).press_sequentially("A message from work", delay=30)
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")

    assert await is_same_document(page)
    assert not await page.evaluate(PAUSED)
    assert await now(page) > position
    await expect(mini(page)).to_be_visible()


async def test_words_that_were_typed_a_moment_ago_are_kept_when_the_reader_moves_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My three circles"), "My three circles")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label(QUESTION).fill("The last words")
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My notes"), "My notes")

    await follow(page, page.get_by_role("link", name="My three circles").first, "A note")
    await follow(page, page.get_by_role("link", name="Edit"), "My three circles")
    if await page.get_by_role("button", name="Next").is_visible():
        await page.get_by_role("button", name="Next").click()

    await expect(page.get_by_label(QUESTION)).to_have_value("The last words")
    assert await is_same_document(page)


async def test_words_that_can_not_be_saved_keep_their_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My three circles"), "My three circles")
    await page.get_by_role("button", name="Next").click()
    await page.evaluate(
        """() => {
             IDBObjectStore.prototype.put = () => {
               throw new DOMException("no room", "QuotaExceededError");
             };
           }"""
    )
    await page.get_by_label(QUESTION).fill("Nowhere to go")

    await bar(page, "Write").click()

    await expect(page.locator(".toast")).to_contain_text("not saved yet")
    await expect(page.get_by_label(QUESTION)).to_have_value("Nowhere to go")
    await page.go_back()
    await expect(page.locator(".toast")).to_contain_text("not saved yet")
    await expect(page.get_by_label(QUESTION)).to_have_value("Nowhere to go")
    assert "/worksheets/three-circles" in page.url
    assert not await page.evaluate(PAUSED)


async def test_the_small_player_pauses_goes_back_and_leads_to_its_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await page.locator("[data-words=full] [data-phrase]").nth(6).click()
    await until(page, "document.querySelector('audio').currentTime > 30")
    await go_to_another_page(page)
    small_player = mini(page)

    await small_player.get_by_role("button", name="Pause").click()
    await until(page, PAUSED)
    position = await now(page)
    await small_player.get_by_role("button", name="Back 15 seconds").click()
    assert await now(page) == pytest.approx(position - 15, abs=0.5)
    await small_player.get_by_role("button", name="Play").click()
    await plays(page)
    await follow(page, small_player.get_by_role("link"), "Soothing rhythm breathing")

    await expect(small_player).to_be_hidden()
    await expect(page.locator(".player .play")).to_have_accessible_name("Pause")
    await expect(page.locator("[data-words=full] [aria-current=true]")).to_have_count(1)
    assert await is_same_document(page)


async def test_one_tap_on_any_page_sets_the_sleep_timer(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Home"), "Home")
    button = mini(page).get_by_role("button", name="Sleep timer")

    await button.click()

    await expect(button).to_have_accessible_name("Sleep timer: stops in 5 minutes")


async def test_closing_the_small_player_stops_and_remembers_the_place(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await page.locator("[data-words=full] [data-phrase]").nth(6).click()
    await until(page, "document.querySelector('audio').currentTime > 30")
    await go_to_another_page(page)

    await mini(page).get_by_role("button", name="Stop and close").click()

    await expect(mini(page)).to_be_hidden()
    assert await page.evaluate(PAUSED)
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert await page.evaluate("navigator.mediaSession.metadata") is None
    await bar(page, "Home").click()
    await expect(page).to_have_title(re.compile("^Home"))
    assert not await is_same_document(page)
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await expect(page.get_by_role("button", name="Resume at")).to_be_visible()


async def test_another_recording_waits_until_it_is_played(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, page.get_by_role("link", name="Listen").first, "Listen")
    await follow(page, page.get_by_role("link", name="Grounding"), "Grounding without the breath")
    await expect(mini(page)).to_contain_text("Soothing rhythm breathing")
    await expect(page.locator("[data-now]")).to_have_text("0:00")
    assert not await page.evaluate(PAUSED)

    await page.locator(".player .play").click()
    await until(page, "document.querySelector('audio').src.includes('grounding')")
    await plays(page)

    await expect(mini(page)).to_be_hidden()
    await go_to_another_page(page)
    await expect(mini(page)).to_contain_text("Grounding without the breath")


async def test_the_sleep_timer_goes_on_elsewhere(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    await stop_time(context)
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await play(page)
    await page.locator("select[name=sleep]").select_option("3")
    await expect(page.locator("[data-sleep-left]")).to_be_visible()
    await go_to_another_page(page)

    await page.clock.fast_forward(170_500)
    await page.clock.fast_forward(1000)
    volume_while_fading = await page.evaluate("document.querySelector('audio').volume")
    await page.clock.fast_forward(20_000)

    await until(page, PAUSED)
    assert 0 < volume_while_fading < 1
    assert await page.evaluate("document.querySelector('audio').volume") == 1
    await expect(mini(page)).to_be_visible()
    await follow(page, mini(page).get_by_role("link"), "Soothing rhythm breathing")
    await expect(page.locator("select[name=sleep]")).to_have_value("")


async def test_the_keyboard_works_in_the_small_player_and_leaves_the_page_its_keys(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await go_to_another_page(page)
    for key in (" ", "k", "j", "l"):
        await page.keyboard.press(key)
    assert not await page.evaluate(PAUSED)
    await until(page, "scrollY > 0")
    position = await now(page)
    await page.keyboard.press("ArrowRight")
    assert await now(page) > position + 14

    await mini(page).get_by_role("link").focus()
    await page.keyboard.press("k")
    await until(page, PAUSED)
    position = await now(page)
    await page.keyboard.press("j")
    assert await now(page) == pytest.approx(position - 15, abs=0.5)
    await page.keyboard.press("l")
    assert await now(page) == pytest.approx(position, abs=0.5)


async def test_the_small_player_covers_neither_the_save_line_nor_the_field_in_use(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    await follow(page, bar(page, "Write"), "Write")
    await follow(page, page.get_by_role("link", name="My three circles"), "My three circles")
    # The save line is in the viewport only from the first answer on.
    await page.get_by_label("Settled: calm, or close to it").check()
    await expect(page.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    for size in ("", "largest"):
        await page.evaluate(f"document.documentElement.dataset.size = '{size}'")
        fields = page.locator("main :is(textarea, input, summary, button):visible")
        for index in range(await fields.count()):
            await fields.nth(index).focus()
            field_box = await fields.nth(index).bounding_box()
            player_box = await mini(page).bounding_box()
            assert field_box
            assert player_box
            # If a field is taller than the screen, only its beginning must be visible.
            assert (
                min(field_box["y"] + field_box["height"], field_box["y"] + 44)
                <= player_box["y"] + 1
            ), (size, index)
        line_box = await page.locator("[data-save-line]").bounding_box()
        player_box = await mini(page).bounding_box()
        assert line_box
        assert player_box
        assert line_box["y"] + line_box["height"] <= player_box["y"] + 1, size


async def test_buttons_of_the_small_player_are_large_enough_to_touch(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    for viewport in ({"width": 320, "height": 640}, WIDE):
        page = await listening_to(await open_phone(viewport=viewport), shared_server)
        await go_to_another_page(page)
        for button in await mini(page).locator("button, a").filter(visible=True).all():
            box = await button.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["width"] >= 44
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}, WIDE], ids=["phone", "wide"])
@in_every_look
async def test_axe_finds_nothing_while_the_small_player_is_there(
    shared_server: Server, open_phone: OpenPhone, viewport: dict[str, int], locale: str, scheme: str
) -> None:
    context = await open_phone(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = await listening_to(context, shared_server, locale=locale)
    await page.locator(".bar a").nth(4).click()
    await until(page, "location.pathname.endsWith('/help')")
    await expect(page.locator("[data-mini]")).to_be_visible()

    assert await violations(page) == []


async def test_others_in_the_app_hear_what_is_listened_to(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/{RECORDING}#short")
    await page.evaluate(
        """window.heard = [];
           for (const what of ["recording-started", "recording-ended"]) {
             document.addEventListener(what, ({ detail }) => heard.push([what, detail]));
           }"""
    )
    await play(page)
    await go_to_another_page(page)
    await page.evaluate(
        """const audio = document.querySelector("audio");
           audio.currentTime = audio.duration - 0.5;"""
    )
    await until(page, "window.heard.length === 2")

    (_, started), (last_event, ended) = await page.evaluate("window.heard")
    assert last_event == "recording-ended"
    assert started == ended
    assert (ended["slug"], ended["version"]) == ("soothing-rhythm-breathing", "short")
    assert ended["seconds"] > 60


async def heard_to_its_end(open_phone: OpenPhone, server: Server) -> Page:
    page = await listening_to(await open_phone(), server, f"{RECORDING}#short")
    await page.evaluate(
        """const audio = document.querySelector("audio");
           audio.currentTime = audio.duration - 0.5;"""
    )
    await expect(page.get_by_role("link", name="Something else")).to_be_visible()
    return page


async def test_what_was_heard_to_its_end_is_not_carried_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await heard_to_its_end(open_phone, shared_server)

    await expect(page.locator("[data-ending]")).to_be_visible()

    await go_to_another_page(page)

    assert await is_same_document(page)
    await expect(mini(page)).to_be_hidden()
    await page.go_back()
    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))
    await expect(page.locator(".player .play")).to_have_accessible_name("Play")


async def test_what_was_heard_to_its_end_is_not_carried_into_another_document(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await heard_to_its_end(open_phone, shared_server)
    # The choice of language is a document of its own.
    await note_idle(page)
    await page.get_by_role("link", name="Language", exact=True).click()
    await expect(page).to_have_title(re.compile("^Language"))

    await idle(page)
    assert await page.locator("audio").count() == 0
    await expect(mini(page)).to_be_hidden()


async def test_at_the_end_it_can_be_heard_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await heard_to_its_end(open_phone, shared_server)
    await expect(page.get_by_text("You made some time for yourself.")).to_be_visible()

    await page.get_by_role("button", name="Again", exact=True).click()
    await plays(page)

    assert await now(page) < 10
    await expect(page.get_by_role("button", name="Again", exact=True)).to_be_hidden()


@pytest.mark.flight
async def test_a_paused_small_player_lets_a_newer_version_in(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    page = await listening_to(context, server)
    await ready_for_flight(page)
    await go_to_another_page(page)
    is_busy = """async () => (await navigator.locks.query()).held
                .some(({ name }) => name === "hearth-busy")"""
    assert await page.evaluate(is_busy)

    await mini(page).get_by_role("button", name="Pause").click()

    await until(page, f"async () => !(await ({is_busy})())")


@pytest.mark.flight
async def test_with_the_server_stopped_pages_come_from_this_phone_under_the_sound(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{server.url}/en/{RECORDING}")
    await ready_for_flight(page)
    await page.reload()
    await page.get_by_role("button", name="Save on this phone").click()
    await expect(page.locator("[data-keep]")).to_contain_text("It plays with no signal.")
    await expect(page.get_by_role("button", name="Remove from this phone")).to_be_visible()
    server.stop()

    await page.locator(".player .play").click()
    await plays(page)
    await page.evaluate("window.sameDocument = true")
    for name, title in [
        ("Write", "Write"),
        ("Help", "Help"),
        ("Home", "Home"),
    ]:
        await follow(page, bar(page, name), title)
        await plays(page)

    assert await is_same_document(page)
    assert "/saved/" in await page.evaluate("document.querySelector('audio').src")


@pytest.mark.flight
async def test_a_page_that_is_not_here_opens_as_usual(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    page = await listening_to(context, server)
    await ready_for_flight(page)
    await page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "/en/learn/not-written-yet";
          link.textContent = "Not here";
          document.querySelector("main").prepend(link);
        }"""
    )

    await page.get_by_role("link", name="Not here").click()

    await expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    assert not await is_same_document(page)


@pytest.fixture
def neutral(serve: Serve, tmp_path: Path) -> Iterator[Server]:
    """Yield a server whose app has another name on the home screen."""
    with ready(serve(tmp_path, 'home_screen_name = "Practice"\n')) as started:
        yield started


async def test_the_lock_screen_shows_title_and_picture(
    neutral: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), neutral)
    await go_to_another_page(page)
    await until(page, "navigator.mediaSession.metadata !== null")

    metadata_json = await page.evaluate(
        """() => {
          const { title, artist, artwork } = navigator.mediaSession.metadata;
          return JSON.stringify({ title, artist, artwork: artwork.map(({ src }) => src) });
        }"""
    )

    metadata = json.loads(metadata_json)
    assert metadata["title"] == "Soothing rhythm breathing"
    assert metadata["artist"] == "Hearth"
    assert len(metadata["artwork"]) == 1
