"""The letter worksheet: its answers are put together as one letter."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import held_back
from tests.browser.conftest import NARROW, OpenPhone, expect_narrow_and_accessible, in_every_look
from tests.browser.kept import filled_in, page_with
from tests.browser.writing import is_ready, is_saved
from tests.server import Server

pytestmark = pytest.mark.browser

SHEET = "worksheets/compassionate-letter"
WHOLE = "#answer-letter"


async def last_step(phone: BrowserContext, server: Server, locale: str = "en") -> Page:
    """Write two answers and go to the step that shows the letter."""
    page = await phone.new_page()
    await page.goto(f"{server.url}/{locale}/{SHEET}#step=hurts")
    await is_ready(page)
    await page.fill("#answer-what_hurts", "Sunday hurt.")
    await page.click("[data-next]")
    await page.click("[data-next]")
    await page.fill("#answer-what_helps", "A walk with Sam.")
    await page.click("[data-next]")
    await expect(page.locator(".letter")).to_be_visible()
    return page


async def test_the_answers_are_put_together_as_one_letter(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await last_step(await open_phone(), shared_server)

    await expect(page.locator(".letter [data-lines] p")).to_have_text(
        ["Dear me,", "Sunday hurt.", "A walk with Sam.", "With care,\nme"], use_inner_text=True
    )
    await expect(page.locator(WHOLE)).to_be_hidden()


async def test_the_letter_is_there_as_soon_as_its_place_is_shown(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    # The end of the worksheet is loaded after the letter.
    released = await held_back(page, "**/static/js/ending-*")
    await page.goto(f"{shared_server.url}/en/{SHEET}#step=read")
    await is_ready(page)
    await expect(page.locator(".letter")).to_be_attached()

    await expect(page.locator(".letter")).to_be_hidden()
    await expect(page.locator(WHOLE)).to_be_visible()
    released.set()


async def test_the_letter_is_edited_as_one_text_and_stays_so(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await last_step(await open_phone(), shared_server)
    letter = "Dear me,\n\nSunday hurt.\n\nA walk with Sam.\n\nWith care,\nme"

    await page.get_by_role("button", name="Edit as one text").click()

    await expect(page.locator(WHOLE)).to_be_focused()
    await expect(page.locator(WHOLE)).to_have_value(letter)
    await expect(page.locator(".letter")).to_be_hidden()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" again")
    await is_saved(page)
    await page.reload()
    await is_ready(page)
    await expect(page.locator(WHOLE)).to_have_value(letter + " again")
    await expect(page.locator(".letter")).to_be_hidden()


async def test_without_an_answer_the_letter_can_be_written_as_one_text(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{shared_server.url}/en/{SHEET}#step=read")
    await is_ready(page)

    await expect(page.locator(WHOLE)).to_be_visible()
    await expect(page.locator(".letter")).to_be_hidden()
    await page.locator(WHOLE).press_sequentially("Rest.")
    await expect(page.locator(WHOLE)).to_be_focused()


async def test_the_letter_is_shown_while_it_is_recorded(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    note = filled_in("compassionate-letter", what_hurts="Sunday hurt.")
    page = await page_with(await open_phone(), shared_server, SHEET, note)
    await page.goto(f"{shared_server.url}/en/notes/")
    await page.get_by_role("link", name="Compassionate letter").click()
    await page.get_by_role("link", name="Record it").click()

    await expect(page.get_by_label("Show my letter while I record")).to_be_checked()


@in_every_look
async def test_axe_finds_nothing_in_the_letter(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")
    page = await last_step(phone, shared_server, locale)

    await expect_narrow_and_accessible(page)
