"""Voices in another language than that of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPhone, until, violations
from tests.browser.listen import MARK, RECORDING, add_spanish, listening_to, plays
from tests.browser.shelf import put
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.browser


@pytest.fixture
def several(serve: Serve, tmp_path: Path) -> Iterator[Server]:
    settings = add_spanish(tmp_path / "content")
    with ready(serve(tmp_path, settings)) as started:
        yield started


async def open_recording(
    open_phone: OpenPhone, server: Server, locale: str = "en", **options: object
) -> Page:
    context = await open_phone(**options)
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{RECORDING}")
    await expect(page.locator("[data-total]")).not_to_be_empty()
    return page


async def test_a_voice_in_another_language_goes_on_at_the_same_phrase(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), several)
    phrase = page.locator("[data-words=full] [data-phrase]").nth(6)
    await phrase.click()
    await expect(phrase).to_have_attribute("aria-current", "true")

    await page.locator("[data-also^='es/']").click()
    await until(page, "document.querySelector('audio').src.includes('/es/')")
    await plays(page)

    await expect(phrase).to_have_attribute("aria-current", "true")
    await expect(page.locator("select[name=voice]")).to_have_value("es/dora")
    await expect(page.locator("[data-also^='es/']")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator("[data-voice-line]")).to_contain_text("The voice speaks Spanish.")
    assert await page.locator("audio track").get_attribute("srclang") == "es"


async def test_pressed_again_the_pages_own_voice_comes_back(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(open_phone, several)
    await page.locator("select[name=voice]").select_option("isabella")
    await page.locator("[data-also^='es/']").click()
    await until(page, "document.querySelector('audio').src.includes('/es/')")

    await page.locator("[data-also^='es/']").click()

    await until(page, "document.querySelector('audio').src.includes('isabella')")
    await expect(page.locator("[data-voice-line]")).to_be_hidden()


async def test_the_words_can_be_read_as_they_are_spoken(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(open_phone, several)
    first = page.locator("[data-words=full] [data-phrase]").first
    english = await first.inner_text()
    await page.locator("[data-also^='es/']").click()
    choice = page.locator("[data-words-choice]")
    await expect(choice).to_be_visible()
    assert not (await first.inner_text()).startswith(MARK)

    await choice.get_by_label("Español").check()
    await expect(first).to_have_text(f"{MARK}{english}")
    await expect(first).to_have_attribute("lang", "es")
    await choice.get_by_label("English").check()

    await expect(first).to_have_text(english)
    assert await first.get_attribute("lang") is None


async def test_the_language_of_voice_and_words_is_remembered(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(open_phone, several)
    await page.locator("[data-also^='es/']").click()
    await page.locator("[data-words-choice]").get_by_label("Español").check()
    first = page.locator("[data-words=full] [data-phrase]").first
    await expect(first).to_contain_text(MARK)

    await page.reload()

    await expect(first).to_contain_text(MARK)
    await expect(page.locator("select[name=voice]")).to_have_value("es/dora")
    await page.goto(f"{several.url}/en/recordings/grounding-without-breath")
    await expect(page.locator("[data-total]")).not_to_be_empty()
    await expect(page.locator("[data-words-choice]")).to_be_hidden()
    await expect(page.locator("[data-words=full] [data-phrase]").first).not_to_contain_text(MARK)


async def test_an_english_voice_can_be_read_in_english_on_an_arabic_page(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(open_phone, several, "ar")
    first = page.locator("[data-words=full] [data-phrase]").first

    await page.locator("[data-words-choice]").get_by_label("English").check()

    await expect(first).to_contain_text("This is soothing rhythm breathing")
    await expect(first).to_have_attribute("lang", "en")


async def test_the_label_of_a_computers_voice_follows_the_version_that_plays(
    serve: Serve, tmp_path: Path, open_phone: OpenPhone
) -> None:
    content = tmp_path / "content"
    put(content, RECORDING.partition("/")[2])
    with ready(serve(tmp_path, f'content_dir = "{content}"\n')) as server:
        page = await open_recording(open_phone, server)
        label = page.get_by_text("Demonstration recording in a computer-generated voice")
        await expect(label).to_be_hidden()

        await page.locator("input[name=version][value=short]").check()
        await expect(label).to_be_visible()

        await page.locator("input[name=version][value=full]").check()
        await page.locator("select[name=voice]").select_option("sam")
        await expect(label).to_be_hidden()


async def test_axe_finds_nothing_with_a_spanish_voice(
    several: Server, open_phone: OpenPhone
) -> None:
    page = await open_recording(open_phone, several, reduced_motion="reduce")
    await page.locator("[data-also^='es/']").click()
    await expect(page.locator("[data-words-choice]")).to_be_visible()

    assert await violations(page) == []


async def test_without_scripts_each_language_has_a_player_and_files(
    several: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone(java_script_enabled=False)
    page = await context.new_page()

    await page.goto(f"{several.url}/en/{RECORDING}")

    await expect(page.locator("audio[src^='/media/en/']")).to_be_visible()
    await expect(page.locator(f"audio[src^='/media/es/{SPANISH}?v=']")).to_be_visible()
    await expect(page.locator(".downloads [lang=es]")).to_have_count(2)


SPANISH = "soothing-rhythm-breathing-full-dora.mp3"
