"""A page is read aloud by a voice of the device."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import QUESTION, STEP
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    until,
)
from tests.browser.device_voice import (
    NOW,
    expect_marked,
    finish,
    hears,
    is_silent,
    open_part,
    page_with_voice,
    read_aloud,
    say,
)
from tests.browser.listen import PAUSED, RECORDING, play, plays
from tests.browser.locking import expect_locked, hide_and_return, locked_phone, type_pin
from tests.server import Server

pytestmark = pytest.mark.browser

PAGE = "learn/three-systems"
WORD = "CSS.highlights.get('aloud-word')?.values().next().value.toString()"


async def test_a_page_is_read_block_by_block_from_its_heading(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)

    bar = await read_aloud(page)

    await hears(page, "Three systems")
    await expect(page.locator("h1[data-spoken]")).to_be_visible()
    await expect(bar.get_by_role("button", name="Pause")).to_be_focused()
    lead = await page.locator(".lead").inner_text()
    await finish(page)
    await hears(page, lead)
    await expect_marked(page, lead)
    await expect(page.locator("[data-spoken]")).to_have_count(1)


async def test_the_spoken_word_is_marked_and_the_page_stays_as_it_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    await read_aloud(page)
    html = "document.querySelector('h1').innerHTML"
    before = await page.evaluate(html)

    await say(page, "systems")

    assert await page.evaluate(WORD) == "systems"
    assert await page.evaluate(html) == before


async def test_paused_it_is_silent_and_goes_on_from_the_word(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    bar = await read_aloud(page)
    await say(page, "systems")

    await bar.get_by_role("button", name="Pause").press("Space")
    await is_silent(page)
    await bar.get_by_role("button", name="Play").press("Space")

    await hears(page, "systems")


async def test_the_bar_goes_back_and_forward_and_closes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    bar = await read_aloud(page)
    lead = await page.locator(".lead").inner_text()

    await bar.get_by_role("button", name="Forward one paragraph").click()
    await hears(page, lead)
    await bar.get_by_role("button", name="Back one paragraph").click()
    await hears(page, "Three systems")
    await bar.get_by_role("button", name="Pause").press("Escape")

    await is_silent(page)
    await expect(bar).to_have_count(0)
    await expect(page.locator("[data-spoken]")).to_have_count(0)
    await expect(page.locator("h1")).to_be_focused()


async def test_a_tap_on_a_paragraph_reads_from_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    await read_aloud(page)
    paragraph = page.locator(".in-full > p").nth(2)
    words = (await paragraph.inner_text())[:30]

    await paragraph.click(position={"x": 5, "y": 5})

    await hears(page, words)
    await expect(paragraph).to_be_in_viewport()


async def test_a_reader_who_has_scrolled_elsewhere_stays_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    await read_aloud(page)
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    place = await page.evaluate("scrollY")

    await finish(page)

    await expect_marked(page, await page.locator(".lead").inner_text())
    assert await page.evaluate("scrollY") == place


@pytest.mark.parametrize("voices", ["none", "network"])
async def test_without_a_voice_of_the_device_it_says_how_to_get_one(
    shared_server: Server, open_phone: OpenPhone, voices: str
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE, voices=voices)

    part = await open_part(page)

    await expect(
        part.get_by_text("This phone has no voice for the language of this page yet.")
    ).to_be_visible()
    await expect(part.get_by_role("button", name="Read this page aloud")).to_be_hidden()


async def test_voices_that_come_late_are_offered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE, voices="late")
    part = await open_part(page)
    await expect(
        part.get_by_text("This phone has no voice for the language of this page yet.")
    ).to_be_visible()

    await page.evaluate("voicesCome()")

    await expect(part.get_by_label("Voice")).to_be_visible()
    await expect(part.get_by_label("Voice").locator("option")).to_have_text(
        ["Usual", "Hazel", "George"]
    )
    await expect(part.get_by_role("button", name="Read this page aloud")).to_be_visible()


async def test_another_voice_and_speed_are_used_at_once(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    await read_aloud(page)
    await say(page, "systems")

    part = await open_part(page)
    await part.get_by_label("Voice").select_option("George")
    await until(page, f"{NOW}.voice.name === 'George'")
    await part.get_by_role("slider", name="Speed").press("ArrowRight")

    await until(page, f"{NOW}.rate === 1.05 && {NOW}.text === 'systems'")
    await page.reload()
    await read_aloud(page)
    assert await page.evaluate(f"[{NOW}.voice.name, {NOW}.rate]") == ["George", 1.05]


async def test_a_worksheet_is_read_with_what_was_written(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(
        await open_phone(), shared_server, f"worksheets/three-circles#{STEP}"
    )
    await page.get_by_label(QUESTION).fill("Sunday evenings")
    bar = await read_aloud(page)
    heard = [await page.evaluate(f"{NOW}.text.trim()")]

    while await bar.count():
        await finish(page)
        more = f"speechSynthesis.speaking && speechSynthesis.said.length > {len(heard)}"
        await until(page, f"!document.querySelector('.aloud-bar') || {more}")
        heard.append(await page.evaluate(f"{NOW}.text.trim()"))

    assert QUESTION in heard
    assert "Sunday evenings" in heard
    assert not {"Next", "Clear", "More about this"} & {*heard}


async def test_reading_pauses_a_recording_and_a_recording_pauses_reading(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, RECORDING)
    await play(page)

    await read_aloud(page)
    await until(page, PAUSED)
    await play(page)

    await plays(page)
    await is_silent(page)
    await expect(page.locator(".aloud-bar").get_by_role("button", name="Play")).to_be_visible()


async def test_reading_ends_when_another_page_is_shown(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, RECORDING)
    await play(page)
    bar = await read_aloud(page)

    await page.locator(".bar").get_by_role("link", name="Read").click()

    await expect(page.locator("h1", has_text="Read")).to_be_visible()
    await is_silent(page)
    await expect(bar).to_have_count(0)


async def test_reading_pauses_while_the_page_is_covered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with_voice(await open_phone(), shared_server, PAGE)
    bar = await read_aloud(page)

    await page.evaluate("document.documentElement.dataset.covered = ''")
    await is_silent(page)
    await page.evaluate("delete document.documentElement.dataset.covered")

    await expect(bar.get_by_role("button", name="Play")).to_be_visible()


async def test_when_the_lock_closes_it_is_silent_and_the_bar_is_gone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context, _ = await locked_phone(open_phone, shared_server, after=0)
    page = await page_with_voice(context, shared_server, "notes/")
    await type_pin(page)
    await expect(page.get_by_role("heading", name="My notes", exact=True)).to_be_visible()
    bar = await read_aloud(page)

    await hide_and_return(page)

    await expect_locked(page)
    await is_silent(page)
    await expect(bar).to_have_count(0)


@in_every_look
async def test_the_bar_and_the_marks_fit_and_are_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(viewport=NARROW, color_scheme=scheme)
    page = await page_with_voice(phone, shared_server, PAGE, locale)
    part = await open_part(page)
    await part.locator("[data-read]").click()
    await until(page, "speechSynthesis.said.length === 1")

    await expect_narrow_and_accessible(page)

    for button in await page.locator(".aloud-bar button").all():
        box = await button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
