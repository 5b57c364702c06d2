"""A tab that stays open while the service is updated: scripts that are gone, words and sound."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.acts import started
from tests.browser.conftest import ACTIVE, OpenPhone, ready_for_flight, until
from tests.browser.listen import (
    PAUSED,
    RECORDING,
    bar,
    follow,
    is_same_document,
    listening_to,
    mini,
    now,
    plays,
)
from tests.browser.locking import PIN
from tests.server import Server

pytestmark = pytest.mark.browser

SCRIPTS = "**/static/js/**"

# Makes another snapshot of the same pages active. Its pages name other scripts, like those of
# another build.
ANOTHER_BUILD = """async () => {
  const { version } = await (await caches.match("/active/en")).json();
  const from = await caches.open(`pages-en-${version}`);
  const to = await caches.open("pages-en-ffffffffffff");
  for (const request of await from.keys()) {
    const kept = await from.match(request);
    const isPage = kept.headers.get("content-type").startsWith("text/html");
    const body = isPage
      ? (await kept.text()).replace("/static/js/main-", "/static/js/main-x")
      : await kept.blob();
    await to.put(request, new Response(body, { headers: kept.headers }));
  }
  const note = Response.json({ locale: "en", version: "ffffffffffff" });
  await (await caches.open("hearth-active")).put("/active/en", note);
}"""


async def gone(route: Route) -> None:
    await route.fulfill(status=404, content_type="text/html", body="<h1>Not found</h1>")


def offer(page: Page) -> Locator:
    return page.get_by_role("button", name="Open the page again")


@pytest.mark.parametrize(
    ("path", "button", "shown"),
    [
        ("help", "Choose others", "Choose up to three"),
        ("help", "Write my words", "My own kind words"),
        ("settings/backup", "I already have twelve words", "Type the twelve words"),
    ],
)
async def test_a_button_whose_script_is_gone_offers_to_open_the_page_again(
    server: Server, open_phone: OpenPhone, path: str, button: str, shown: str
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{server.url}/en/{path}")
    press = page.get_by_role("button", name=button)
    await press.wait_for()
    await started(page)
    await context.route(SCRIPTS, gone)

    await press.click()
    await expect(page.locator(".announcements")).to_contain_text("could not be loaded")
    await context.unroute(SCRIPTS)
    await page.evaluate("window.isOld = true")
    await offer(page).click()
    await until(page, "window.isOld === undefined")
    await press.or_(page.get_by_text(shown)).first.wait_for()
    await started(page)
    if await press.is_visible():
        await press.click()

    await expect(page.get_by_text(shown).first).to_be_visible()


async def test_a_lock_is_set_although_a_script_is_gone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/settings/lock")
    await page.locator("#pin").fill(PIN)
    await page.locator("#again").fill(PIN)
    await context.route(SCRIPTS, gone)

    await page.locator(".lock form [type=submit]").click()

    await expect(page.locator("[data-do=close]")).to_be_visible()


async def test_words_that_no_script_has_seen_keep_their_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await started(page)
    await context.route(SCRIPTS, gone)
    await page.get_by_role("button", name="Say how you are afterwards").click()
    words = page.get_by_label("Anything to note?")

    await words.fill("Better than yesterday")
    await offer(page).click()

    await expect(page.locator(".announcements")).to_contain_text("not saved yet")
    await expect(words).to_have_value("Better than yesterday")


async def test_the_page_stays_while_there_is_nothing_to_open_in_its_place(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await context.new_page()
    await page.goto(f"{shared_server.url}/en/help")
    await started(page)
    await context.set_offline(True)
    # That is said first. A later message would take the place of the offer.
    await expect(page.locator(".toast")).to_contain_text("You are offline.")
    await page.get_by_role("button", name="Choose others").click()

    await offer(page).click()

    await expect(page.locator(".announcements")).to_contain_text("when you are online")
    await expect(page.get_by_role("heading", level=1, name="Help")).to_be_visible()


async def test_opening_the_page_again_keeps_the_sound(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, shared_server)
    await follow(page, bar(page, "Help"), "Help")
    await started(page)
    await context.route(SCRIPTS, gone)
    await page.get_by_role("button", name="Choose others").click()
    await offer(page).wait_for()
    await context.unroute(SCRIPTS)
    before = await now(page)

    await offer(page).click()

    await until(page, "window.sameDocument === undefined")
    await expect(mini(page)).to_be_visible()
    await plays(page)
    assert await now(page) >= before - 1


async def as_another_build(route: Route) -> None:
    """Answer what the app fetches itself with a page of another build."""
    response = await route.fetch()
    html = await response.text()
    if route.request.resource_type == "fetch":
        html = html.replace("/static/js/main-", "/static/js/main-x")
    await route.fulfill(response=response, body=html)


@pytest.mark.flight
async def test_an_update_during_a_pause_leaves_the_sound_at_the_next_link(
    server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, server)
    await ready_for_flight(page)
    await bar(page, "Home").click()
    await mini(page).get_by_role("button", name="Pause").click()
    await until(page, PAUSED)
    await page.evaluate(ANOTHER_BUILD)
    assert await page.evaluate(ACTIVE) == "ffffffffffff"

    await bar(page, "Help").click()

    await expect(page).to_have_title(re.compile("^Help"))
    assert await is_same_document(page)
    await mini(page).get_by_role("button", name="Play").click()
    await plays(page)


@pytest.mark.parametrize("is_paused", [False, True])
async def test_the_sound_goes_along_to_a_page_of_another_build(
    shared_server: Server, open_phone: OpenPhone, is_paused: bool
) -> None:
    context = await open_phone()
    page = await listening_to(context, shared_server)
    await bar(page, "Home").click()
    if is_paused:
        await mini(page).get_by_role("button", name="Pause").click()
        await until(page, PAUSED)
    before = await now(page)
    await context.route("**/en/help", as_another_build)

    await bar(page, "Help").click()

    await expect(page).to_have_title(re.compile("^Help"))
    await expect(mini(page)).to_contain_text("Soothing rhythm breathing")
    assert not await is_same_document(page)
    if is_paused:
        assert await page.evaluate(PAUSED)
        await mini(page).get_by_role("button", name="Play").click()
    await plays(page)
    assert await now(page) >= before - 1


async def test_hiding_everything_leaves_no_sound_behind(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await listening_to(context, shared_server)
    await bar(page, "Help").click()
    await expect(page).to_have_title(re.compile("^Help"))
    await page.get_by_role("link", name="Hide this page").click()
    await expect(page.get_by_role("heading", name="Practice", exact=True)).to_be_visible()

    await page.get_by_role("link", name="Practice", exact=True).click()

    await expect(page).to_have_title(re.compile("^Home"))
    await started(page)
    await expect(mini(page)).to_be_hidden()
    assert await page.locator("audio").count() == 0
