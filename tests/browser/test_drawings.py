"""The drawings of rows that scripts make. They come from one file."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenPhone, until
from tests.server import Server

pytestmark = pytest.mark.browser
# Whether each drawing of a list has arrived and has a size.
DRAWN = """() => {
  const drawn = [...document.querySelectorAll("LIST .drawing use")];
  return drawn.length > 1 && drawn.every((one) => one.getBBox().width > 0);
}"""


async def test_the_week_at_home_has_the_drawings_of_its_exercises_and_worksheets(
    whole_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{whole_server.url}/en/programme")
    await page.locator("[data-week='1'] > summary").click()
    choice = page.locator("[data-week='1'] [data-choose]")
    await choice.click()
    await expect(choice).to_have_attribute("aria-pressed", "true")

    await page.goto(f"{whole_server.url}/en/")

    await until(page, DRAWN.replace("LIST", ".at-home"))
    reserved = page.locator(".at-home [data-place]")
    await expect(reserved).to_have_count(0)


async def test_what_a_search_finds_has_its_drawing(
    whole_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{whole_server.url}/en/search")

    await page.locator("search input").fill("voice compassionate")

    await until(page, DRAWN.replace("LIST", "[data-results]"))
    rows, drawn = page.locator("[data-results] a"), page.locator("[data-results] a > .drawing")
    assert await rows.count() == await drawn.count()
