"""The ember in a browser: it takes one breath, and is in nobody's way."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPhone, until
from tests.browser.locking import LOCKED, locked_phone
from tests.server import Server

pytestmark = pytest.mark.browser
# How long each part that is shown breathes, in seconds. Read from its style: the breath itself may
# be over by the time a slow page is here.
BREATHS = """() => [...document.querySelectorAll("*")]
  .filter((part) => part.checkVisibility())
  .map((part) => getComputedStyle(part))
  .filter(({ animationName }) => animationName === "breath")
  .map((style) => parseFloat(style.animationDelay)
    + parseFloat(style.animationDuration) * parseFloat(style.animationIterationCount))"""
# Whether two elements share a part of the screen.
OVERLAP = """() => {
  const [name, keys] = [".top .name span:not(.neutral)", ".top .end"]
    .map((one) => document.querySelector(one).getBoundingClientRect());
  return name.right > keys.left && name.left < keys.right
    && name.bottom > keys.top && name.top < keys.bottom;
}"""
LOW = {"width": 360, "height": 640}


async def page_at(phone: object, server: Server, path: str) -> Page:
    page = await phone.new_page()  # type: ignore[attr-defined]
    await page.goto(f"{server.url}/en/{path}")
    return page


async def test_it_breathes_for_less_than_five_seconds(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_at(await open_phone(), shared_server, "")

    lengths = await page.evaluate(BREATHS)

    assert len(lengths) == 4  # two circles in the header, two on the home page
    assert 0 < max(lengths) < 5


async def test_it_is_still_on_help_and_for_who_wants_no_motion(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    on_help = await page_at(await open_phone(), shared_server, "help")
    at_home = await page_at(await open_phone(reduced_motion="reduce"), shared_server, "")

    assert await on_help.evaluate(BREATHS) == []
    assert await at_home.evaluate(BREATHS) == []


async def test_the_first_cards_are_in_sight_on_a_low_screen(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_at(await open_phone(viewport=LOW), shared_server, "")

    await expect(page.locator(".home > .ember")).to_be_visible()
    lowest = await page.locator(".card.hard").evaluate("e => e.getBoundingClientRect().bottom")
    bar = await page.locator(".bar").evaluate("e => e.getBoundingClientRect().top")
    assert lowest <= bar


async def test_with_large_text_the_name_keeps_clear_of_the_buttons(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_at(await open_phone(viewport=LOW), shared_server, "")

    await page.evaluate("document.documentElement.style.setProperty('--size', '2')")

    assert not await page.evaluate(OVERLAP)


async def test_discreet_mode_has_no_ember_in_the_header(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_at(await open_phone(), shared_server, "learn/")
    mark = page.locator(".top .ember")
    await expect(mark).to_be_visible()

    await page.evaluate("document.documentElement.dataset.discreet = ''")

    await expect(mark).to_be_hidden()


async def test_a_search_that_finds_nothing_shows_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_at(await open_phone(), shared_server, "search")
    ember, box = page.locator("[data-nothing] .ember"), page.locator("search input")
    await expect(ember).to_be_hidden()

    await box.fill("xylophone")

    await expect(ember).to_be_visible()
    await box.fill("three")
    await until(page, "() => document.querySelector('[data-results] a') !== null")
    await expect(ember).to_be_hidden()


async def test_the_lock_screen_has_it(shared_server: Server, open_phone: OpenPhone) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    page = await page_at(phone, shared_server, "notes/")

    await expect(page.get_by_role("heading", name=LOCKED)).to_be_visible()
    await expect(page.locator(".lock .ember")).to_be_visible()
