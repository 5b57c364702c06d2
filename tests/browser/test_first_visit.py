"""A first visit on a slow line: what is there before the scripts are."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.acts import held_back
from tests.browser.conftest import Phone, until
from tests.server import Server

pytestmark = pytest.mark.browser
SHEET = "/en/worksheets/three-circles"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


async def with_late_scripts(page: Page) -> None:
    async def late(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.continue_()

    await page.route("**/static/js/**", late)


async def test_nothing_of_a_worksheet_jumps_when_its_script_comes(
    phone: Phone, shop: Server
) -> None:
    page = await (await phone(service_workers="block")).new_page()
    await page.add_init_script(SHIFTS)
    await with_late_scripts(page)

    await page.goto(shop.url + SHEET)
    await until(page, "() => document.querySelector('.sheet[data-ready]')")
    await page.wait_for_timeout(300)

    assert await page.evaluate("window.shifted") < 0.02


@pytest.mark.parametrize(
    ("path", "script", "button", "then"),
    [
        ("help", "settle", "Choose others", "Choose up to three"),
        # A form: by itself it would load the page again.
        ("settings/privacy", "privacy-settings", "Remove everything", "There is a problem"),
    ],
)
async def test_a_button_pressed_before_its_script_is_here_does_what_it_says_once_it_is(
    phone: Phone, shop: Server, path: str, script: str, button: str, then: str
) -> None:
    page = await (await phone(service_workers="block")).new_page()
    arrived = await held_back(page, f"**/static/js/{script}-*")
    await page.goto(f"{shop.url}/en/{path}", wait_until="commit")
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("heading", name=then)).to_be_hidden()

    arrived.set()

    await expect(page.get_by_role("heading", name=then)).to_be_visible()
    assert page.url == f"{shop.url}/en/{path}"


async def test_a_worksheet_whose_scripts_can_not_be_had_reads_to_its_end(
    phone: Phone, shop: Server
) -> None:
    page = await (await phone(service_workers="block")).new_page()
    await page.route("**/static/js/main-*", lambda route: route.abort())

    await page.goto(shop.url + SHEET)

    for part in await page.locator("[data-step]").all():
        await expect(part).to_be_visible()


async def test_a_worksheet_whose_own_script_can_not_be_had_reads_to_its_end(
    phone: Phone, shop: Server
) -> None:
    page = await (await phone(service_workers="block")).new_page()
    await page.route("**/static/js/worksheet-*", lambda route: route.abort())

    await page.goto(shop.url + SHEET)

    for part in await page.locator("[data-step]").all():
        await expect(part).to_be_visible()


@pytest.mark.parametrize("path", ["", "settings/install", "settings/storage", "settings/backup"])
async def test_nothing_jumps_when_scripts_come(phone: Phone, shop: Server, path: str) -> None:
    page = await (await phone()).new_page()
    await page.add_init_script(SHIFTS)
    await with_late_scripts(page)

    await page.goto(f"{shop.url}/en/{path}")
    await until(page, "() => !document.querySelector('.awaited:not([data-started])')")
    await page.wait_for_timeout(1000)

    assert await page.evaluate("window.shifted") < 0.02


async def test_the_home_screen_is_offered_until_it_is_declined(phone: Phone, shop: Server) -> None:
    page = await (await phone()).new_page()
    await page.goto(f"{shop.url}/en/")
    card = page.locator(".install-card")
    await expect(card).to_be_visible()

    await card.locator("[data-dismiss]").click()

    await expect(card).to_have_count(0)
    await page.reload()
    await expect(card).to_be_hidden()
