"""One sound at a time, which goes on by itself and keeps its place."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPhone, until
from tests.browser.line import line_to
from tests.browser.listen import PAUSED, RECORDING, SLUG, listening_to, now, play, plays
from tests.server import Server

pytestmark = pytest.mark.browser

PLACE = f"JSON.parse(localStorage.listening).stopped?.['{SLUG}/full']"


async def go_to(page: Page, seconds: int) -> None:
    await page.locator(".player [data-seek]").evaluate(
        """(slider, seconds) => {
          slider.value = seconds;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        seconds,
    )


async def test_what_plays_in_one_tab_pauses_the_other(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    first = await listening_to(context, shared_server)
    second = await context.new_page()
    await second.goto(f"{shared_server.url}/en/{RECORDING}")

    await play(second)

    await until(first, PAUSED)
    await go_to(second, 60)
    await until(second, f"{PLACE} >= 60")
    # The first tab has a place of its own, which must not replace the later one.
    async with first.expect_event("close"):
        await first.close(run_before_unload=True)
    assert await second.evaluate(PLACE) >= 60


async def test_play_keeps_the_place_that_is_offered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, shared_server)
    await go_to(page, 65)
    await until(page, f"{PLACE} >= 65")
    await page.reload()
    # The sound has played on for a moment.
    offer = page.get_by_role("button", name=re.compile("^Resume at 1:"))
    await expect(offer).to_be_visible()
    offered = await offer.inner_text()

    await play(page)
    await go_to(page, 20)
    await until(page, "document.querySelector('audio').currentTime > 21")
    await page.reload()

    await expect(page.get_by_role("button", name=offered, exact=True)).to_be_visible()


async def test_a_sound_whose_line_was_cut_goes_on_by_itself(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    async with line_to(shared_server.port) as line:
        page = await context.new_page()
        await page.goto(f"{line.url}/en/{RECORDING}")
        line.pace = 20_000
        await play(page)
        await line.hang_up()
        await expect(page.locator(".player [data-problem]")).to_be_visible(timeout=60_000)
        before = await now(page)

        line.pace = None
        await line.lay()

        await plays(page)
        assert await now(page) >= before
