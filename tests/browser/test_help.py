"""Help: who to call is in sight and one tap away."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import page_of
from tests.browser.conftest import DIRECTIONS, OpenPhone
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("height", [740, 640])
@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_the_emergency_number_is_in_sight_on_help(
    shared_server: Server, open_phone: OpenPhone, locale: str, height: int
) -> None:
    phone = await open_phone(viewport={"width": 360, "height": height})
    page = await page_of(phone, shared_server, "", locale)

    await page.locator(".bar a").last.click()

    line = page.locator("main a[href='tel:999']")
    await expect(line).to_be_visible()
    row, bar = await line.bounding_box(), await page.locator(".bar").bounding_box()
    assert row
    assert bar
    assert row["y"] + row["height"] <= bar["y"]
