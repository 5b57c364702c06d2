"""Flight mode: the server is stopped, not emulated away."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ACTIVE, OpenPhone, ready_for_flight, renewed, until
from tests.browser.looks import pages_of
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]


async def prepared(open_phone: OpenPhone, server: Server, locale: str) -> Page:
    """A phone that has opened the app once, and whose server is then stopped."""
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/")
    await ready_for_flight(page, locale)
    return page


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_every_page_of_a_language_opens_with_the_server_stopped(
    open_phone: OpenPhone, server: Server, locale: str
) -> None:
    paths = pages_of(server, locale)
    page = await prepared(open_phone, server, locale)
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    server.stop()

    for path in paths:
        answer = await page.goto(server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        # A page that first has to look at its address shows its heading a moment later.
        await expect(page.locator("h1:visible").first, path).to_be_visible()
        sheets = await page.evaluate("[...document.styleSheets].map((s) => s.cssRules.length)")
        assert all(sheets), path

    assert len(paths) >= 20
    # Only what looks for news may fail: the lists of pages and of recordings.
    lost = {each.removeprefix(server.url) for each in failed if "ERR_ABORTED" not in each}
    news = (f"/{locale}/offline.json", f"/{locale}/recordings.json")
    assert {each for each in lost if not each.startswith(news)} == set()


async def test_an_unknown_page_offline_gets_the_offline_page_in_its_language(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepared(open_phone, server, "ar")
    server.stop()

    await page.goto(f"{server.url}/ar/learn/not-written-yet")

    assert await page.locator("html").get_attribute("lang") == "ar"
    assert await page.locator("main a[href='/ar/help']").count() >= 1


async def test_the_front_door_offline_leads_to_the_last_language(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepared(open_phone, server, "ar")
    server.stop()

    await page.goto(f"{server.url}/")

    assert page.url == f"{server.url}/ar/"


async def test_a_half_finished_snapshot_is_not_used_and_is_finished_later(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    page = await context.new_page()
    # The line is cut after a few files.
    count = 0

    async def cut(route, request) -> None:  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        await (route.abort() if count > 2 else route.continue_())

    await page.goto(f"{server.url}/en/hidden")
    await context.route("**/en/learn/**", cut)
    async with page.expect_console_message(lambda said: "not brought up to date" in said.text):
        await page.goto(f"{server.url}/en/")
    active = await page.evaluate(
        "caches.match('/active/en', { cacheName: 'hearth-active' }).then(Boolean)"
    )
    await context.unroute("**/en/learn/**")
    await page.reload()
    await ready_for_flight(page)

    server.stop()
    await page.goto(f"{server.url}/en/learn/three-systems")

    assert await page.locator("h1").inner_text() == "Three systems"
    assert not active


WAITING = """async () =>
  Boolean(await caches.match("/waiting/en", { cacheName: "hearth-active" }))"""

ONE_IS_BUSY = """async () => {
  const { held, pending } = await navigator.locks.query();
  const modes = (locks) =>
    locks.filter(({ name }) => name === "hearth-busy").map(({ mode }) => mode).join();
  return modes(held) === "shared" && modes(pending) === "exclusive";
}"""


def publish_again(server: Server) -> None:
    """Start the server anew under another name: every page and the manifest change."""
    server.stop()
    server.config.write_text('home_screen_name = "Practice"\n', encoding="utf-8")
    server.start()


async def test_a_newer_version_is_brought_behind_an_open_page_and_opens_at_the_next(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepared(open_phone, server, "en")
    before = await page.evaluate(ACTIVE)
    publish_again(server)

    await page.goto(f"{server.url}/en/learn/")
    shown = await page.title()
    await renewed(page, before)
    still = await page.title()
    server.stop()
    await page.goto(f"{server.url}/en/")

    assert (shown, still) == ("Things to read – Hearth", "Things to read – Hearth")
    assert (await page.title()).endswith("Practice")
    manifest = "fetch('/en/app.webmanifest').then((answer) => answer.json())"
    assert (await page.evaluate(manifest))["name"] == "Practice"


async def test_a_newer_version_waits_for_every_tab_that_is_busy(
    open_phone: OpenPhone, server: Server
) -> None:
    listening = await prepared(open_phone, server, "en")
    writing, page = [await listening.context.new_page() for _ in range(2)]
    await listening.goto(f"{server.url}/en/recordings/soothing-rhythm-breathing")
    await listening.get_by_role("button", name="Play").click()
    await until(listening, "document.querySelector('audio').currentTime > 0")
    await writing.goto(f"{server.url}/en/")
    # As a worksheet does while words are not stored yet.
    await writing.evaluate(
        """() => void navigator.locks.request("hearth-busy", { mode: "shared" },
             () => new Promise((resolve) => (window.stored = resolve)))"""
    )
    before = await listening.evaluate(ACTIVE)
    publish_again(server)

    await page.goto(f"{server.url}/en/")
    await until(page, WAITING)
    await page.goto(f"{server.url}/en/help")
    assert (await page.title()).endswith("Hearth")
    await listening.get_by_role("button", name="Pause", exact=True).click()
    # The newer version waits for a lock that only the tab with words holds now.
    await until(page, ONE_IS_BUSY)
    assert await page.evaluate(ACTIVE) == before

    await writing.evaluate("window.stored()")
    await renewed(page, before)
    await page.goto(f"{server.url}/en/help")
    assert (await page.title()).endswith("Practice")


async def test_a_reload_without_a_server_shows_the_page_again(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepared(open_phone, server, "ar")
    server.stop()

    await page.reload()

    assert await page.locator("h1").is_visible()
    assert await page.evaluate("[...document.styleSheets].every((s) => s.cssRules.length)")


async def test_the_app_can_be_installed(open_phone: OpenPhone, server: Server) -> None:
    page = await prepared(open_phone, server, "en")
    session = await page.context.new_cdp_session(page)

    found = await session.send("Page.getInstallabilityErrors")

    # A fresh profile of an automated browser counts as private browsing; nothing else may be wrong.
    errors = [each["errorId"] for each in found["installabilityErrors"]]
    assert [each for each in errors if each != "in-incognito"] == []


async def test_the_storage_page_shows_what_is_kept(open_phone: OpenPhone, server: Server) -> None:
    page = await prepared(open_phone, server, "en")

    await page.goto(f"{server.url}/en/settings/storage")
    await until(
        page, "() => document.querySelector('[data-total]').textContent.endsWith(' in all')"
    )

    text = await page.locator("main").inner_text()
    assert "Ready for no signal: all" in text
    assert "in all" in text


async def test_no_request_goes_to_anyone_but_the_server(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    page = await context.new_page()

    for path in ("/en/", "/ar/recordings/soothing-rhythm-breathing", "/en/settings/backup"):
        await page.goto(server.url + path)
        await ready_for_flight(page, path.split("/")[1])

    assert {url for url in asked if not url.startswith((server.url, "data:", "blob:"))} == set()
