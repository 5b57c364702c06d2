"""Every page in every language: axe, narrow screens, large text and the keyboard."""

from __future__ import annotations

import itertools

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.acts import started
from tests.browser.conftest import (
    EVERYTHING,
    NARROW,
    PHONE,
    OpenPhone,
    drawn,
    open_phones,
    violations,
)
from tests.browser.kept import address_of
from tests.browser.looks import SIZES, Look, looks_at
from tests.server import Server

pytestmark = pytest.mark.browser
# The looks are split into parts, because workers share them and each test has a time limit
# (conftest.TEST_TIMEOUT).
PARTS = 32 if EVERYTHING else 8
# The page itself must not scroll sideways. Wide pictures and tables may scroll in their own box.
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"

TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, summary, input")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    // Links inside a sentence are as high as their line (WCAG 2.2, 2.5.8).
    .filter((each) => !each.closest("main :is(p, .prose li, dd)") || each.matches("button"))
    .filter((each) => !each.matches(".nhsuk-skip-link, .sr"))
    .map((each) => {
        const target = each.closest("label, .nhsuk-radios__item") ?? each;
        const { width, height } = target.getBoundingClientRect();
        return [each.outerHTML.slice(0, 90), Math.round(width), Math.round(height)];
    })
    .filter(([, width, height]) => width < 44 || height < 44)
    .map(String)"""


async def open_page(page: Page, address: str) -> None:
    await page.goto(address)
    await started(page)
    await drawn(page)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_page_can_be_read_touched_and_heard(
    browser: Browser, whole_server: Server, part: int
) -> None:
    problems: list[str] = []
    looks = sorted(looks_at(whole_server)[part::PARTS], key=lambda look: look.theme)
    for theme, group in itertools.groupby(looks, key=lambda look: look.theme):
        async with open_phones(browser, service_workers="block") as open_phone:
            context = await open_phone(color_scheme=theme, reduced_motion="reduce")
            page = await context.new_page()
            for look in group:
                problems += [f"{look}: {fault}" for fault in await faults(page, whole_server, look)]

    assert problems == []


async def faults(page: Page, server: Server, look: Look) -> list[str]:
    """Check a page. Return a line for each fault."""
    size, text = SIZES[look.size]
    await page.set_viewport_size(size)
    await open_page(page, await address_of(page.context, server, look.path))
    await page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
    problems = await violations(page)
    await page.evaluate("document.documentElement.style.fontSize = ''")
    await page.set_viewport_size(PHONE)
    problems += [f"too small to touch: {target}" for target in await page.evaluate(TOO_SMALL)]
    await page.set_viewport_size({"width": 360, "height": 640})
    box = await page.locator("h1").first.bounding_box()
    if box is None or box["y"] + box["height"] > 500:
        problems.append("the first words are out of sight on a small phone")
    await page.set_viewport_size(NARROW)
    if await page.evaluate(TOO_WIDE):
        problems.append("too wide at 320 px")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    if await page.evaluate(TOO_WIDE):
        problems.append("too wide at 200 % text")
    return problems


async def test_a_page_can_be_used_by_keyboard_alone(
    open_phone: OpenPhone, whole_server: Server
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await open_page(page, f"{whole_server.url}/en/")

    await page.keyboard.press("Tab")
    skip_link = await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    is_in_main = await page.evaluate("document.activeElement.closest('main') !== null")
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/recordings/**")

    assert skip_link == "Skip to the main part"
    assert is_in_main
    assert outline == "solid"


async def test_skipping_to_the_main_part_leaves_what_the_address_names(
    open_phone: OpenPhone, whole_server: Server
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await open_page(page, f"{whole_server.url}/en/worksheets/three-circles#step=drive")

    await page.get_by_role("link", name="Skip to the main part").focus()
    await page.keyboard.press("Enter")

    assert page.url.endswith("#step=drive")
    assert await page.evaluate("document.activeElement.localName") == "main"
    await expect(page.locator("[data-step=drive]")).to_be_visible()


async def test_forced_colours_and_no_script_leave_pages_readable(
    open_phone: OpenPhone, whole_server: Server
) -> None:
    context = await open_phone(forced_colors="active", java_script_enabled=False)
    page = await context.new_page()
    for path in ("/en/", "/en/learn/three-systems", "/ar/recordings/soothing-rhythm-breathing"):
        await page.goto(whole_server.url + path)

        assert await page.locator("h1").first.is_visible()

    assert await page.locator("audio[controls]").first.is_visible()
    assert await page.locator("a[download]").first.is_visible()
