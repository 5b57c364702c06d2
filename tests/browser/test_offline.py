"""Flight mode. The tests stop the server rather than emulate an offline browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import idle, note_idle, publish_newer_version, started
from tests.browser.conftest import ACTIVE, OpenPhone, ready_for_flight, renewed, until
from tests.browser.kept import address_of
from tests.browser.looks import pages_of
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]


async def prepare_for_flight(open_phone: OpenPhone, server: Server, locale: str) -> Page:
    """Open the app once, and wait until the phone is ready for flight mode. Return the page."""
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
    page = await prepare_for_flight(open_phone, server, locale)
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    addresses = [await address_of(page.context, server, path) for path in paths]
    server.stop()

    for path, address in zip(paths, addresses, strict=True):
        response = await page.goto(address)
        assert response is not None
        assert response.status == 200, path
        # A page that has to read its address first shows its heading a moment later.
        await expect(page.locator("h1:visible").first, path).to_be_visible()
        rule_counts = await page.evaluate("[...document.styleSheets].map((s) => s.cssRules.length)")
        assert all(rule_counts), path

    assert len(paths) >= 20
    # Only requests that look for updates may fail: the lists of pages and of recordings.
    lost = {failure.removeprefix(server.url) for failure in failed if "ERR_ABORTED" not in failure}
    update_paths = (f"/{locale}/offline.json", f"/{locale}/recordings.json")
    assert {failure for failure in lost if not failure.startswith(update_paths)} == set()


async def test_a_page_that_was_loaded_past_the_worker_still_works_without_signal(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, server, "en")
    await page.goto(f"{server.url}/en/help")
    session = await page.context.new_cdp_session(page)

    # As with the Shift key: the worker isn't asked. A page that opens just while it starts is
    # missed in the same way.
    await page.evaluate("window.isOld = true")
    await session.send("Page.reload", {"ignoreCache": True})
    await until(page, "window.isOld === undefined")
    await started(page)
    await ready_for_flight(page)
    server.stop()
    await page.get_by_role("button", name="Choose others").click()

    await expect(page.get_by_text("Choose up to three")).to_be_visible()


async def test_an_unknown_page_offline_gets_the_offline_page_in_its_language(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, server, "ar")
    server.stop()

    await page.goto(f"{server.url}/ar/learn/not-written-yet")

    assert await page.locator("html").get_attribute("lang") == "ar"
    assert await page.locator("main a[href='/ar/help']").count() >= 1


async def test_the_front_door_offline_leads_to_the_last_language(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, server, "ar")
    server.stop()

    await page.goto(f"{server.url}/")

    assert page.url == f"{server.url}/ar/"


async def test_a_half_finished_snapshot_is_not_used_and_is_finished_later(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    page = await context.new_page()
    # Abort the requests for articles after the first two.
    count = 0

    async def abort_after_two(route, request) -> None:  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        await (route.abort() if count > 2 else route.continue_())

    await page.goto(f"{server.url}/en/hidden")
    await context.route("**/en/learn/**", abort_after_two)
    async with page.expect_console_message(
        lambda message: "not brought up to date" in message.text
    ):
        await page.goto(f"{server.url}/en/")
    was_active = await page.evaluate(
        "caches.match('/active/en', { cacheName: 'hearth-active' }).then(Boolean)"
    )
    await context.unroute("**/en/learn/**")
    await page.reload()
    await ready_for_flight(page)

    server.stop()
    await page.goto(f"{server.url}/en/learn/three-systems")

    assert await page.locator("h1").inner_text() == "Three systems"
    assert not was_active


# True once a newer snapshot of the English pages is complete.
NEWER_SNAPSHOT_WAITS = """async () =>
  Boolean(await caches.match("/waiting/en", { cacheName: "hearth-active" }))"""

# True while a newer snapshot waits for exactly one busy tab.
ONE_TAB_IS_BUSY = """async () => {
  const { held, pending } = await navigator.locks.query();
  const modes = (locks) =>
    locks.filter(({ name }) => name === "hearth-busy").map(({ mode }) => mode).join();
  return modes(held) === "shared" && modes(pending) === "exclusive";
}"""


async def test_a_newer_version_is_brought_behind_an_open_page_and_opens_at_the_next(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, server, "en")
    before = await page.evaluate(ACTIVE)
    publish_newer_version(server)

    await page.goto(f"{server.url}/en/learn/")
    title_before = await page.title()
    await renewed(page, before)
    title_after = await page.title()
    server.stop()
    await page.goto(f"{server.url}/en/")

    assert (title_before, title_after) == ("Read – Hearth", "Read – Hearth")
    assert (await page.title()).endswith("Practice")
    manifest = "fetch('/en/app.webmanifest').then((answer) => answer.json())"
    assert (await page.evaluate(manifest))["name"] == "Practice"


async def test_a_newer_version_waits_for_every_tab_that_is_busy(
    open_phone: OpenPhone, server: Server
) -> None:
    listening = await prepare_for_flight(open_phone, server, "en")
    writing, page = [await listening.context.new_page() for _ in range(2)]
    # Each page looks for a newer version. These two must have done so before there is one: else
    # they wait for it too.
    for tab, path in ((listening, "recordings/soothing-rhythm-breathing"), (writing, "")):
        await note_idle(tab)
        await tab.goto(f"{server.url}/en/{path}")
        await idle(tab)
    await listening.get_by_role("button", name="Play").click()
    await until(listening, "document.querySelector('audio').currentTime > 0")
    # Hold the lock that a worksheet holds while it has unsaved text.
    await writing.evaluate(
        """() => void navigator.locks.request("hearth-busy", { mode: "shared" },
             () => new Promise((resolve) => (window.stored = resolve)))"""
    )
    before = await listening.evaluate(ACTIVE)
    publish_newer_version(server)

    await page.goto(f"{server.url}/en/")
    await until(page, NEWER_SNAPSHOT_WAITS)
    await page.goto(f"{server.url}/en/help")
    assert (await page.title()).endswith("Hearth")
    await listening.get_by_role("button", name="Pause", exact=True).click()
    # The newer version now waits only for the tab with the unsaved text.
    await until(page, ONE_TAB_IS_BUSY)
    assert await page.evaluate(ACTIVE) == before

    await writing.evaluate("window.stored()")
    await renewed(page, before)
    await page.goto(f"{server.url}/en/help")
    assert (await page.title()).endswith("Practice")


async def test_a_reload_without_a_server_shows_the_page_again(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await prepare_for_flight(open_phone, server, "ar")
    server.stop()

    await page.reload()

    assert await page.locator("h1").is_visible()
    assert await page.evaluate("[...document.styleSheets].every((s) => s.cssRules.length)")


async def test_the_app_can_be_installed(open_phone: OpenPhone, server: Server) -> None:
    page = await prepare_for_flight(open_phone, server, "en")
    session = await page.context.new_cdp_session(page)

    result = await session.send("Page.getInstallabilityErrors")

    # Chromium treats the fresh profile of an automated browser as private browsing. No other error
    # may occur.
    errors = [error["errorId"] for error in result["installabilityErrors"]]
    assert [error for error in errors if error != "in-incognito"] == []


async def test_the_storage_page_shows_what_is_kept(open_phone: OpenPhone, server: Server) -> None:
    page = await prepare_for_flight(open_phone, server, "en")

    await page.goto(f"{server.url}/en/settings/storage")

    await expect(page.locator("[data-total]")).to_contain_text(" in all")
    await expect(page.locator("[data-ready]")).to_contain_text("Ready to use offline: all")


async def test_no_request_goes_to_anyone_but_the_server(
    open_phone: OpenPhone, server: Server
) -> None:
    context = await open_phone()
    requested: set[str] = set()
    context.on("request", lambda request: requested.add(request.url))
    page = await context.new_page()

    for path in ("/en/", "/ar/recordings/soothing-rhythm-breathing", "/en/settings/backup"):
        await page.goto(server.url + path)
        await ready_for_flight(page, path.split("/")[1])

    assert {url for url in requested if not url.startswith((server.url, "data:", "blob:"))} == set()
