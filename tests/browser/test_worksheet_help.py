"""Guidance and examples in worksheets: there on request, and otherwise out of the way."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import WIDE, OpenPhone, violations
from tests.browser.writing import is_ready, opened, reload
from tests.server import Server

pytestmark = pytest.mark.browser

LETTER = "worksheets/compassionate-letter"


async def open_letter(
    open_phone: OpenPhone, server: Server, *, locale: str = "en", **options: object
) -> Page:
    """Open the worksheet for a compassionate letter at its step “hurts”. Return the page."""
    page = await (await open_phone(**options)).new_page()
    await page.goto(f"{server.url}/{locale}/{LETTER}#step=hurts")
    await is_ready(page)
    return page


async def edges(element: Locator) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom edges of an element."""
    box = await element.bounding_box()
    assert box
    left, top = box["x"], box["y"]
    return left, top, left + box["width"], top + box["height"]


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_guidance_opens_beside_its_question_on_a_wide_screen_and_beneath_it_on_a_phone(
    open_phone: OpenPhone, shared_server: Server, locale: str
) -> None:
    page = await open_letter(open_phone, shared_server, locale=locale)
    field = page.locator("[data-field=what_hurts]")
    answer, guidance = field.locator("textarea"), field.locator(".guidance")
    await guidance.locator("summary").press("Enter")
    await expect(guidance.locator(".nhsuk-details__text")).to_be_visible()

    (_, top, *_), (*_, bottom) = await edges(guidance), await edges(answer)
    assert top >= bottom

    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    left, top, right, _ = await edges(guidance)
    answer_left, _, answer_right, bottom = await edges(answer)
    assert left >= answer_right if locale == "en" else right <= answer_left
    assert top < bottom
    assert await violations(page) == []


async def test_examples_are_shown_all_at_once_where_wanted_and_the_browser_remembers(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    open_examples = page.locator(".example[open]:visible")
    await expect(page.locator(".example:visible").first).to_be_visible()
    await expect(open_examples).to_have_count(0)

    await page.get_by_role("button", name="Show examples").click()
    count = await page.locator(".example:visible").count()
    await expect(open_examples).to_have_count(count)
    await reload(page)
    await expect(open_examples).to_have_count(count)
    # Examples that are added later are open too.
    await page.click("[data-add]")
    await expect(open_examples).to_have_count(count + 2)
    await page.get_by_role("button", name="Hide examples").click()

    await expect(open_examples).to_have_count(0)


async def test_guidance_stands_on_an_empty_sheet_of_paper_and_an_example_if_it_is_open(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await open_letter(open_phone, shared_server)
    await page.emulate_media(media="print")

    guidance = page.locator(".guidance .nhsuk-details__text")
    examples = page.locator(".example .nhsuk-details__text")
    await expect(guidance.first).to_be_visible()
    await expect(examples.first).to_be_hidden()
    await page.emulate_media(media="screen")
    await page.get_by_role("button", name="Show examples").click()
    await page.emulate_media(media="print")
    await expect(examples.first).to_be_visible()
    await page.emulate_media(media="screen")
    await page.locator("[data-field=what_hurts] textarea").fill("a message")
    await page.emulate_media(media="print")
    # A filled-in worksheet prints only the answers.
    await expect(examples.first).to_be_hidden()
    await expect(guidance.first).to_be_hidden()


async def test_a_worksheet_leads_to_what_there_is_to_read_about_it(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)

    related = page.locator(".sheet-related")
    await expect(related.get_by_role("heading", name="Read about it")).to_be_visible()
    await related.get_by_role("link").first.click()

    await page.wait_for_url("**/en/learn/*")
