"""Filling in a worksheet: every type of answer, saved at once, followed, printed, never lost."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from tests.browser.conftest import CHROMIUM, FLAGS, WIDE, Phone, ready_for_flight, violations
from tests.server import Server

pytestmark = pytest.mark.browser

SHEET = "worksheets/three-circles"
WORDS = "A message from work after six."
TRIGGERS = "#answer-threat_triggers"
SAVED = "Saved on this phone"


async def opened(
    context: BrowserContext, server: Server, fragment: str = "", locale: str = "en"
) -> Page:
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{SHEET}{fragment}")
    await is_ready(page)
    return page


async def is_ready(page: Page) -> None:
    await expect(page.locator(".sheet[data-ready]")).to_be_attached()


async def is_saved(page: Page) -> None:
    await expect(page.locator("[data-save-line]")).to_contain_text(SAVED)


async def set_slider(page: Page, name: str, value: int) -> None:
    await page.focus(f"#answer-{name}")
    for _ in range(value):
        await page.keyboard.press("ArrowRight")


async def fill_everything(page: Page) -> None:
    """Answer a question of each type, step by step."""
    await page.fill("#answer-day", "2026-11-22")
    await page.check("input[value=settled]")
    await page.click("[data-next]")
    await set_slider(page, "threat_size", 7)
    await page.fill(TRIGGERS, WORDS)
    await page.check("#answer-threat_feelings-2")
    await page.check("#answer-threat_feelings-6")
    await page.click("[data-next]")
    await page.fill("#answer-drive_body", "I walk fast.")
    await page.click("[data-next]")
    await page.click("[data-next]")
    await page.click("[data-add]")
    await page.get_by_label("What happened?").fill("The bus was late.")
    await page.get_by_label("Drive", exact=True).check()
    await is_saved(page)


async def answers(page: Page) -> list[str]:
    """What the worksheet holds, as paper would show it."""
    return [text for text in await page.locator(".printed").all_text_contents() if text]


EVERYTHING = [
    "22 November 2026",
    "Settled: calm, or close to it",
    "7 of 10",
    WORDS,
    "Worried, Hurt",
    "I walk fast.",
    "The bus was late.",
    "Drive",
]


async def test_every_type_of_answer_is_there_after_a_reload(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop)
    await fill_everything(page)

    await page.reload()
    await is_ready(page)

    assert await answers(page) == EVERYTHING
    await expect(page.locator("#answer-threat_size")).to_have_value("7")
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    assert await page.locator("input:checked").count() == 4


async def test_an_answer_of_each_type_can_be_taken_away_again(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop)
    await page.click("[data-today]")
    await page.check("input[value=settled]")
    await page.locator("[data-field=day] [data-clear]").click()
    await page.locator("[data-field=right_now] [data-clear]").click()
    await page.click("[data-next]")
    await set_slider(page, "threat_size", 3)
    await page.locator("[data-field=threat_size] [data-clear]").click()
    await page.click("[data-back]")
    await page.reload()
    await is_ready(page)

    assert await answers(page) == []
    await expect(page.locator("#answer-threat_size")).to_have_attribute("aria-valuetext", "Not set")


async def test_a_slider_is_not_set_before_it_is_moved_and_can_be_set_to_its_lowest(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    slider = page.locator("#answer-threat_size")
    output = page.locator("[data-field=threat_size] output")
    await expect(slider).to_have_attribute("aria-valuetext", "Not set")

    await slider.press("Enter")

    await expect(slider).to_have_attribute("aria-valuetext", "0 of 10")
    await expect(output).to_have_text("0 of 10")


async def test_the_circles_grow_with_their_sliders_and_their_description_follows(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    circle = page.locator("[data-system=threat] .size")
    radii = []
    for value in (1, 5, 10):
        await set_slider(page, "threat_size", value)
        radii.append(float(await circle.get_attribute("r") or 0))

    assert radii == sorted(set(radii))
    await expect(page.locator("[data-circles] desc")).to_have_text(
        "Threat: 10 of 10. Drive: Not set. Soothing: Not set."
    )
    await expect(page.locator("[data-system=threat] [data-number]")).to_have_text("10")


async def test_an_item_of_a_group_comes_back_with_undo(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop, "#step=together")
    for words in ("The bus", "The phone"):
        await page.click("[data-add]")
        await page.keyboard.type(words)
    await page.get_by_role("button", name="Remove this one").first.click()
    await expect(page.get_by_label("What happened?")).to_have_count(1)

    await page.get_by_role("button", name="Undo").click()

    inputs = page.get_by_label("What happened?")
    await expect(inputs).to_have_count(2)
    assert [await inputs.nth(at).input_value() for at in range(2)] == ["The bus", "The phone"]
    assert await page.locator("[data-number]:not(tspan)").all_text_contents() == [
        "Number 1",
        "Number 2",
    ]


async def test_on_a_phone_steps_follow_each_other_and_back_goes_one_back(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop)
    kicker = page.locator("[data-kicker]")
    await expect(kicker).to_have_text("Worksheet · step 1 of 5")

    await page.click("[data-next]")
    await expect(kicker).to_have_text("Worksheet · step 2 of 5")
    await expect(page.get_by_role("heading", name="Threat")).to_be_focused()
    await page.fill(TRIGGERS, WORDS)
    await page.click("[data-next]")
    await is_saved(page)
    await page.go_back()

    await expect(kicker).to_have_text("Worksheet · step 2 of 5")
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    await page.go_back()
    await expect(kicker).to_have_text("Worksheet · step 1 of 5")
    await page.reload()
    await is_ready(page)
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)


async def test_all_steps_stand_on_one_page_when_it_is_wide_or_wanted(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop)
    sections = page.locator("[data-step]:visible")
    await expect(sections).to_have_count(1)

    await page.get_by_role("button", name="Show all steps").click()
    await expect(sections).to_have_count(5)
    await page.reload()
    await is_ready(page)
    await expect(sections).to_have_count(5)
    await page.get_by_role("button", name="One step at a time").click()
    await expect(sections).to_have_count(1)
    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    await expect(sections).to_have_count(5)
    await page.mouse.wheel(0, 2500)
    await expect(page.locator("[data-picture]")).to_be_in_viewport()


async def test_the_end_says_where_the_words_are_only_if_there_are_any(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop, "#step=together")
    await page.click("[data-finish]")
    await expect(page.get_by_role("heading", name="That is all of it")).to_be_focused()
    await page.click("[data-back]")

    await page.fill("#answer-step", "Feet on the floor.")
    await page.click("[data-finish]")

    await expect(page.get_by_role("heading", name="Thank you for writing")).to_be_focused()


async def test_the_last_words_are_stored_when_somebody_goes_to_another_page_at_once(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    await page.fill(TRIGGERS, "first")
    await is_saved(page)
    url = page.url
    # Typing and leaving in one breath: no person is as fast.
    await page.evaluate(
        """(selector) => {
            document.querySelector(selector).value = "last words";
            document.querySelector(selector).dispatchEvent(new Event("input", { bubbles: true }));
            document.querySelector(".bar a").click();
        }""",
        TRIGGERS,
    )
    await page.wait_for_url(f"{shop.url}/en/")
    await page.goto(url)
    await is_ready(page)

    await expect(page.locator(TRIGGERS)).to_have_value("last words")


async def test_two_tabs_on_one_entry_follow_each_other(phone: Phone, shop: Server) -> None:
    context = await phone()
    one = await opened(context, shop, "#step=threat")
    await one.fill(TRIGGERS, WORDS)
    await is_saved(one)
    two = await context.new_page()
    await two.goto(one.url)
    await is_ready(two)

    await two.locator("#answer-threat_thoughts").fill("They are going to find out.")

    await expect(one.locator("#answer-threat_thoughts")).to_have_value(
        "They are going to find out."
    )
    await expect(one.locator(TRIGGERS)).to_have_value(WORDS)


async def test_two_versions_of_an_answer_are_shown_and_nothing_is_chosen_silently(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    one = await opened(context, shop, "#step=threat")
    await one.fill(TRIGGERS, "first")
    await is_saved(one)
    two = await context.new_page()
    await two.goto(one.url)
    await is_ready(two)
    # Neither knows of the other's: both are typed before either is stored.
    await asyncio.gather(one.fill(TRIGGERS, "tea"), two.fill(TRIGGERS, "the dog"))
    await one.locator("#answer-threat_thoughts").focus()

    versions = one.locator(".versions")
    await expect(versions.locator(".said")).to_have_count(2)
    said = await versions.locator(".said").all_text_contents()
    assert await violations(one) == []
    await one.get_by_role("button", name="Keep both").click()
    await expect(one.locator(TRIGGERS)).to_have_value("\n\n".join(said))
    await one.get_by_role("button", name="Undo").click()
    await expect(versions.locator(".said")).to_have_count(2)
    await versions.get_by_role("button", name="Keep this one").first.click()

    await expect(versions).to_have_count(0)
    assert await one.input_value(TRIGGERS) in {"tea", "the dog"}
    assert set(said) == {"tea", "the dog"}


async def test_writing_goes_on_with_the_server_stopped(phone: Phone, server: Server) -> None:
    page = await opened(await phone(), server, "#step=threat")
    await page.fill(TRIGGERS, "before")
    await is_saved(page)
    await ready_for_flight(page)
    server.stop()

    await page.reload()
    await is_ready(page)
    await expect(page.locator(TRIGGERS)).to_have_value("before")
    await page.fill(TRIGGERS, "in the tunnel")
    await is_saved(page)
    await page.reload()
    await is_ready(page)

    await expect(page.locator(TRIGGERS)).to_have_value("in the tunnel")


@contextmanager
def chromium(profile: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A browser that can be killed, with its profile on the disk; gives where to reach it."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    command = [CHROMIUM, *FLAGS, "--headless=new", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            deadline = time.monotonic() + 30
            while not port.exists() or not port.read_text().strip():
                assert time.monotonic() < deadline, "the browser did not start"
                time.sleep(0.05)
            yield process, f"http://127.0.0.1:{port.read_text().split()[0]}"
        finally:
            kill_browser(process)


def kill_browser(process: subprocess.Popen[bytes]) -> None:
    """All of its processes at once, as when a phone runs out of memory."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def test_a_browser_killed_while_somebody_types_loses_less_than_a_second(
    shop: Server, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    typed: list[tuple[float, str]] = []
    async with async_playwright() as playwright:
        with chromium(profile) as (process, address):
            browser = await playwright.chromium.connect_over_cdp(address)
            page = await opened(browser.contexts[0], shop, "#step=threat")
            await page.focus(TRIGGERS)
            # Without a pause: the longest that somebody can be ahead of what is stored.
            for number in range(60):
                await page.keyboard.insert_text(f"{number} ")
                typed.append((time.monotonic(), f"{number} "))
                await asyncio.sleep(0.05)
            url = page.url
            killed = time.monotonic()
            kill_browser(process)
        with chromium(profile) as (_, address):
            browser = await playwright.chromium.connect_over_cdp(address)
            page = await browser.contexts[0].new_page()
            await page.goto(url)
            await is_ready(page)
            kept = await page.input_value(TRIGGERS)

    owed = "".join(text for at, text in typed if at < killed - 1)
    assert owed
    assert kept.startswith(owed)


async def test_a_browser_that_refuses_storage_says_so_before_much_is_written(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    await context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    page = await opened(context, shop, "#step=threat")

    await page.focus(TRIGGERS)

    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text("This browser can’t keep your words.")
    await page.fill(TRIGGERS, WORDS)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy my words").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == f"My three circles\n\nWhat sets it off?\n{WORDS}"


async def test_a_phone_without_room_says_so_and_saves_once_there_is_room(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    page = await opened(context, shop, "#step=threat")
    await page.evaluate(
        """() => {
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function () {
                throw new DOMException("full", "QuotaExceededError");
            };
            window.makeRoom = () => void (IDBObjectStore.prototype.put = put);
        }"""
    )
    await page.fill(TRIGGERS, WORDS)
    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text("Not saved: this phone has no room left.")
    await expect(page.locator("[data-save-news]")).to_contain_text("Not saved")

    await page.evaluate("makeRoom()")
    await page.locator(TRIGGERS).press("End")
    await page.keyboard.type(" ")

    await expect(line).to_contain_text(SAVED)


async def test_no_word_of_an_answer_is_ever_sent(phone: Phone, shop: Server) -> None:
    context = await phone()
    sent: list[str] = []
    context.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page = await opened(context, shop, "#step=threat")

    await page.fill(TRIGGERS, "lemonbalm")
    await page.keyboard.press("Enter")
    await page.fill("#answer-threat_thoughts", "lemonbalm")
    await is_saved(page)
    await page.reload()
    await is_ready(page)

    assert sent
    assert not [each for each in sent if "lemonbalm" in each or "e=" in each]


VISIBLE = """(selectors) => selectors.filter((selector) =>
    [...document.querySelectorAll(selector)].some((each) => each.checkVisibility()))"""
CHROME = [".top", ".bar", ".foot", ".line", ".button", ".link", ".sheet-steps", ".example"]
CONTROLS = ["input", "textarea"]


async def test_a_filled_worksheet_prints_the_answers_and_nothing_of_the_app(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop)
    await fill_everything(page)
    await page.emulate_media(media="print")

    assert await page.evaluate(VISIBLE, [*CHROME, *CONTROLS, ".blank"]) == []
    printed = page.locator(".printed:visible")
    assert await printed.all_text_contents() == EVERYTHING
    await expect(page.locator(".print-foot")).to_contain_text("This paper has your words on it")
    # What was left out takes no paper.
    await expect(page.locator("[data-field=step]")).to_be_hidden()


def on_paper(document: bytes, folder: Path) -> tuple[str, str]:
    """The words and the page size of a PDF, as poppler reads them."""
    file = folder / "paper.pdf"
    file.write_bytes(document)
    words, about = (
        subprocess.run([tool, str(file), *rest], capture_output=True, text=True, check=True).stdout
        for tool, *rest in (("pdftotext", "-"), ("pdfinfo",))
    )
    return " ".join(words.split()), about


async def test_paper_is_a4_and_has_every_answer_whole(
    phone: Phone, shop: Server, tmp_path: Path
) -> None:
    page = await opened(await phone(), shop)
    await fill_everything(page)
    await page.click("[data-back]")
    await page.click("[data-back]")
    await page.click("[data-back]")
    long = " ".join(f"word{number}" for number in range(1500))
    await page.fill("#answer-threat_thoughts", long)
    await is_saved(page)

    words, about = on_paper(await page.pdf(prefer_css_page_size=True), tmp_path)

    assert "(A4)" in about
    for answer in [*EVERYTHING, long, "Moments worth keeping", "Printed"]:
        assert answer in words
    assert "backup is off" not in words
    assert "Home" not in words


async def test_an_empty_worksheet_prints_room_for_every_type_of_answer(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop)
    await fill_everything(page)
    await page.evaluate("window.print = () => {}")
    await page.get_by_role("button", name="Print an empty one").click()
    await page.emulate_media(media="print")

    assert await page.evaluate(VISIBLE, [*CHROME, *CONTROLS, ".printed", ".print-foot"]) == []
    without_room = await page.evaluate(
        """() => [...document.querySelectorAll("[data-field]")]
            .filter((each) => !each.closest("template"))
            .filter((each) => !each.parentElement.closest("[data-field]"))
            .filter((each) => ![...each.querySelectorAll(".blank :is(.rule, li)")]
                .some((room) => room.checkVisibility()))
            .map((each) => each.dataset.field)"""
    )
    assert without_room == []
    assert await page.locator("[data-system][data-unset]").count() == 3
    assert len(await page.pdf(prefer_css_page_size=True)) > 10_000


async def test_notes_can_ask_for_a_filled_worksheet_on_paper(phone: Phone, shop: Server) -> None:
    context = await phone()
    await context.add_init_script("window.print = () => (document.title = 'printed')")
    page = await opened(context, shop, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    url = page.url.replace("&step=threat", "&print")
    await page.goto("about:blank")

    await page.goto(url)

    await expect(page).to_have_title("printed")
    assert "print" not in page.url
    assert await page.evaluate("document.documentElement.dataset.print") == "filled"


async def test_without_scripts_the_questions_can_be_read_and_printed_but_not_written_in_vain(
    phone: Phone, shop: Server
) -> None:
    page = await (await phone(java_script_enabled=False)).new_page()
    await page.goto(f"{shop.url}/en/{SHEET}")

    await expect(page.locator("noscript .notice")).to_be_visible()
    await expect(page.get_by_text("What sets it off?")).to_be_visible()
    await expect(page.locator(TRIGGERS)).to_be_hidden()
    await expect(page.locator("[data-field=threat_triggers] .rule").first).to_be_visible()


COVERED = """() => {
    const field = document.activeElement.getBoundingClientRect();
    const line = document.querySelector("[data-save-line]").getBoundingClientRect();
    return field.bottom > line.top && field.top < line.bottom
        ? document.activeElement.outerHTML.slice(0, 80) : null;
}"""


async def test_the_save_line_never_covers_what_has_the_keyboard(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    await page.get_by_role("heading", name="Threat").focus()
    covered = []
    for _ in range(24):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.closest('.section') !== null"):
            covered.append(await page.evaluate(COVERED))

    assert len(covered) > 12
    assert [each for each in covered if each] == []


async def test_a_worksheet_can_be_filled_in_by_keyboard_alone(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    await page.get_by_role("heading", name="Threat").focus()
    for key in ("Tab", "ArrowRight", "ArrowRight", "Tab", "Tab", *"tea", "Tab", "Tab", "Space"):
        await page.keyboard.press(key)
    await is_saved(page)

    assert await answers(page) == ["2 of 10", "tea", "Afraid"]


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_on_any_step_of_a_filled_worksheet(
    phone: Phone, shop: Server, locale: str, theme: str
) -> None:
    context = await phone(color_scheme=theme, reduced_motion="reduce")
    page = await opened(context, shop, locale=locale)
    await page.click("[data-today]")
    found = await violations(page)
    for _ in range(4):
        await page.click("[data-next]")
        for slider in await page.locator(".range:visible").all():
            await slider.press("ArrowUp")
        found += await violations(page)
    await page.click("[data-add]")
    await page.keyboard.type("x")
    await page.locator(".example > summary:visible").first.click()
    await is_saved_in_any_language(page)
    found += await violations(page)
    await page.click("[data-finish]")
    found += await violations(page)
    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    found += await violations(page)

    assert found == []


async def is_saved_in_any_language(page: Page) -> None:
    await expect(page.locator("[data-save-line][data-state=saved]")).to_be_visible()


async def test_a_small_phone_with_large_text_needs_no_scrolling_sideways(
    phone: Phone, shop: Server
) -> None:
    context = await phone(viewport={"width": 320, "height": 640})
    page = await opened(context, shop, "#step=together")
    await page.click("[data-add]")
    await page.keyboard.type("words" * 30)
    await is_saved(page)
    widths = []
    for size in ("100%", "200%"):
        await page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        widths.append(await page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [320, 320]


async def test_home_offers_to_carry_on_and_a_finished_worksheet_is_left_in_peace(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    home = await context.new_page()
    await home.goto(f"{shop.url}/en/")
    card = home.locator("[data-module=continue]")
    await expect(card).to_contain_text("Write something down")
    page = await opened(context, shop, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)

    await home.reload()
    await expect(card).to_contain_text("Carry on writing")
    await expect(card).to_contain_text("My three circles, begun today")
    await card.get_by_role("link").click()
    await is_ready(home)
    assert WORDS in await answers(home)
    fresh = await opened(context, shop)
    await expect(fresh.get_by_role("link", name="Carry on with what you began")).to_be_visible()
    await home.goto(home.url + "&step=together")
    await home.reload()
    await is_ready(home)
    await home.click("[data-finish]")
    await expect(home.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    await home.goto(f"{shop.url}/en/")

    await expect(card).to_contain_text("Write something down")


async def test_a_first_visit_loads_no_cryptography(phone: Phone, shop: Server) -> None:
    page = await (await phone()).new_page()
    await page.add_init_script("navigator.serviceWorker.register = () => new Promise(() => {})")
    loaded = set()
    page.on("request", lambda request: loaded.add(request.url))
    for path in ("", "help"):
        await page.goto(f"{shop.url}/en/{path}")
        await page.wait_for_load_state("networkidle")

    addresses = [each for each in loaded if each.endswith(".js")]
    scripts = {each: await (await page.request.get(each)).text() for each in addresses}
    assert scripts
    assert [each for each, script in scripts.items() if "AES-GCM" in script] == []


async def test_my_own_kind_words_are_kept_and_there_offline(phone: Phone, server: Server) -> None:
    page = await (await phone()).new_page()
    await page.goto(f"{server.url}/en/help")
    await page.get_by_role("button", name="Write my words").click()
    await expect(page.get_by_label("My own kind words")).to_be_focused()
    await page.keyboard.type("This is a wave.\nIt has passed before.")
    await is_saved(page)
    await page.get_by_role("button", name="Done").click()
    await ready_for_flight(page)
    server.stop()

    await page.reload()

    said = page.locator("[data-said]")
    await expect(said).to_have_text("This is a wave.\nIt has passed before.")
    await page.get_by_role("button", name="Change").click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" Text Sam.")
    await page.get_by_role("button", name="Done").click()
    await expect(said).to_be_visible()
    await expect(said).to_have_text("This is a wave.\nIt has passed before. Text Sam.")
    await page.reload()
    await expect(said).to_contain_text("Text Sam.")
    assert await violations(page) == []


async def test_an_entry_that_is_not_here_leaves_a_fresh_sheet(phone: Phone, shop: Server) -> None:
    page = await opened(await phone(), shop, "#e=N5TFIggAbWsa8MDL1iVlig&step=threat")

    await expect(page.get_by_text("This note is not on this phone.")).to_be_visible()
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    assert "N5TFIggAbWsa8MDL1iVlig" not in page.url


# Stores an entry as another version of the app would, sealed under this phone's key; gives its id.
PUT_ENTRY = """async (state) => {
    const text = (words) => new TextEncoder().encode(words);
    const random = (length) => crypto.getRandomValues(new Uint8Array(length));
    const done = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("hearth"));
    const store = (name, mode) => database.transaction(name, mode).objectStore(name);
    const { secret } = await done(store("keys", "readonly").get("secret"));
    const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: text("hearth/v1"), info: text("data") };
    const aes = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.deriveKey(hkdf, base, aes, false, ["encrypt"]);
    const [id, iv] = [random(16), random(12)];
    const additionalData = new Uint8Array([...text("HRL1"), ...id]);
    const how = { name: "AES-GCM", iv, additionalData };
    const plain = text(JSON.stringify(state));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, plain));
    const name = btoa(String.fromCharCode(...id))
        .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    await done(store("entries", "readwrite").put(new Uint8Array([...iv, ...sealed]), name));
    database.close();
    return name;
}"""


def newer_state() -> dict[str, object]:
    values = {"threat_size": 4, "threat_feelings": ["afraid", "thoughtful"], "drawing": {"ink": 3}}
    fields = {
        name: [{"value": value, "actor": "AAAAAAAAAAA", "counter": 1}]
        for name, value in values.items()
    }
    about = {"kind": "worksheet", "worksheet": "three-circles", "revision": 9, "locale": "en"}
    created = "2026-01-02T03:04:05.000Z"
    seen = {"AAAAAAAAAAA": 1}
    return {**about, "created": created, "seen": seen, "fields": fields, "deleted": False}


async def test_what_a_newer_version_wrote_is_shown_as_it_is_and_kept(
    phone: Phone, shop: Server
) -> None:
    page = await opened(await phone(), shop, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    entry = await page.evaluate(PUT_ENTRY, newer_state())
    await page.goto("about:blank")
    await page.goto(f"{shop.url}/en/{SHEET}#e={entry}&step=threat")
    await is_ready(page)
    feelings = page.locator("[data-field=threat_feelings]")
    await expect(page.get_by_text("This was made with a newer version.")).to_be_visible()
    await expect(page.locator("#answer-threat_size")).to_have_value("4")
    await expect(feelings.locator(".printed")).to_have_text("Afraid, thoughtful")
    await expect(feelings.locator("input").first).to_be_hidden()

    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    await page.reload()
    await is_ready(page)

    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    await expect(feelings.locator(".printed")).to_have_text("Afraid, thoughtful")
    assert await violations(page) == []


async def test_words_stay_in_the_language_in_which_they_were_written(
    phone: Phone, shop: Server
) -> None:
    context = await phone()
    page = await opened(context, shop, "#step=threat")
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)

    arabic = await context.new_page()
    await arabic.goto(page.url.replace("/en/", "/ar/"))
    await is_ready(arabic)

    await expect(arabic.locator("[data-notice=language]")).to_be_visible()
    await expect(arabic.locator(TRIGGERS)).to_have_value(WORDS)
    await expect(arabic.locator(TRIGGERS)).to_have_attribute("dir", "auto")
