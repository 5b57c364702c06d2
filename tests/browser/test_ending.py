"""What a recording's page shows when the recording has been heard to its end."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import started
from tests.browser.conftest import OpenPhone, in_every_look, violations
from tests.browser.kept import page_with
from tests.browser.test_practice import AFTER, BEFORE, RECORDING, expect_saved, note_from, slide
from tests.server import Server

pytestmark = pytest.mark.browser


def ended(kind: str) -> str:
    return f"""document.dispatchEvent(new CustomEvent("recording-{kind}", {{
      detail: {{ slug: "soothing-rhythm-breathing", version: "full", voice: "", seconds: 0 }},
    }}))"""


def ending(page: Page) -> Locator:
    return page.locator("[data-ending]")


async def listen(page: Page) -> None:
    """Begin to listen and come to the end, as the player tells the page."""
    await started(page)
    await page.evaluate(ended("started"))
    await page.evaluate(ended("ended"))
    await expect(ending(page)).to_be_visible()


async def test_the_end_asks_at_once_in_place(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_with(await open_phone(), shared_server, RECORDING)
    await slide(page, BEFORE, 3)
    await expect_saved(page)

    await listen(page)
    await slide(page, AFTER, 6)

    await expect(
        ending(page).get_by_role("heading", name="You made some time for yourself")
    ).to_be_visible()
    await expect(ending(page).get_by_text("Before: 3. Now: 6.")).to_be_visible()
    await expect(ending(page).get_by_role("heading", name="How are you now?")).to_be_in_viewport()
    await expect(page.get_by_label(BEFORE, exact=True)).to_be_hidden()
    await expect(ending(page).get_by_role("link", name="Next, when you like")).to_be_visible()


async def test_the_note_goes_to_the_appointment_with_one_tap(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(await open_phone(), shared_server, RECORDING)
    await listen(page)
    await expect(ending(page).get_by_role("link", name="Take this")).to_be_hidden()
    await slide(page, AFTER, 6)
    await expect_saved(page)

    await ending(page).get_by_role("link", name="Take this to my appointment").click()

    await expect(page.locator("[data-choices] input")).to_be_checked()


async def test_listening_again_puts_the_question_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(await open_phone(), shared_server, RECORDING)
    await listen(page)

    await page.evaluate(ended("started"))

    await expect(ending(page)).to_be_hidden()
    await expect(page.locator(".listening #practice")).to_be_visible()
    await expect(page.locator("#practice-title")).to_have_text("How are you right now?")


async def test_who_is_writing_keeps_the_field(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_with(await open_phone(), shared_server, RECORDING)
    await page.get_by_role("button", name="Say how you are afterwards").click()
    words = page.get_by_label(re.compile("Anything to note"))
    # The button works once its script is here, and keys that come before the field are lost.
    await expect(words).to_be_visible()
    await words.press_sequentially("Half a")

    await page.evaluate(ended("started"))
    await page.evaluate(ended("ended"))
    await words.press_sequentially(" word")

    await expect(words).to_be_focused()
    await expect(words).to_have_value("Half a word")


async def test_worse_twice_in_a_row_offers_something_steadier_and_words_to_say(
    whole_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(
        await open_phone(), whole_server, RECORDING, note_from(1, before=6, after=3)
    )
    await slide(page, BEFORE, 5)
    await listen(page)

    await slide(page, AFTER, 2)
    await expect_saved(page)

    steadier = ending(page).locator("[data-ending-worse]")
    await expect(steadier).to_contain_text("You could tell your therapist")
    await expect(steadier.get_by_role("link", name="Grounding without the breath")).to_be_visible()
    await expect(ending(page).get_by_role("link", name="Next, when you like")).to_be_hidden()


async def test_worse_once_is_not_mentioned(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_with(
        await open_phone(), shared_server, RECORDING, note_from(1, before=3, after=6)
    )
    await slide(page, BEFORE, 5)
    await listen(page)

    await slide(page, AFTER, 2)
    await expect_saved(page)

    await expect(ending(page).get_by_role("link", name="Next, when you like")).to_be_visible()
    await expect(ending(page).locator("[data-ending-worse]")).to_be_hidden()


@in_every_look
async def test_axe_finds_nothing_at_the_end(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    context = await open_phone(color_scheme=scheme)
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/{locale}/{RECORDING}")
    await expect(page.locator("[data-module=practice]")).to_have_attribute("data-started", "")

    await listen(page)

    assert await violations(page) == []
