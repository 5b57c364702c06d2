"""Keeping everything on the phone: over bad lines, closed pages, full phones, tabs and updates."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, CDPSession, Error, Locator, Page, expect

from tests.browser.conftest import (
    ACTIVE,
    OpenPhone,
    keep_next_to_nothing,
    ready_for_flight,
    renewed,
    until,
    violations,
)
from tests.browser.line import Line, line_to, pass_time, under_way_of
from tests.browser.shelf import MIB, put, write_script
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = [pytest.mark.browser, pytest.mark.flight]

SLUGS = ("hill", "lake", "wood")
FULL, SHORT = 2 * MIB + 4000, 300_000
FILES = len(SLUGS) * 2
SEGMENTS = len(SLUGS) * (3 + 1)

# What the worker plays of each, or null.
PLAYED = """async (names) => Object.fromEntries(await Promise.all(names.map(async (name) => {
  const answer = await fetch(`/saved/en/${name}.mp3`);
  if (answer.status !== 200) return [name, null];
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return [name, Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("")];
})))"""
# The page's list without the built-in recordings: there are dozens. Snapshots keep it as it is.
ONLY_OURS = """{
  const ask = window.fetch;
  window.fetch = async (url, options) => {
    const answer = await ask(url, options);
    if (!String(url).endsWith("/recordings.json") || options?.cache !== "no-cache") return answer;
    const listed = await answer.json();
    const recordings = listed.recordings.filter(({ slug }) => SLUGS.includes(slug));
    return Response.json({ ...listed, recordings, others: [] });
  };
}""".replace("SLUGS", json.dumps(SLUGS))
CONNECTION = """Object.defineProperty(navigator, "connection", { configurable: true, value:
  Object.assign(new EventTarget(), %s) });"""
LOCKS = """async () => {
  const { held, pending } = await navigator.locks.query();
  return [...held, ...pending].map(({ name }) => name);
}"""
DROP = """async (paths) => {
  const cache = await caches.open("saved-recordings");
  for (const path of paths) if (!(await cache.delete(path))) throw new Error(path);
}"""

LET_ANOTHER_IN = """async () => {
  const { serviceWorker } = navigator;
  const found = await serviceWorker.register("/service-worker.js?another", { scope: "/" });
  const another = found.installing ?? found.waiting;
  while (another.state === "installing")
    await new Promise((resolve) => (another.onstatechange = resolve));
  another.postMessage({ type: "activate" });
}"""
# Deletes all that is saved under addresses that begin like this, as another tab would.
FORGET = """async (start) => {
  const cache = await caches.open("saved-recordings");
  for (const { url } of await cache.keys())
    if (new URL(url).pathname.startsWith(start)) await cache.delete(url);
  document.dispatchEvent(new CustomEvent("recordings-changed"));
}"""
IS_ANOTHER = "navigator.serviceWorker.controller.scriptURL.endsWith('?another')"


class Shelf:
    """Three exercises in two lengths and two voices; `sums` are Sam's, by name."""

    def __init__(self, content: Path, sums: dict[str, str]) -> None:
        self.content = content
        self.sums = sums

    def put(self, slug: str, seed: int = 1) -> None:
        for version, size in (("full", FULL), ("short", SHORT)):
            name = f"{slug}-{version}-sam"
            size += 1000 * seed
            self.sums[name] = put(self.content, slug, version=version, size=size, seed=seed)


class ServedShelf(Shelf):
    """The same, and a server that offers it."""

    def __init__(self, server: Server, content: Path, sums: dict[str, str]) -> None:
        super().__init__(content, sums)
        self.server = server


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("shelf") / "content", {})
    for order, slug in enumerate(SLUGS):
        write_script(made.content, slug, slug.capitalize(), 20 + order, "full", "short")
        made.put(slug)
        put(made.content, slug, version="short", voice="tess", size=SHORT)
    return made


@pytest.fixture
def shared_server(shelf: Shelf, serve: Serve, tmp_path: Path) -> Iterator[ServedShelf]:
    # Always the same folder, files and times, so that their pages are rendered once for all tests.
    # Files are written over and not replaced: a server serves only the files that it found.
    content = shelf.content.with_name("offered")
    for path in content.rglob("*"):
        if path.is_file() and not (shelf.content / path.relative_to(content)).exists():
            path.unlink()
    shutil.copytree(shelf.content, content, dirs_exist_ok=True)
    with ready(serve(tmp_path, f'content_dir = "{content}"\n')) as server:
        yield ServedShelf(server, content, dict(shelf.sums))


@pytest_asyncio.fixture(loop_scope="session")
async def line(shared_server: ServedShelf) -> AsyncIterator[Line]:
    async with line_to(shared_server.server.port) as laid:
        yield laid


async def new_phone(open_phone: OpenPhone, **options: object) -> BrowserContext:
    context = await open_phone(**options)
    await keep_next_to_nothing(context)
    await context.add_init_script(ONLY_OURS)
    return context


async def open_page(context: BrowserContext, line: Line, path: str = "settings/storage") -> Page:
    page = await context.new_page()
    await page.goto(f"{line.url}/en/{path}")
    await ready_for_flight(page)
    return page


def card(page: Page) -> Locator:
    return page.locator("[data-keep-all]")


async def choose_sam(page: Page) -> None:
    await card(page).get_by_role("radio", name="Sam").check()


async def start(page: Page) -> None:
    await choose_sam(page)
    await card(page).get_by_role("button", name=re.compile("^Save .* on this phone$")).click()


async def is_done(page: Page, seconds: float = 90) -> None:
    words = card(page).get_by_text("All 6 recordings you chose are on this phone").last
    await expect(words).to_be_visible(timeout=seconds * 1000)


async def amount_here(page: Page, mebibytes: float) -> None:
    await until(page, f"document.querySelector('progress')?.value > {mebibytes * MIB}", 60)


def asked_of(context: BrowserContext) -> list[str]:
    """The parts of recordings that are asked for from now on, as "<file> <range>"."""
    asked: list[str] = []

    def note(url: str, headers: dict[str, str]) -> None:
        if url.endswith(".mp3") and "/media/" in url:
            asked.append(f"{url.rsplit('/', 1)[1]} {headers.get('range', 'whole')}")

    context.on("request", lambda request: note(request.url, request.headers))
    return asked


async def active_worker(chromium: CDPSession) -> str:
    """Return Chromium's id of the worker that answers the pages now."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(told: dict[str, Any]) -> None:
        for version in told["versions"]:
            if version["status"] == "activated" and not found.done():
                found.set_result(version["versionId"])

    chromium.on("ServiceWorker.workerVersionUpdated", note)
    await chromium.send("ServiceWorker.enable")
    return await found


async def test_everything_comes_over_a_line_that_is_cut_again_and_again_short_ones_first(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    await context.clock.install()
    page = await open_page(context, line)
    asked = asked_of(context)
    under_way = under_way_of(context)
    await choose_sam(page)
    await expect(card(page).get_by_text("6 recordings, 7.2 MB.").first).to_be_visible()
    assert await violations(page) == []
    line.cuts = [int(MIB * 0.7)] * 8

    await card(page).get_by_role("button", name="Save 7.2 MB on this phone").click()
    while line.cut < 8:
        await pass_time(page, under_way)
    await is_done(page)

    twice = Counter(asked)
    print(f"{line.cut} cuts: {SEGMENTS} segments, {len(asked) - SEGMENTS} asked for again")
    assert line.cut == 8
    assert len(twice) == SEGMENTS
    assert len(asked) - SEGMENTS <= line.cut
    first = list(dict.fromkeys(each.split()[0] for each in asked))
    assert first[:3] == [f"{slug}-short-sam.mp3" for slug in SLUGS]
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums
    assert await violations(page) == []


async def test_it_goes_on_where_it_was_on_whichever_page_is_opened_next(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    line.pace = 2 * MIB
    await start(page)
    await amount_here(page, 3)
    assert await violations(page) == []
    await page.close()
    line.pace = None
    asked = asked_of(context)

    page = await open_page(context, line, "help")
    await until(page, "JSON.parse(localStorage.getItem('keeping')).state === 'done'", 60)

    print(f"closed after 3 MiB; went on with {asked[0]}, {len(asked)} of {SEGMENTS} segments")
    assert len(asked) <= SEGMENTS - 4
    assert max(Counter(asked).values()) == 1
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums


async def test_a_pause_holds_also_in_the_next_page_until_somebody_goes_on(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    line.pace = 2 * MIB
    await start(page)
    await amount_here(page, 1.5)
    await card(page).get_by_role("button", name="Pause saving").click()
    await expect(card(page).get_by_text(re.compile(r"^Paused\. ")).last).to_be_visible()
    asked = asked_of(context)
    line.pace = None

    await page.goto(f"{line.url}/en/recordings/")
    await expect(card(page).get_by_text(re.compile(r"^Paused\. ")).last).to_be_visible()
    # The page has passed the place where it continues the plan (downloads/maintenance.js).
    await until(page, "Number(localStorage.getItem('checked')) > 0")
    assert "hearth-downloads" not in await page.evaluate(LOCKS)
    assert asked == []
    assert await violations(page) == []

    await card(page).get_by_role("button", name="Carry on saving").click()
    await is_done(page)


async def test_moving_on_within_the_app_does_not_stop_it(line: Line, open_phone: OpenPhone) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    line.pace = 2 * MIB
    await start(page)
    await amount_here(page, 1)

    for name in ("Write", "Read", "Listen"):
        await page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        await expect(page.locator("h1")).to_be_visible()
    line.pace = None

    await is_done(page)
    await expect(page.locator(".end[data-slug='lake']")).to_be_visible()


async def test_without_a_connection_it_waits_and_goes_on_by_itself(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    line.pace = 2 * MIB
    await start(page)
    await amount_here(page, 1)

    await context.set_offline(True)
    await line.hang_up()
    waiting = card(page).get_by_text("Waiting for a connection. It will carry on by itself.").last
    await expect(waiting).to_be_visible()
    line.pace = None
    await line.lay()
    await context.set_offline(False)

    await is_done(page)


async def test_a_service_that_is_away_is_tried_again_by_itself(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    await context.clock.install()
    page = await open_page(context, line)
    under_way = under_way_of(context)
    line.pace = 2 * MIB
    await start(page)
    await amount_here(page, 1)

    await line.hang_up()
    away = card(page).get_by_text("The service can’t be reached just now.").last
    while not await away.is_visible():
        await pass_time(page, under_way)
    assert await violations(page) == []
    line.pace = None
    await line.lay()
    while await away.is_visible():
        await pass_time(page, under_way)

    await is_done(page)


async def test_a_recording_that_cannot_be_had_holds_up_no_other(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    lost = "**/media/en/hill-short-sam.mp3"
    headers = {"hearth": "1"}
    await context.route(lost, lambda route: route.fulfill(status=404, headers=headers))

    await start(page)

    said = card(page).get_by_text("1 recording could not be saved").last
    await expect(said).to_be_visible(timeout=60_000)
    await card(page).get_by_text("Each exercise").click()
    await expect(card(page).locator("li", has_text="Hill")).to_contain_text("Could not be saved")
    assert await violations(page) == []
    played = await page.evaluate(PLAYED, list(shared_server.sums))
    assert [name for name, sum_ in played.items() if not sum_] == ["hill-short-sam"]

    await context.unroute(lost)
    await card(page).get_by_role("button", name="Try again").click()
    await is_done(page)


async def test_a_full_phone_says_so_keeps_what_came_and_goes_on_once_there_is_room(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    session = await context.new_cdp_session(page)
    used = await page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    quota = {"origin": line.url, "quotaSize": int(used) + 4 * MIB}
    await session.send("Storage.overrideQuotaForOrigin", quota)

    await start(page)

    full = card(page).get_by_text("This phone has no room for more.").last
    await expect(full).to_be_visible(timeout=60_000)
    assert await violations(page) == []
    played = await page.evaluate(PLAYED, list(shared_server.sums))
    assert all(played[f"{slug}-short-sam"] for slug in SLUGS)
    await page.reload()
    await expect(full).to_be_visible()
    await session.send("Storage.overrideQuotaForOrigin", {"origin": line.url})
    await card(page).get_by_role("button", name="Carry on saving").click()
    await is_done(page)
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums


async def test_a_check_finds_what_was_cleared_away_or_bent_and_fetches_that_alone(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    await page.evaluate(DROP, ["/saved/en/hill-full-sam.mp3/1"])
    await page.evaluate(
        """async () => (await caches.open("saved-recordings")).put("/saved/en/lake-full-sam.mp3/0",
             new Response(new Uint8Array(1024 * 1024)))"""
    )
    asked = asked_of(context)

    await page.get_by_role("button", name="Check now").click()

    said = page.locator("[data-check] [data-result]")
    await expect(said).to_contain_text("Parts of 2 of 6 recordings were gone or damaged (2.1 MB).")
    await is_done(page)
    ranges = [each for each in asked if not each.endswith("whole")]
    assert ranges == [
        "hill-full-sam.mp3 bytes=1048576-2097151",
        "lake-full-sam.mp3 bytes=0-1048575",
    ]
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums
    await page.get_by_role("button", name="Check now").click()
    await expect(said).to_have_text("All 6 recordings are all right.")


async def test_what_was_cleared_away_is_said_and_fetched_when_somebody_wants_it(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    await page.evaluate(DROP, ["/saved/en/wood-full-sam.mp3/2"])

    await page.goto(f"{line.url}/en/recordings/")
    notice = page.locator("[data-notices]")
    await expect(notice).to_contain_text("Part of 1 recording is gone from this phone (5 kB)")
    assert await violations(page) == []
    await notice.get_by_role("button", name="Fetch it again (5 kB)").click()

    await is_done(page)
    await expect(notice.get_by_role("button")).to_have_count(0)
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums


async def test_once_a_week_it_is_looked_through_by_itself(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    await page.goto(f"{line.url}/en/help")
    await until(page, "Number(localStorage.getItem('checked')) > 0")
    await page.evaluate(DROP, ["/saved/en/wood-short-sam.mp3/0"])
    await page.evaluate("localStorage.setItem('checked', Date.now() - 8 * 86400000)")
    asked = asked_of(context)

    await page.reload()
    await until(page, "Date.now() - Number(localStorage.getItem('checked')) < 60000")
    wanted = shared_server.sums["wood-short-sam"]
    await until(
        page,
        f"async () => (await ({PLAYED})(['wood-short-sam']))['wood-short-sam'] === '{wanted}'",
        60,
    )

    assert {each.split()[0] for each in asked} == {"wood-short-sam.mp3"}
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums


async def test_a_recording_that_was_replaced_plays_as_it_was_until_somebody_agrees(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    older = dict(shared_server.sums)
    shared_server.server.stop()
    shared_server.put("hill", seed=2)
    shared_server.server.start()

    asked = asked_of(context)
    await page.reload()
    notice = page.locator("[data-notices]")
    await expect(notice).to_contain_text("There are newer versions of 2 recordings.")
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == older
    assert asked == []
    assert await violations(page) == []

    line.pace = MIB
    await notice.get_by_role("button", name="Save the newer ones (2.4 MB)").click()
    await amount_here(page, 1)
    assert (await page.evaluate(PLAYED, ["hill-full-sam"])) == {
        "hill-full-sam": older["hill-full-sam"]
    }
    line.pace = None
    await is_done(page)

    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums != older
    captions = await page.evaluate(
        "fetch('/saved/en/hill-full-sam.vtt').then((answer) => answer.text())"
    )
    assert "hill-full-sam 2" in captions


async def test_on_wifi_a_newer_recording_comes_by_itself(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line, "recordings/hill")
    await page.get_by_role("button", name="Save on this phone").click()
    saved = page.locator("[data-keep] > p").first
    await expect(saved).to_have_text("Saved on this phone. It plays with no signal.")
    shared_server.server.stop()
    shared_server.put("hill", seed=2)
    shared_server.server.start()
    await context.add_init_script(CONNECTION % '{ type: "wifi" }')

    await page.goto(f"{line.url}/en/help")

    wanted = shared_server.sums["hill-full-sam"]
    await until(
        page,
        f"async () => (await ({PLAYED})(['hill-full-sam']))['hill-full-sam'] === '{wanted}'",
        60,
    )


async def test_mobile_data_is_asked_for_first(line: Line, open_phone: OpenPhone) -> None:
    context = await new_phone(open_phone)
    await context.add_init_script(CONNECTION % '{ type: "cellular" }')
    await context.clock.install()
    page = await open_page(context, line)
    asked = asked_of(context)
    await expect(card(page).get_by_text("You will be asked first.")).to_be_visible()

    await start(page)
    question = card(page).get_by_text("Save now anyway?").last
    await expect(question).to_be_visible()
    assert await violations(page) == []
    await card(page).get_by_role("button", name="Wait for Wi-Fi").click()
    waiting = card(page).get_by_text("Waiting for Wi-Fi.").last
    await expect(waiting).to_be_visible()
    # Another network ends this wait, or somebody who changes their mind, but no time: it would say
    # so as soon as it went on.
    await context.clock.fast_forward("10:00")
    await page.evaluate("fetch('/healthz')")
    assert await waiting.is_visible()
    assert asked == []

    await page.evaluate(
        """() => {
          navigator.connection.type = "wifi";
          navigator.connection.dispatchEvent(new Event("change"));
        }"""
    )
    await is_done(page)


async def test_one_tab_saves_the_other_shows_it_and_takes_over_when_the_first_closes(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    one = await open_page(context, line)
    line.pace = 2 * MIB
    await start(one)
    await amount_here(one, 0.5)
    asked = asked_of(context)

    two = await open_page(context, line, "recordings/")
    there = card(two).get_by_text("Another page of this app is saving. You can close this one.")
    await expect(there).to_be_visible()
    await amount_here(two, 2)
    await one.close()
    line.pace = None
    await is_done(two)

    # The part that was under way when the tab was closed comes again.
    assert len(asked) - len(set(asked)) <= 1
    assert await two.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums


async def test_a_pause_in_the_other_tab_stops_it(line: Line, open_phone: OpenPhone) -> None:
    context = await new_phone(open_phone)
    one, two = await open_page(context, line), await open_page(context, line, "recordings/")
    line.pace = MIB
    await start(one)
    await amount_here(two, 0.5)

    await card(two).get_by_role("button", name="Pause saving").click()

    for page in (one, two):
        await expect(card(page).get_by_text(re.compile(r"^Paused\. ")).last).to_be_visible()


async def test_what_is_saved_stays_when_the_app_and_its_worker_are_renewed(
    shared_server: ServedShelf, line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    await ready_for_flight(page)
    before = await page.evaluate(ACTIVE)
    shared_server.server.stop()
    settings = shared_server.server.config.read_text(encoding="utf-8")
    shared_server.server.config.write_text(
        f'home_screen_name = "Practice"\n{settings}', encoding="utf-8"
    )
    shared_server.server.start()
    asked = asked_of(context)

    await page.goto(f"{line.url}/en/help")
    await renewed(page, before)
    # Another address means another worker. Chromium may wait minutes before it activates it: until
    # all responses of the first worker are read to their end. So stop the first worker. A request
    # that the page still makes starts it again, so stop it until the other one is there.
    chromium = await context.new_cdp_session(page)
    first = await active_worker(chromium)
    await page.evaluate(LET_ANOTHER_IN)
    while not await page.evaluate(IS_ANOTHER):
        with contextlib.suppress(Error):
            await chromium.send("ServiceWorker.stopWorker", {"versionId": first})
        await asyncio.sleep(0.2)
    await page.goto(f"{line.url}/en/")

    assert (await page.title()).endswith("Practice")
    assert await page.evaluate(PLAYED, list(shared_server.sums)) == shared_server.sums
    assert asked == []


async def test_a_recording_that_is_wanted_now_comes_before_the_others(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    everything = await open_page(context, line)
    # Two voices have this recording; the page offers Sam's.
    one = await open_page(context, line, "recordings/wood")
    asked = asked_of(context)
    line.pace = MIB // 8
    await start(everything)
    await expect(card(everything).get_by_role("button", name="Pause saving")).to_be_visible()

    # The other tab saves. This one only changes the queue.
    await one.get_by_role("button", name="Save on this phone").click()
    await expect(one.get_by_role("button", name="Pause saving")).to_be_visible()
    line.pace = None
    saved = one.locator("[data-keep] > p").first
    await expect(saved).to_have_text("Saved on this phone. It plays with no signal.")
    await is_done(everything)

    order = list(dict.fromkeys(part.split()[0] for part in asked))
    assert order.index("wood-full-sam.mp3") < order.index("lake-full-sam.mp3")


async def test_a_row_keeps_the_keyboard_while_the_list_changes(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)
    button = page.get_by_role("button", name="Remove Wood from this phone").first
    await button.focus()

    await page.evaluate(FORGET, "/saved/en/hill-")

    await expect(page.locator("[data-recordings] li")).to_have_count(FILES - 2)
    await expect(button).to_be_focused()


async def test_what_is_removed_stays_away_and_the_rest_can_be_chosen_again(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_page(context, line)
    await start(page)
    await is_done(page)

    await page.get_by_role("button", name="Remove Lake from this phone").first.click()
    dialog = page.get_by_role("dialog")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Keep it").click()
    await page.get_by_role("button", name="Remove Lake from this phone").first.click()
    await dialog.get_by_role("button", name="Remove").click()
    rows = page.locator("[data-recordings] li")
    await expect(rows).to_have_count(FILES - 1)
    asked = asked_of(context)
    await page.reload()
    done = card(page).get_by_text("All 5 recordings you chose are on this phone").last
    await expect(done).to_be_visible()

    await page.get_by_role("button", name="Remove all recordings").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove all").click()
    await expect(page.locator("[data-recordings]")).to_be_hidden()
    await expect(card(page).get_by_text("6 recordings, 7.2 MB.").first).to_be_visible()
    assert asked == []


async def test_without_scripts_every_file_can_be_downloaded(
    shared_server: ServedShelf, open_phone: OpenPhone
) -> None:
    context = await open_phone(java_script_enabled=False)
    page = await context.new_page()

    await page.goto(f"{shared_server.server.url}/en/recordings/")

    files = page.get_by_role("heading", name="Hill").locator("xpath=following-sibling::ul[1]//a")
    assert await files.count() == 3
    assert await page.locator(".keep-all").is_hidden()
