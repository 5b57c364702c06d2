"""Every page, in both languages and themes: axe, narrow screens, large text, keyboard."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Phone, until, violations
from tests.server import Server

pytestmark = pytest.mark.browser
LOCALES = ["en", "ar"]
# Of all pages by turns: a test has an end (conftest.LONGEST), and axe takes seconds for a page.
PARTS = 4
# What stays put at these sizes; wide pictures and tables may scroll inside their own box.
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"

# nhsuk's own need no script.
WAITING = 'main [data-module]:not([data-module^="nhsuk"], [data-started], [data-broken])'
TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, summary, input")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    // Links inside a sentence are as high as their line (WCAG 2.2, 2.5.8).
    .filter((each) => !each.closest("p, .prose li, dd") || each.matches("button"))
    .filter((each) => !each.matches(".nhsuk-skip-link, .sr"))
    .map((each) => {
        const target = each.closest("label, .nhsuk-radios__item") ?? each;
        const { width, height } = target.getBoundingClientRect();
        return [each.outerHTML.slice(0, 90), Math.round(width), Math.round(height)];
    })
    .filter(([, width, height]) => width < 44 || height < 44)
    .map(String)"""


@dataclass
class Measured:
    """What is wrong, a line each: too wide, its heading out of sight, too small for a finger."""

    wide: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)


def pages_of(server: Server, locale: str) -> list[str]:
    with urllib.request.urlopen(f"{server.url}/{locale}/offline.json") as answer:
        listed = json.load(answer)["pages"]
    return [path for path in listed if not path.endswith((".json", ".webmanifest"))]


async def opened(page: Page, address: str) -> None:
    await page.goto(address)
    # Scripts have drawn what they add once the page's parts are started.
    await until(page, f"document.readyState === 'complete' && !document.querySelector('{WAITING}')")
    await page.wait_for_timeout(150)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", LOCALES)
async def test_axe_finds_nothing_on_any_page(
    phone: Phone, shop: Server, locale: str, theme: str, part: int
) -> None:
    context = await phone(color_scheme=theme, reduced_motion="reduce")
    page = await context.new_page()
    found = []
    for path in pages_of(shop, locale)[part::PARTS]:
        await opened(page, shop.url + path)
        found += [f"{path}: {each}" for each in await violations(page)]

    assert found == []


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=LOCALES)
async def measured(
    request: pytest.FixtureRequest, browser: Browser, shop: Server
) -> AsyncIterator[Measured]:
    """Every page of a language, opened once and looked at in several sizes."""
    context = await browser.new_context(viewport=PHONE, has_touch=True)
    page = await context.new_page()
    found = Measured()
    for path in pages_of(shop, request.param):
        await page.set_viewport_size(PHONE)
        await opened(page, shop.url + path)
        found.small += [f"{path}: {each}" for each in await page.evaluate(TOO_SMALL)]
        await page.set_viewport_size({"width": 360, "height": 640})
        box = await page.locator("h1").first.bounding_box()
        if box is None or box["y"] + box["height"] > 500:
            found.hidden.append(path)
        await page.set_viewport_size({"width": 320, "height": 640})
        if await page.evaluate(TOO_WIDE):
            found.wide.append(f"{path} at 320 px")
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        if await page.evaluate(TOO_WIDE):
            found.wide.append(f"{path} at 200 % text")
    await context.close()
    yield found


async def test_no_page_is_wider_than_a_small_phone_or_large_text(measured: Measured) -> None:
    assert measured.wide == []


async def test_the_first_words_show_without_scrolling_on_a_small_phone(measured: Measured) -> None:
    assert measured.hidden == []


async def test_what_is_touched_is_large_enough(measured: Measured) -> None:
    assert measured.small == []


async def test_a_page_can_be_used_by_keyboard_alone(phone: Phone, shop: Server) -> None:
    context = await phone()
    page = await context.new_page()
    await opened(page, f"{shop.url}/en/")

    await page.keyboard.press("Tab")
    skip = await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    first = await page.evaluate("document.activeElement.closest('main') !== null")
    ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/recordings/**")

    assert skip == "Skip to the main part"
    assert first
    assert ring == "solid"


async def test_skipping_to_the_main_part_leaves_what_the_address_names(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    page = await context.new_page()
    await opened(page, f"{shop.url}/en/worksheets/three-circles#step=drive")

    await page.get_by_role("link", name="Skip to the main part").focus()
    await page.keyboard.press("Enter")

    assert page.url.endswith("#step=drive")
    assert await page.evaluate("document.activeElement.localName") == "main"
    await expect(page.locator("[data-step=drive]")).to_be_visible()


async def test_forced_colours_and_no_script_leave_pages_readable(
    phone: Phone, shop: Server
) -> None:
    context = await phone(forced_colors="active", java_script_enabled=False)
    page = await context.new_page()
    for path in ("/en/", "/en/learn/three-systems", "/ar/recordings/soothing-rhythm-breathing"):
        await page.goto(shop.url + path)

        assert await page.locator("h1").first.is_visible()

    assert await page.locator("audio[controls]").first.is_visible()
    assert await page.locator("a[download]").first.is_visible()
