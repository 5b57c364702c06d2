"""The listening mode: the whole screen for a light that breathes and one line of words."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.acts import stop_time
from tests.browser.conftest import OpenPhone, in_every_look, ready_for_flight, until, violations
from tests.browser.listen import PAUSED, RECORDING, bar, follow, is_same_document, now, plays
from tests.server import Server

pytestmark = pytest.mark.browser

RESTING = re.compile("")
# The controls fade after so many milliseconds.
FADES_AFTER = 5_000


def mode(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Soothing rhythm breathing")


async def open_mode(
    context: BrowserContext, server: Server, path: str = RECORDING, locale: str = "en"
) -> Page:
    """Open a recording's page and press the button for the whole screen. The sound plays."""
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{path}")
    await expect(page.locator("[data-total]").first).not_to_be_empty()
    await page.locator("[data-full]").click()
    await expect(page.locator("dialog.mode")).to_be_visible()
    await plays(page)
    return page


async def resting_mode(open_phone: OpenPhone, server: Server) -> Page:
    """Open the mode and let its controls fade. They don't fade again: the page's clock stands."""
    context = await open_phone(has_touch=True)
    await stop_time(context)
    page = await open_mode(context, server)
    await page.clock.run_for(FADES_AFTER)
    await expect(mode(page)).to_have_attribute("data-resting", "")
    return page


async def go_to(page: Page, seconds: float) -> None:
    await page.evaluate(f"document.querySelector('audio').currentTime = {seconds}")


async def test_one_tap_fills_the_screen_plays_and_shows_what_is_said(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)

    await go_to(page, 49)

    line = mode(page).locator("[data-line]")
    await expect(line).to_have_text(re.compile("^(Sit, stand or lie|Let your back be long)"))
    await expect(mode(page).locator("[data-ends]")).to_have_text(re.compile(r"^ends about \d"))


async def test_escape_closes_it_and_the_sound_goes_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)

    await page.keyboard.press("Escape")

    await expect(mode(page)).to_have_count(0)
    await expect(page.locator("[data-full]")).to_be_focused()
    assert not await page.evaluate(PAUSED)
    await plays(page)


async def test_back_closes_it_and_stays_on_the_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)

    await page.go_back()

    await expect(mode(page)).to_have_count(0)
    await expect(page).to_have_title(re.compile("^Soothing rhythm breathing"))
    assert not await page.evaluate(PAUSED)
    await plays(page)


async def test_closing_it_leaves_nothing_for_back_to_do(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/recordings/")
    await page.get_by_role("link", name="Soothing rhythm breathing").click()
    await expect(page.locator("[data-total]").first).not_to_be_empty()
    await page.locator("[data-full]").click()
    await plays(page)
    await mode(page).get_by_role("button", name="Close").click()
    await expect(mode(page)).to_have_count(0)

    await page.go_back()

    await expect(page).to_have_title(re.compile("^Listen"))


async def test_after_it_the_sound_goes_on_through_pages(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)
    await until(page, "history.scrollRestoration === 'manual'")
    await page.keyboard.press("Escape")
    await expect(mode(page)).to_have_count(0)
    await page.evaluate("window.sameDocument = true")

    await follow(page, bar(page, "Help"), "Help")

    assert await is_same_document(page)
    await plays(page)


async def test_controls_fade_and_the_tap_that_brings_them_back_presses_nothing(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await resting_mode(open_phone, shared_server)

    await mode(page).locator("[data-play]").tap()

    await expect(mode(page)).not_to_have_attribute("data-resting", RESTING)
    assert not await page.evaluate(PAUSED)
    await mode(page).locator("[data-play]").tap()
    await until(page, PAUSED)


async def test_a_click_with_a_mouse_leaves_the_controls_that_its_move_has_brought(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await resting_mode(open_phone, shared_server)

    # Moves there first, which brings the controls.
    await page.mouse.move(150, 120)
    await page.mouse.click(160, 130)

    assert await mode(page).get_attribute("data-resting") is None


async def test_the_keyboard_brings_the_controls_and_keeps_them(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await resting_mode(open_phone, shared_server)

    await page.keyboard.press("Tab")
    await expect(mode(page)).not_to_have_attribute("data-resting", RESTING)
    await page.keyboard.press("k")

    await until(page, PAUSED)


async def test_one_tap_sets_the_sleep_timer(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await open_mode(await open_phone(), shared_server)
    button = mode(page).get_by_role("button", name="Sleep timer")

    await button.click()

    await expect(button).to_have_accessible_name("Sleep timer: stops in 5 minutes")
    await expect(button).to_have_text("5 min")


async def test_the_light_follows_the_breath_of_the_script(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    # A breath takes under five seconds. At this speed, a slow machine can look at each.
    await context.add_init_script("""localStorage.setItem("listening", '{"speed": 0.25}')""")
    page = await open_mode(context, shared_server)
    light = mode(page).locator(".mode-light")
    line = mode(page).locator("[data-line]")
    counted = page.locator("[data-words=full] [data-phrase]")
    first = await counted.evaluate_all(
        "phrases => phrases.findIndex((phrase) => phrase.dataset.breath === 'in')"
    )
    cue = "document.querySelector('audio').textTracks[0].cues[{}].startTime + 0.2"
    await until(page, "document.querySelector('audio').textTracks[0].cues?.length > 0")
    await expect(light).to_have_attribute("data-breath", "still")

    await go_to(page, await page.evaluate(cue.format(first)))
    await expect(line).to_have_text("Breathing in, two, three, four.")
    await expect(light).to_have_attribute("data-breath", "in")
    await go_to(page, await page.evaluate(cue.format(first + 1)))

    await expect(light).to_have_attribute("data-breath", "out")
    await page.keyboard.press(" ")
    await expect(light).to_have_attribute("data-breath", "still")


async def test_without_the_breath_the_light_rests(
    whole_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), whole_server, "recordings/grounding-without-breath")
    light = page.locator("dialog.mode .mode-light")

    await go_to(page, 20)
    await expect(page.locator("dialog.mode [data-line]")).not_to_be_empty()

    await expect(light).to_have_attribute("data-breath", "still")


async def test_more_silence_makes_the_recording_longer_and_leaves_the_voice_alone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)
    rate = "document.querySelector('audio').playbackRate"
    slider = mode(page).get_by_role("slider", name="Silence between the phrases")
    whole = mode(page).locator("[data-seek]")
    before = int(await whole.get_attribute("max") or 0)

    await slider.focus()
    await slider.press("End")

    await expect(slider).to_have_attribute("aria-valuetext", "200%")
    await until(page, f"document.querySelector('dialog [data-seek]').max > {before} + 100")
    await go_to(page, 44.5)
    await until(page, f"{rate} < 0.6")
    await until(page, f"document.querySelector('audio').currentTime > 48.4 && {rate} === 1")
    await page.keyboard.press("Escape")
    at = await now(page)
    shown = int(await page.locator(".player [data-seek]").input_value())
    assert shown > at + 3


async def test_arrows_and_space_work_in_the_choices(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)
    slider = mode(page).get_by_role("slider", name="Silence between the phrases")
    still = mode(page).get_by_label("Still light")

    await slider.press("ArrowRight")
    await still.press(" ")

    await expect(slider).to_have_attribute("aria-valuetext", "133%")
    await expect(still).to_be_checked()
    assert not await page.evaluate(PAUSED)


async def test_without_the_bell_the_words_begin_at_once(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    await context.add_init_script("""localStorage.setItem("listening", '{"bell": false}')""")

    page = await open_mode(context, shared_server)

    await until(page, "document.querySelector('audio').currentTime > 3.7")
    await expect(mode(page).get_by_label("Bell")).not_to_be_checked()


async def test_at_the_end_it_gives_way_to_its_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_mode(await open_phone(), shared_server)

    await go_to(page, await page.evaluate("document.querySelector('audio').duration - 0.3"))

    await expect(mode(page)).to_have_count(0)
    await expect(page.locator("[data-after]")).to_be_visible()


@pytest.mark.flight
async def test_it_opens_in_flight_mode(shared_server: Server, open_phone: OpenPhone) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await ready_for_flight(page)
    await page.get_by_role("button", name=re.compile("^Save")).first.click()
    await expect(page.locator("[data-saved]")).to_be_visible(timeout=30_000)
    await context.set_offline(True)
    await page.reload()

    await page.locator("[data-full]").click()

    await expect(mode(page)).to_be_visible()
    await plays(page)
    await expect(mode(page).locator("[data-line]")).not_to_be_empty()


@in_every_look
async def test_axe_finds_nothing_in_it(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    context = await open_phone(color_scheme=scheme, reduced_motion="reduce")
    page = await open_mode(context, shared_server, locale=locale)

    assert await violations(page) == []
