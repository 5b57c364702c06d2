"""This week: a therapist's link, the programme, and what the home page shows of them."""

from __future__ import annotations

import json
import re
import subprocess
from urllib.parse import urlsplit

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import held_back
from tests.browser.conftest import OpenPhone, in_every_look, ready_for_flight, until, violations
from tests.browser.test_first_visit import shifted, with_late_scripts
from tests.server import ROOT, Server

pytestmark = pytest.mark.browser
LINK_FRAGMENT = "#r=safe-place&p=three-systems&w=three-circles"
TITLES = ["Safe place", "Three systems", "My three circles"]
DECODE = """
import decode from "qr/decode.js";
const size = 4, { side, dark } = JSON.parse(process.argv[1]);
const data = new Uint8ClampedArray((side * size) ** 2 * 4).fill(255);
for (const [x, y] of dark)
  for (let n = 0; n < size * size; n += 1) {
    const at = ((y * size + Math.floor(n / size)) * side * size + x * size + (n % size)) * 4;
    data.fill(0, at, at + 3);
  }
console.log(decode({ width: side * size, height: side * size, data }));
"""


@pytest.fixture
def shared_server(whole_server: Server) -> Server:
    """Return the server with all built-in content, so that there is enough to choose from."""
    return whole_server


async def open_path(context: BrowserContext, server: Server, path: str) -> Page:
    page = await context.new_page()
    await page.goto(f"{server.url}/{path}")
    return page


async def keep_link(open_phone: OpenPhone, server: Server, **options: object) -> Page:
    """Keep a therapist's link on a phone. Return the page, which confirms it."""
    page = await open_path(await open_phone(**options), server, f"en/this-week{LINK_FRAGMENT}")
    await page.get_by_role("button", name="Keep this on my home page").click()
    await expect(page.get_by_text("It is on your home page now.")).to_be_visible()
    return page


async def titles_in(page: Page, rows: str) -> list[str]:
    return [(await title.inner_text()).strip() for title in await page.locator(f"{rows} b").all()]


def decode_qr_code(drawing: str, side: int) -> str:
    """Return the text of a QR code. `drawing` is its SVG path, `side` its width in modules."""
    dark = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", drawing)]
    code = json.dumps({"side": side, "dark": dark})
    command = [str(ROOT / ".venv" / "bin" / "node"), "--input-type=module", "-e", DECODE, code]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return str(process.stdout).strip()


async def test_a_link_shows_what_it_names_in_its_order(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, f"en/this-week{LINK_FRAGMENT}")

    await expect(page.get_by_role("heading", name="This week")).to_be_visible()

    assert await titles_in(page, "[data-shown]") == TITLES
    await expect(page.locator("[data-unknown]")).to_be_hidden()


async def test_what_is_not_there_is_said_and_left_out(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(
        await open_phone(), shared_server, "en/this-week#p=three-systems&w=something-else"
    )

    await expect(page.get_by_text("1 thing in this link is not here")).to_be_visible()
    assert await titles_in(page, "[data-shown]") == ["Three systems"]


async def test_a_link_of_which_nothing_is_left_says_so(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/this-week#<b>x</b>")

    await expect(page.get_by_text("Nothing this link points to is here.")).to_be_visible()
    await expect(page.get_by_role("button", name="Keep this on my home page")).to_be_hidden()


async def test_it_is_kept_on_the_home_page_and_goes_at_one_tap(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await keep_link(open_phone, shared_server)
    await page.get_by_role("main").get_by_role("link", name="Home", exact=True).click()
    await expect(page.locator(".at-home b")).to_have_count(3)
    assert await titles_in(page, ".at-home") == TITLES

    await page.get_by_role("button", name="Take off Home").click()

    await expect(page.locator(".at-home")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Have a look round")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".at-home b")).to_have_count(3)


@pytest.mark.flight
async def test_with_the_server_stopped_it_all_works(open_phone: OpenPhone, server: Server) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{server.url}/en/")
    await ready_for_flight(page)
    server.stop()

    await page.goto(f"{server.url}/en/this-week{LINK_FRAGMENT}")
    await page.get_by_role("button", name="Keep this on my home page").click()
    await page.goto(f"{server.url}/en/")

    await expect(page.locator(".at-home b")).to_have_count(3)


async def test_the_server_never_learns_what_a_link_names(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url + str(request.headers)))

    await page.goto(f"{shared_server.url}/en/this-week{LINK_FRAGMENT}")
    await expect(page.locator("[data-started][data-module=this-week]")).to_have_count(1)

    assert [
        request for request in requested if "r=safe-place" in request and "#r=" not in request
    ] == []


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_of_home_jumps_when_the_week_comes(
    shared_server: Server, open_phone: OpenPhone, width: int
) -> None:
    page = await keep_link(
        open_phone, shared_server, service_workers="block", viewport={"width": width, "height": 740}
    )
    await with_late_scripts(page)

    await page.goto(f"{shared_server.url}/en/")
    await expect(page.locator(".at-home b").first).to_have_text(TITLES[0])

    assert await shifted(page) < 0.02


async def test_the_first_screen_of_home_stays_what_would_help_now(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await keep_link(open_phone, shared_server, viewport={"width": 360, "height": 640})
    listening = '{"last":{"slug":"safe-place","version":"full"},"stopped":{"safe-place/full":202}}'
    await page.evaluate("(it) => localStorage.setItem('listening', it)", listening)
    await page.goto(f"{shared_server.url}/en/")
    await expect(page.get_by_role("link", name="Resume Safe place")).to_be_visible()

    help_link = (
        await page.get_by_role("main")
        .get_by_role("link", name="Things are hard right now")
        .bounding_box()
    )

    assert help_link is not None
    assert help_link["y"] + help_link["height"] < 640 - 72


async def test_another_language_shows_the_same_things(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, f"en/this-week{LINK_FRAGMENT}")
    await expect(page.locator("[data-shown] b")).to_have_count(3)
    await page.get_by_role("contentinfo").get_by_role("link", name="Language").click()
    await expect(page.locator("[data-module=language][data-started]")).to_have_count(1)

    await page.locator("a[data-tag=ar]").click()

    await expect(page).to_have_url(f"{shared_server.url}/ar/this-week{LINK_FRAGMENT}")
    await expect(page.locator("[data-shown] b")).to_have_count(3)
    await page.locator("[data-languages] a[data-tag=en]").click()
    await expect(page).to_have_url(f"{shared_server.url}/en/this-week{LINK_FRAGMENT}")


async def test_choosing_a_language_stays_on_the_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/learn/three-systems")
    await expect(page.locator("header [data-started]")).to_have_count(2)
    await page.get_by_role("contentinfo").get_by_role("link", name="Language").click()
    await expect(page.locator("[data-module=language][data-started]")).to_have_count(1)

    await page.locator("a[data-tag=ar]").click()

    await expect(page).to_have_url(f"{shared_server.url}/ar/learn/three-systems")


async def test_a_therapist_makes_a_link_and_its_code(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/this-week")
    await page.get_by_label("Show only titles with").fill("safe place")
    await expect(page.locator("[data-choice]:visible")).to_have_count(1)
    await page.get_by_label("Safe place").check()
    await page.get_by_label("Show only titles with").fill("")
    await page.get_by_label("Three systems").check()
    drawing = page.locator("[data-qr] svg")
    code_of_two = await drawing.locator("path").get_attribute("d") or ""
    await page.get_by_label("My three circles").check()

    await expect(page.get_by_text("Three are chosen.")).to_be_visible()
    # The code is drawn a moment after the link is here.
    await expect(drawing.locator("path")).not_to_have_attribute("d", code_of_two)
    await expect(page.get_by_label("What is CFT?")).to_be_disabled()
    link = await page.get_by_label("Link", exact=True).input_value()
    assert link == f"{shared_server.url}/en/this-week{LINK_FRAGMENT}"
    side = int((await drawing.get_attribute("viewBox") or "").split()[-1])
    assert decode_qr_code(await drawing.locator("path").get_attribute("d") or "", side) == link
    assert await page.locator("[data-titles] li").all_inner_texts() == TITLES


async def test_what_is_typed_and_ticked_at_once_counts_on_a_slow_line(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(service_workers="block")).new_page()
    release_script = await held_back(page, "**/static/js/week-maker-*")
    async with page.expect_request("**/static/js/week-maker-*"):
        await page.goto(f"{shared_server.url}/en/this-week")
    # Input before the script is loaded would be lost, so the fields are hidden until then.
    await expect(page.get_by_label("Safe place")).to_be_hidden()
    release_script.set()

    await page.get_by_label("Safe place").check()
    await page.get_by_label("Show only titles with").fill("three")

    await expect(page.get_by_text("1 thing is chosen.")).to_be_visible()
    await expect(page.get_by_text("5 titles")).to_be_visible()


async def test_one_that_is_taken_away_makes_room(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/this-week")
    for title in TITLES:
        await page.get_by_label(title).check()

    await page.get_by_label(TITLES[0]).uncheck()
    await page.get_by_label("What is CFT?").check()

    link = await page.get_by_label("Link", exact=True).input_value()
    assert urlsplit(link).fragment == "p=three-systems&w=three-circles&p=what-is-cft"


async def test_the_link_is_made_by_keyboard_and_seen_as_they_will(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/this-week")
    checkbox = page.get_by_label("What is CFT?")
    await expect(checkbox).to_be_visible()
    await checkbox.press("Space")
    await page.get_by_role("link", name="See it as they will").press("Enter")

    await expect(page.get_by_role("heading", name="This week")).to_be_visible()
    assert await titles_in(page, "[data-shown]") == ["What is CFT?"]


async def test_the_card_alone_is_printed(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await open_path(await open_phone(), shared_server, "en/this-week")
    await page.emulate_media(media="print")
    nothing = page.get_by_text("Nothing is chosen yet. Choose on the screen first")
    await expect(nothing).to_be_visible()
    await page.emulate_media(media="screen")
    await page.get_by_label("Safe place").check()
    await expect(page.locator("[data-qr] svg")).to_be_visible()

    await page.emulate_media(media="print")

    await expect(nothing).to_be_hidden()
    await expect(page.locator(".week-card")).to_be_visible()
    await expect(page.locator("[data-choice]").first).to_be_hidden()
    await expect(page.get_by_role("heading", name="Put a week together")).to_be_hidden()


@in_every_look
async def test_axe_finds_nothing(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    page = await (await open_phone(color_scheme=scheme, reduced_motion="reduce")).new_page()
    await page.goto(f"{shared_server.url}/{locale}/this-week")
    for choice in ("learn-three-systems", "recordings-safe-place", "worksheets-three-circles"):
        await page.locator(f"#choice-{choice}").check()
    await expect(page.locator("[data-qr] svg")).to_be_visible()
    all_violations = await violations(page)
    await page.goto(f"{shared_server.url}/{locale}/this-week{LINK_FRAGMENT}&p=none")
    await page.reload()
    await page.locator("[data-keep]").click()
    all_violations += await violations(page)
    await page.goto(f"{shared_server.url}/{locale}/")
    await expect(page.locator(".at-home b")).to_have_count(3)

    assert all_violations + await violations(page) == []


async def test_where_i_am_in_the_programme_is_this_week_at_home(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/programme")
    week = page.locator("#week-2")
    await week.locator("summary").click()
    await week.get_by_role("button", name="This is my week").click()
    await expect(week.get_by_text("My week", exact=True)).to_be_visible()
    week_titles = await titles_in(page, "#week-2 .list")

    await page.goto(f"{shared_server.url}/en/")

    await expect(page.locator(".at-home [data-title]")).to_have_text("A tricky brain")
    assert await titles_in(page, ".at-home") == [*week_titles, "Next, when you like"]
    next_week = page.locator(".at-home").get_by_role("link", name="Next, when you like")
    await expect(next_week).to_contain_text("Three systems")
    await expect(next_week).to_have_attribute("href", "/en/programme#week-3")
    await page.locator(".at-home").get_by_role("link", name="Week by week").click()
    await expect(page).to_have_url(f"{shared_server.url}/en/programme#week-2")
    await week.get_by_role("button", name="This is my week").click()
    await expect(week.get_by_text("My week", exact=True)).to_be_hidden()


async def choose_second_week(page: Page) -> None:
    """Mark the week in the programme. Wait until it is marked, which its script does."""
    await page.locator("#week-2 summary").click()
    choice = page.locator("#week-2").get_by_role("button", name="This is my week")
    await choice.click()
    await expect(choice).to_have_attribute("aria-pressed", "true")


async def test_weeks_are_folded_and_mine_is_open(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/programme")
    await expect(page.locator(".week[open]")).to_have_count(0)
    await choose_second_week(page)

    await page.reload()

    await expect(page.locator(".week[open]")).to_have_count(1)
    await expect(page.locator("#week-2 .list")).to_be_visible()
    await page.goto(f"{shared_server.url}/en/programme#week-4")
    await expect(page.locator("#week-4 .list")).to_be_in_viewport()


async def test_nothing_of_the_weeks_jumps_when_mine_opens(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await open_path(phone, shared_server, "en/programme")
    await choose_second_week(page)
    await with_late_scripts(page)

    await page.reload()
    await expect(page.locator("#week-2 .list")).to_be_visible()

    assert await shifted(page) < 0.005


async def test_nothing_marks_or_counts_what_was_done(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(await open_phone(), shared_server, "en/programme")

    await until(page, "() => document.querySelector('[data-module=programme][data-started]')")

    assert await page.locator("main :is(progress, meter, input)").count() == 0


async def test_without_scripts_the_programme_reads(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_path(
        await open_phone(java_script_enabled=False), shared_server, "en/programme"
    )

    await page.get_by_role("heading", name="Three systems").click()
    await expect(page.get_by_role("button", name="This is my week").first).to_be_hidden()
    await page.locator("#week-3").get_by_role("link", name="My three circles").click()

    await expect(page).to_have_url(f"{shared_server.url}/en/worksheets/three-circles")
