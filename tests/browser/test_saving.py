"""Keeping a recording on the phone, over lines that are cut, slow, spoilt or gone."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import (
    OpenPhone,
    keep_next_to_nothing,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.line import Line, line_to, pass_time, under_way_of
from tests.server import ROOT, Server, ready
from tests.warm import Serve

pytestmark = [pytest.mark.browser, pytest.mark.flight]

Tell = Callable[[str], None]

MIB = 1024 * 1024
SLUG = "a-long-walk"
NAME = f"{SLUG}-full-sam"
SAVED = f"/saved/en/{NAME}.mp3"
PHRASES = 12
SIZE = 12_000_000
SEGMENTS = 12  # of one MiB each, the last one shorter
SOUND = ROOT / "static" / "recordings" / "en" / "soothing-rhythm-breathing-short-george.mp3"
SCRIPT = """+++
title = "A long walk"
summary = "A walk at your own pace."
order = 9
reviewed = false
minutes = { full = 40 }
+++

## full

"""
SAVED_BYTES = f"""async () => {{
  const answer = await fetch("{SAVED}");
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}}"""


def length_of(size: int) -> float:
    """How many seconds of SOUND, over and over, have so many bytes."""
    told = json.loads(SOUND.with_suffix(".json").read_text(encoding="utf-8"))
    return float(told["seconds"]) * size / float(told["bytes"])


def publish(folder: Path, size: int) -> str:
    """Put a recording of so many bytes into a content folder; give its sum."""
    sounds = folder / "recordings" / "en"
    sounds.mkdir(parents=True, exist_ok=True)
    once = SOUND.read_bytes()
    sound = (once * (size // len(once) + 1))[:size]
    seconds = length_of(size)
    cues = [_cue(number, seconds) for number in range(PHRASES)]
    phrases = [f"This is phrase number {number}." for number in range(PHRASES)]
    (folder / "recordings" / f"{SLUG}.md").write_text(SCRIPT + "\n\n".join(phrases) + "\n")
    (sounds / f"{NAME}.mp3").write_bytes(sound)
    (sounds / f"{NAME}.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    told = {
        "slug": SLUG,
        "version": "full",
        "locale": "en",
        "voice": "sam",
        "voice_name": "Sam",
        "generated": False,
        "seconds": seconds,
        "bytes": len(sound),
        "sha256": hashlib.sha256(sound).hexdigest(),
        "script_sha256": "",
        "licence": "MIT",
    }
    (sounds / f"{NAME}.json").write_text(json.dumps(told))
    return str(told["sha256"])


def _cue(number: int, seconds: float) -> str:
    def clock(at: float) -> str:
        return f"{int(at // 3600):02}:{int(at // 60 % 60):02}:{at % 60:06.3f}"

    first = number * seconds / PHRASES
    return f"{clock(first)} --> {clock(first + seconds / PHRASES - 1)}\nphrase {number}"


@pytest.fixture(scope="module")
def library(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with a recording of twelve segments, and its sum."""
    folder = tmp_path_factory.mktemp("library")
    sha256 = publish(folder / "content", SIZE)
    with ready(serve(folder, f'content_dir = "{folder / "content"}"\n')) as started:
        yield started, sha256


@pytest_asyncio.fixture(loop_scope="session")
async def line(library: tuple[Server, str]) -> AsyncIterator[Line]:
    async with line_to(library[0].port) as laid:
        yield laid


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print a figure among the results, to be quoted."""

    def print_aloud(figure: str) -> None:
        with capsys.disabled():
            print(f"\n   {figure}")

    return print_aloud


async def new_phone(open_phone: OpenPhone) -> BrowserContext:
    context = await open_phone()
    await keep_next_to_nothing(context)
    return context


async def open_recording(context: BrowserContext, line: Line) -> Page:
    """The recording's page, once a worker answers what is saved."""
    page = await context.new_page()
    await page.goto(f"{line.url}/en/recordings/{SLUG}")
    await ready_for_flight(page)
    return page


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save on this phone").click()


async def save_some(page: Page, line: Line, mib: int = 2) -> None:
    """Save more than so many MiB of the recording. The rest comes slowly: it takes many seconds."""
    line.pace = 4 * MIB
    await save(page)
    await until(page, f"document.querySelector('progress').value > {mib * MIB}")
    line.pace = MIB // 2


async def half_saved(context: BrowserContext, line: Line) -> tuple[Page, set[Request]]:
    """Save more than 2 MiB of the recording, with a clock that the test moves.

    Return the page and the requests that are under way (see `under_way_of`).
    """
    await context.clock.install()
    page = await open_recording(context, line)
    under_way = under_way_of(context)
    await save_some(page, line)
    return page, under_way


async def is_saved(page: Page, seconds: float = 60) -> None:
    words = page.locator("[data-keep] > p").first
    await expect(words).to_have_text(
        "Saved on this phone. It plays with no signal.", timeout=seconds * 1000
    )


def ranges_of(context: BrowserContext) -> list[str]:
    """The ranges of the recording that are asked for from now on."""
    asked: list[str] = []
    context.on(
        "request",
        lambda request: (
            asked.append(request.headers.get("range", "whole"))
            if request.url.endswith(".mp3") and "/media/" in request.url
            else None
        ),
    )
    return asked


async def segments(page: Page) -> int:
    """How many segments are in the phone's cache."""
    found = await page.evaluate(
        """async () => {
          if (!(await caches.has("saved-recordings"))) return 0;
          const keys = await (await caches.open("saved-recordings")).keys();
          return keys.filter(({ url }) => /mp3\\/\\d+$/.test(url)).length;
        }"""
    )
    return int(found)


async def test_saving_shows_progress_pauses_goes_on_and_is_removed(
    library: tuple[Server, str], line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    asked = ranges_of(context)

    await save_some(page, line)
    await expect(
        page.get_by_text(re.compile(r"^Saving… [\d.]+ [Mk]B of 12 MB$")).first
    ).to_be_visible()
    await page.get_by_role("button", name="Pause saving").click()
    await expect(
        page.get_by_text(re.compile(r"^Paused at [\d.]+ MB of 12 MB\.$")).first
    ).to_be_visible()
    assert await violations(page) == []
    here = await segments(page)
    line.pace = None
    asked.clear()
    await page.get_by_role("button", name="Carry on saving").click()
    await is_saved(page)

    assert 2 <= here < SEGMENTS
    assert len(asked) == SEGMENTS - here
    assert await page.evaluate(SAVED_BYTES) == library[1]
    await page.get_by_role("button", name="Remove from this phone").click()
    await expect(page.get_by_role("button", name="Save on this phone")).to_be_visible()
    assert await segments(page) == 0


async def test_ten_cuts_cost_at_most_one_segment_each(
    library: tuple[Server, str], line: Line, open_phone: OpenPhone, tell: Tell
) -> None:
    context = await new_phone(open_phone)
    await context.clock.install()
    page = await open_recording(context, line)
    asked = ranges_of(context)
    under_way = under_way_of(context)
    chance = random.Random(7)
    line.cuts = [int(MIB * chance.uniform(1.05, 1.5)) for _ in range(10)]

    await save(page)
    while line.cut < 10:
        await pass_time(page, under_way)
    await is_saved(page)

    twice = Counter(asked)
    assert line.cut == 10
    assert len(twice) == SEGMENTS
    again = len(asked) - len(twice)
    assert again <= line.cut
    assert await page.evaluate(SAVED_BYTES) == library[1]
    tell(
        f"{SIZE / 1e6:.0f} MB in {SEGMENTS} segments over a line that was cut {line.cut} times: "
        f"{len(asked)} requests, {again} segments asked for again, the sum is right"
    )


async def test_a_page_that_was_closed_while_saving_goes_on_when_it_is_opened_again(
    library: tuple[Server, str], line: Line, open_phone: OpenPhone, tell: Tell
) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    await save_some(page, line, 3)
    before = await segments(page)
    await page.close()
    line.pace = None
    asked = ranges_of(context)

    page = await open_recording(context, line)
    await is_saved(page)

    # One more may have been stored before the page was gone.
    here = int(asked[0].removeprefix("bytes=").partition("-")[0]) // MIB
    assert 0 < before <= here
    assert asked[0] == f"bytes={here * MIB}-{(here + 1) * MIB - 1}"
    assert len(asked) == SEGMENTS - here
    assert await page.evaluate(SAVED_BYTES) == library[1]
    tell(
        f"page closed with {here} of {SEGMENTS} segments here: went on with {asked[0]}, "
        f"{len(asked)} requests more, the sum is right"
    )


async def test_a_line_that_is_gone_says_so_and_keeps_what_came(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page, under_way = await half_saved(context, line)

    await line.hang_up()

    told = page.locator("[data-keep] > p").first.get_by_text("The service can’t be reached")
    while not await told.is_visible():
        await pass_time(page, under_way)
    assert await segments(page) >= 2
    await line.lay()
    line.pace = None
    await page.get_by_role("button", name="Try again").click()
    await is_saved(page)


async def test_offline_saving_waits_for_a_connection_and_goes_on(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    await save_some(page, line)

    await context.set_offline(True)
    await line.hang_up()
    words = page.locator("[data-keep] > p").first
    await expect(words).to_contain_text("Waiting for a connection. What’s already here stays")
    line.pace = None
    await line.lay()
    await context.set_offline(False)

    await is_saved(page)


async def test_bytes_that_arrive_wrong_are_not_kept(
    library: tuple[Server, str], line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    # The first damage may have happened on the way, so the recording is fetched again by itself.
    line.spoil = [3 * MIB, SIZE]

    await save(page)

    words = page.locator("[data-keep] > p").first
    await expect(words).to_have_text(
        "The recording arrived damaged, so it was not kept. Try again.", timeout=60_000
    )
    assert line.spoil == []
    assert await segments(page) == 0
    await page.get_by_role("button", name="Try again").click()
    await is_saved(page)
    assert await page.evaluate(SAVED_BYTES) == library[1]


async def test_a_full_phone_says_so_and_keeps_what_came(line: Line, open_phone: OpenPhone) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    session = await context.new_cdp_session(page)
    used = await page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    quota = {"origin": line.url, "quotaSize": int(used) + 5 * MIB}
    await session.send("Storage.overrideQuotaForOrigin", quota)

    await save(page)

    words = page.locator("[data-keep] > p").first
    await expect(words).to_contain_text("This phone has no room left for it.", timeout=60_000)
    await expect(
        page.locator("[data-keep]").get_by_role("link", name="What is saved here")
    ).to_be_visible()
    here = await segments(page)
    assert 1 <= here < 6
    await session.send("Storage.overrideQuotaForOrigin", {"origin": line.url})
    asked = ranges_of(context)
    await page.get_by_role("button", name="Try again").click()
    await is_saved(page)
    assert len(asked) == SEGMENTS - here


async def test_a_recording_that_is_gone_has_words_of_its_own(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    headers = {"hearth": "1"}
    await context.route("**/media/**", lambda route: route.fulfill(status=404, headers=headers))

    await save(page)

    words = page.locator("[data-keep] > p").first
    await expect(words).to_contain_text("The service no longer has this recording.")


async def test_a_recording_comes_through_a_proxy_that_ignores_ranges(
    library: tuple[Server, str], line: Line, open_phone: OpenPhone
) -> None:
    context = await new_phone(open_phone)
    page = await open_recording(context, line)
    asked = ranges_of(context)

    async def answer_whole(route: Route, request: Request) -> None:
        headers = {name: value for name, value in request.headers.items() if "range" not in name}
        await route.fulfill(response=await route.fetch(headers=headers))

    await context.route("**/media/**", answer_whole)

    await save(page)
    await is_saved(page)

    assert len(asked) == 1
    assert await segments(page) == SEGMENTS
    assert await page.evaluate(SAVED_BYTES) == library[1]


@pytest.mark.parametrize("status", [200, 404])
async def test_a_page_in_place_of_a_recording_is_named_and_deletes_nothing(
    line: Line, open_phone: OpenPhone, status: int
) -> None:
    context = await new_phone(open_phone)
    page, under_way = await half_saved(context, line)

    await context.route(
        "**/media/**",
        lambda route: route.fulfill(status=status, content_type="text/html", body="<p>Sign in</p>"),
    )

    news = page.locator("[data-keep] > p").first
    told = news.get_by_text("Something on this network is answering")
    while not await told.is_visible():
        await pass_time(page, under_way)
    here = await segments(page)
    assert here >= 2
    assert await violations(page) == []
    await context.unroute("**/media/**")
    line.pace = None
    asked = ranges_of(context)
    await page.get_by_role("button", name="Try again").click()
    await is_saved(page)
    assert "bytes=0-1048575" not in asked
    assert f"bytes={here * MIB}-{(here + 1) * MIB - 1}" in asked


async def test_a_recording_that_was_replaced_is_saved_as_it_is_now(
    serve: Serve, tmp_path: Path, open_phone: OpenPhone
) -> None:
    content = tmp_path / "content"
    older = publish(content, SIZE // 5)
    with ready(serve(tmp_path, f'content_dir = "{content}"\n')) as server:
        async with line_to(server.port) as line:
            page = await open_recording(await new_phone(open_phone), line)
            line.pace = 2 * MIB
            await save(page)
            await until(page, "document.querySelector('progress').value > 1.2 * 1024 * 1024")
            await line.hang_up()
            server.stop()
            newer = publish(content, SIZE // 4)
            server.start()
            line.pace = None
            await line.lay()
            # If the server takes long to start, the quick tries fail. The page goes on by itself.
            await is_saved(page)

            assert await page.evaluate(SAVED_BYTES) == newer != older


async def test_a_saved_recording_plays_and_seeks_with_the_server_gone(
    line: Line, open_phone: OpenPhone
) -> None:
    context = await open_phone()
    page = await open_recording(context, line)
    await save(page)
    await is_saved(page)
    await line.hang_up()
    await page.goto(f"{line.url}/en/recordings/")
    asked = ranges_of(context)
    await page.goto(f"{line.url}/en/recordings/{SLUG}")
    length = length_of(SIZE)
    clock = f"{round(length) // 60}:{round(length) % 60:02}"
    await expect(page.locator("[data-total]")).to_have_text(clock)

    await page.get_by_role("button", name="Play").click()
    reached = []
    slider = page.get_by_label("Place in the recording")
    box = await slider.bounding_box()
    assert box is not None
    for share in (0.9, 0.3, 0.55, 0.1, 0.75):
        await slider.click(position={"x": box["width"] * share, "y": box["height"] / 2})
        start = float(await slider.input_value())
        await until(
            page,
            f"""() => {{
              const {{ currentTime, paused }} = document.querySelector("audio");
              return !paused && currentTime > {start} + 0.2 && currentTime < {start} + 20;
            }}""",
        )
        reached.append(start)
        phrase = int(start / length * PHRASES)
        lit = page.locator("[data-phrase]").nth(phrase)
        await expect(lit).to_have_attribute("aria-current", "true")

    assert [round(start / length, 1) for start in reached] == [0.9, 0.3, 0.6, 0.1, 0.8]
    assert asked == []


async def test_ranges_of_a_saved_recording_are_answered_as_the_server_answers_them(
    line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    await save(page)
    await is_saved(page)

    asked = """async ([path, method, headers]) => {
      const answer = await fetch(path, { method, headers, cache: "no-store" });
      const body = new Uint8Array(await answer.arrayBuffer());
      const told = (name) => answer.headers.get(name);
      return [answer.status, told("content-range"), body.length, [...body.slice(0, 4)],
        told("content-length"), told("content-type"), told("etag"), told("accept-ranges")];
    }"""
    cases: list[tuple[str, dict[str, str]]] = [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"Range": "bytes=0-1"}),
        ("GET", {"Range": f"bytes={MIB - 2}-{MIB + 1}"}),
        ("GET", {"Range": "bytes=-100"}),
        ("GET", {"Range": f"bytes={11 * MIB}-"}),
        ("GET", {"Range": "bytes=99999999-"}),
        ("GET", {"Range": "bytes=5-2"}),
        ("GET", {"Range": "bytes=0-1", "If-Range": '"other"'}),
    ]
    for method, headers in cases:
        saved = await page.evaluate(asked, [SAVED, method, headers])
        server = await page.evaluate(asked, [SAVED.replace("/saved/", "/media/"), method, headers])
        if saved[0] == 416:
            assert saved[:3] == server[:3], headers
        else:
            assert saved == server, headers


async def test_a_recording_that_is_removed_while_it_plays_goes_on_from_the_server(
    line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    await save(page)
    await is_saved(page)
    audio = "document.querySelector('audio')"
    await until(page, f"{audio}.src.includes('/saved/')")
    await page.get_by_role("button", name="Play").click()
    await until(page, f"{audio}.currentTime > 0")

    await page.get_by_role("button", name="Remove from this phone").click()
    await page.get_by_label("Place in the recording").evaluate(
        "(one) => { one.value = 1800; one.dispatchEvent(new Event('change', { bubbles: true })); }"
    )

    await until(page, f"{audio}.currentTime > 1800 && !{audio}.paused")
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_only_a_whole_recording_is_marked_and_storage_lists_both(
    line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    await save_some(page, line)
    await page.get_by_role("button", name="Pause saving").click()
    await expect(page.get_by_role("button", name="Carry on saving")).to_be_visible()
    line.pace = None
    mark = page.locator(f"[data-slug='{SLUG}'] .icon, .end[data-slug='{SLUG}']").first

    await page.goto(f"{line.url}/en/settings/storage")
    row = page.locator("[data-recordings] li")
    await expect(row).to_contain_text("of 12 MB, not all of it is here")
    await page.goto(f"{line.url}/en/recordings/")
    await expect(mark).to_be_hidden()

    await page.goto(f"{line.url}/en/recordings/{SLUG}")
    await page.get_by_role("button", name="Carry on saving").click()
    await is_saved(page)
    await page.goto(f"{line.url}/en/recordings/")
    await expect(mark).to_be_visible()
    await page.goto(f"{line.url}/en/settings/storage")
    await expect(row).to_contain_text("Full · Sam · 12 MB")
    await page.get_by_role("button", name="Remove A long walk from this phone").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("Removed from this phone.")).to_be_visible()
    await expect(row).to_have_count(0)
    assert await segments(page) == 0


async def test_a_listener_is_told_when_the_line_is_gone_and_it_goes_on_by_itself(
    line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    audio = "document.querySelector('audio')"
    line.pace = MIB // 4
    await page.get_by_role("button", name="Play").click()
    await until(page, f"{audio}.currentTime > 0")
    await line.hang_up()

    await page.get_by_label("Place in the recording").evaluate(
        "(one) => { one.value = 2000; one.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    problem = page.get_by_role("alert")
    await expect(problem).to_contain_text("Waiting for a better connection.", timeout=20_000)
    assert await violations(page) == []
    line.pace = None
    await line.lay()

    await until(page, f"{audio}.currentTime > 2000 && !{audio}.paused", 40)
    await expect(problem).to_be_hidden()


async def test_a_recording_that_the_browser_cleared_away_in_part_plays_from_the_server(
    line: Line, open_phone: OpenPhone
) -> None:
    page = await open_recording(await new_phone(open_phone), line)
    await save(page)
    await is_saved(page)
    audio = "document.querySelector('audio')"
    await until(page, f"{audio}.src.includes('/saved/') && {audio}.readyState > 0")
    await page.evaluate(f"caches.open('saved-recordings').then((one) => one.delete('{SAVED}/9'))")

    await page.get_by_label("Place in the recording").evaluate(
        "(one) => { one.value = 1950; one.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    await page.get_by_role("button", name="Play").click()

    await until(page, f"{audio}.currentTime > 1950 && !{audio}.paused")
