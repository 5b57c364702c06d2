"""A first visit on a slow connection: what the page shows before its scripts have loaded."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.acts import held_back, idle, note_idle, started
from tests.browser.conftest import OpenPhone, keep_next_to_nothing, until
from tests.server import Server

pytestmark = pytest.mark.browser
SHEET = "/en/worksheets/three-circles"
SHIFTS = """{
  let shifted = 0;
  const add = (entries) => entries.forEach(({ value }) => (shifted += value));
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.shiftsSoFar = () => {
    add(observer.takeRecords());
    return shifted;
  };
}"""
IS_PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
# Two frames later, everything that has changed until now is on the screen.
IS_DRAWN = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return performance.getEntriesByName("first-contentful-paint").length > 0;
}"""


async def with_late_scripts(page: Page) -> None:
    """Delay each script until the page has been drawn without it, as on a slow connection."""

    async def delay(route: Route) -> None:
        await until(page, IS_DRAWN)
        await route.continue_()

    await page.add_init_script(SHIFTS)
    await note_idle(page)
    await page.route("**/static/js/**", delay)


async def shifted(page: Page) -> float:
    """Wait until the page's scripts have drawn everything. Return the layout shift so far."""
    await idle(page)
    await until(page, IS_DRAWN)
    return float(await page.evaluate("window.shiftsSoFar()"))


async def test_nothing_of_a_worksheet_jumps_when_its_script_comes(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    await with_late_scripts(page)

    await page.goto(shared_server.url + SHEET)
    await until(page, "() => document.querySelector('.sheet[data-ready]')")

    assert await shifted(page) < 0.005


@pytest.mark.parametrize("path", ["/en/", "/en/recordings/", SHEET, "/ar/"])
async def test_nothing_jumps_when_fonts_come(
    open_phone: OpenPhone, shared_server: Server, path: str
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    await page.add_init_script(SHIFTS)
    await note_idle(page)
    released = await held_back(page, "**/static/fonts/**")
    await page.goto(shared_server.url + path, wait_until="commit")
    await until(page, IS_PAINTED)

    released.set()

    assert await shifted(page) < 0.005


@pytest.mark.parametrize(
    ("path", "script", "button", "then"),
    [
        ("help", "settle", "Choose others", "Choose up to three"),
        # This is a form: without its script, it would load the page again.
        ("settings/privacy", "privacy-settings", "Remove everything", "There is a problem"),
    ],
)
async def test_a_button_pressed_before_its_script_is_here_does_what_it_says_once_it_is(
    open_phone: OpenPhone, shared_server: Server, path: str, script: str, button: str, then: str
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    released = await held_back(page, f"**/static/js/{script}.component-*")
    await page.goto(f"{shared_server.url}/en/{path}", wait_until="commit")
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("heading", name=then)).to_be_hidden()

    released.set()

    await expect(page.get_by_role("heading", name=then)).to_be_visible()
    assert page.url == f"{shared_server.url}/en/{path}"


async def test_a_worksheet_whose_scripts_can_not_be_had_reads_to_its_end(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    await page.route("**/static/js/main-*", lambda route: route.abort())

    await page.goto(shared_server.url + SHEET)

    for part in await page.locator("[data-step]").all():
        await expect(part).to_be_visible()


@pytest.mark.parametrize("part", ["main", "chunk"])
async def test_a_page_whose_scripts_are_gone_says_so_and_opens_again(
    open_phone: OpenPhone, shared_server: Server, part: str
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    scripts = f"**/static/js/{part}-*"
    await page.route(scripts, lambda route: route.fulfill(status=404, body="Not found"))
    await page.goto(f"{shared_server.url}/en/help?from=home")
    await expect(page.get_by_role("status").filter(has_text="You can read it")).to_be_visible()

    await page.unroute(scripts)
    await page.get_by_role("link", name="Open the page again").click()
    await started(page)

    assert page.url == f"{shared_server.url}/en/help?from=home"
    await expect(page.get_by_text("You can read it")).to_be_hidden()


async def test_a_worksheet_whose_own_script_can_not_be_had_reads_to_its_end(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    await page.route("**/static/js/worksheet.component-*", lambda route: route.abort())

    await page.goto(shared_server.url + SHEET)

    for part in await page.locator("[data-step]").all():
        await expect(part).to_be_visible()


@pytest.mark.flight
@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("", "main"),
        ("settings/install", "[data-module=install-help]"),
        ("settings/storage", "[data-ready] :text('Ready to use offline')"),
        ("settings/backup", "[data-views] > .stack"),
        ("learn/three-systems", "[data-module=easy-words]"),
    ],
)
async def test_nothing_jumps_when_scripts_come(
    open_phone: OpenPhone, shared_server: Server, path: str, last: str
) -> None:
    phone = await open_phone()
    await keep_next_to_nothing(phone)
    page = await phone.new_page()
    await with_late_scripts(page)

    await page.goto(f"{shared_server.url}/en/{path}")
    await until(page, "() => !document.querySelector('.awaited:not([data-started])')")
    await idle(page)
    await expect(page.locator(last)).to_be_visible()

    assert await shifted(page) < 0.005


async def test_the_home_screen_is_offered_until_it_is_declined(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{shared_server.url}/en/")
    card = page.locator(".install-card")
    await expect(card).to_be_visible()

    await card.locator("[data-dismiss]").click()

    await expect(card).to_have_count(0)
    await page.reload()
    await expect(card).to_be_hidden()
