"""Offline, a recording whose chosen voice isn't saved is offered in a voice that is."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import page_of
from tests.browser.conftest import OpenPhone, ready_for_flight, until
from tests.browser.listen import PAUSED, RECORDING, plays
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]
OFFER = "Play it with Isabella, saved on this phone"


async def with_isabella_saved(server: Server, open_phone: OpenPhone) -> Page:
    """Open a recording, save it in one voice and choose the other."""
    page = await page_of(await open_phone(), server, RECORDING)
    await ready_for_flight(page)
    await page.locator("select[name=voice]").select_option("isabella")
    await page.get_by_role("button", name="Save on this phone").click()
    await expect(page.locator("[data-saved]")).to_be_visible()
    await page.locator("select[name=voice]").select_option("george")
    await expect(page.locator("[data-saved]")).to_be_hidden()
    return page


async def test_a_saved_voice_plays_with_one_tap(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await with_isabella_saved(shared_server, open_phone)
    await page.context.set_offline(True)

    await page.locator(".player .play").click()
    await page.get_by_role("button", name=OFFER).click()

    await plays(page)
    await expect(page.locator("select[name=voice]")).to_have_value("isabella")
    await expect(page.get_by_role("button", name=OFFER)).to_be_hidden()


async def test_the_chosen_voice_stays_chosen_for_when_there_is_a_signal(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await with_isabella_saved(shared_server, open_phone)
    await page.context.set_offline(True)
    await page.locator(".player .play").click()
    await page.get_by_role("button", name=OFFER).click()
    await until(page, f"!{PAUSED}")

    await page.context.set_offline(False)
    await page.reload()

    await expect(page.locator("select[name=voice]")).to_have_value("george")


async def test_nothing_is_offered_when_no_voice_is_saved(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await ready_for_flight(page)
    await phone.set_offline(True)

    await page.locator(".player .play").click()

    await expect(page.locator("[data-problem]")).to_contain_text("isn’t saved on this phone")
    await expect(page.locator("[data-instead]")).to_be_hidden()
