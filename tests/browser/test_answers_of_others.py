"""Something between phone and service answers by itself, stays silent, or changes pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.acts import idle, note_idle, publish_newer_version
from tests.browser.between import Between, between_to
from tests.browser.conftest import ACTIVE, OpenPhone, in_every_look, ready_for_flight, violations
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]

# What a browser asks for, and what the phone opens.
PLACES = {
    "/": "/en/",
    "/en": "/en/",
    "/en/help": "/en/help",
    "/en/help/": "/en/help",
    "/en/help?x=1": "/en/help?x=1",
    "/en/recordings": "/en/recordings/",
    "/en/notes?x=1": "/en/notes/?x=1",
}
ALTERED = "changes the pages on the way"
COMMENT = b"<!-- a filter was here -->"
KEPT = f"async () => [...(await caches.keys()).sort(), await ({ACTIVE})()]"
LOOK_FOR_A_NEWER_WORKER = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => {});
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def between(server: Server) -> AsyncIterator[Between]:
    async with between_to(server.port) as started:
        yield started


async def prepare_for_flight(open_phone: OpenPhone, between: Between) -> Page:
    page = await (await open_phone()).new_page()
    await page.goto(f"{between.url}/en/")
    await ready_for_flight(page)
    return page


def silent(between: Between) -> None:
    between.is_silent = True


def answering(status: int) -> Callable[[Between], None]:
    def answer(between: Between) -> None:
        between.instead = lambda path: (status, "Not the service")

    return answer


@pytest.mark.parametrize(
    "fail", [silent, answering(502), answering(200)], ids=["silence", "502", "maintenance"]
)
async def test_a_phone_with_all_pages_opens_them_whatever_is_on_the_way(
    open_phone: OpenPhone, between: Between, fail: Callable[[Between], None]
) -> None:
    page = await prepare_for_flight(open_phone, between)
    fail(between)

    for path, opened in PLACES.items():
        await page.goto(between.url + path, wait_until="domcontentloaded")
        assert page.url == between.url + opened
        await expect(page.locator("h1:visible").first).to_be_visible()


async def test_a_page_that_is_not_here_says_that_the_service_can_not_be_reached(
    open_phone: OpenPhone, between: Between
) -> None:
    page = await prepare_for_flight(open_phone, between)
    answering(502)(between)

    await page.goto(f"{between.url}/en/learn/not-written-yet")

    await expect(page.locator(".lead")).to_contain_text("The service can’t be reached just now")


async def test_the_service_s_own_answer_about_a_page_is_shown(
    open_phone: OpenPhone, between: Between
) -> None:
    page = await prepare_for_flight(open_phone, between)

    response = await page.goto(f"{between.url}/en/learn/not-written-yet")

    assert response is not None
    assert response.status == 404


@pytest.mark.parametrize("status", [200, 404, 410, 503])
async def test_a_notice_of_maintenance_takes_nothing_away(
    open_phone: OpenPhone, between: Between, status: int
) -> None:
    page = await prepare_for_flight(open_phone, between)
    before = await page.evaluate(KEPT)
    answering(status)(between)
    await note_idle(page)

    await page.goto(f"{between.url}/en/learn/")
    await idle(page)
    await page.evaluate(LOOK_FOR_A_NEWER_WORKER)
    await page.reload()
    await idle(page)

    await expect(page.get_by_role("heading", level=1, name="Read")).to_be_visible()
    assert await page.evaluate("navigator.serviceWorker.controller !== null")
    assert await page.evaluate(KEPT) == before


@in_every_look
async def test_pages_that_are_changed_on_their_way_are_told_and_come_from_another_network(
    open_phone: OpenPhone, between: Between, locale: str, scheme: str
) -> None:
    between.added = COMMENT
    page = await (await open_phone(color_scheme=scheme)).new_page()
    await page.goto(f"{between.url}/{locale}/settings/install")
    await expect(page.locator("[data-altered]")).to_be_visible()
    await expect(page.locator("[data-promise]")).to_have_count(0)
    assert await violations(page) == []
    await page.goto(f"{between.url}/{locale}/settings/storage")
    again = page.locator("[data-ready-buttons] button")
    await expect(again).to_be_visible()
    if locale == "en":
        await expect(page.locator("[data-ready]")).to_contain_text(ALTERED)

    between.added = b""
    await again.click()

    await expect(again).to_be_hidden()
    await ready_for_flight(page, locale)


async def test_pages_that_are_here_stay_when_newer_ones_are_changed_on_their_way(
    open_phone: OpenPhone, between: Between, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, between)
    before = await page.evaluate(ACTIVE)
    publish_newer_version(server)
    between.added = COMMENT

    await page.goto(f"{between.url}/en/settings/storage")

    await expect(page.locator("[data-stale]")).to_contain_text(ALTERED)
    await expect(page.locator("[data-ready]")).to_contain_text("Ready to use offline: all")
    assert await page.evaluate(ACTIVE) == before
    assert await violations(page) == []
