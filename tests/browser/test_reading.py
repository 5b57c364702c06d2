"""Text and colours: the panel over every page, what it changes, and what it leaves alone."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from hearth_cft.config.colours import PARTS, TEXT, contrast
from tests.browser.acts import held_back, open_part, page_of, requests_of, started
from tests.browser.conftest import (
    NARROW,
    WIDE,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.listen import is_same_document, listening_to
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "learn/three-systems"
THEMES = ("light", "dark", "cream", "white-on-black", "yellow-on-black", "black-on-white")
# Pairs of tokens that stand on each other (static/css/_tokens.scss).
ON_PAPER = ("paper", "card", "sunk", "tile", "act-wash", "ember-wash", "danger-wash")
TEXT_PAIRS = [
    *((ink, paper) for ink in ("ink", "soft") for paper in ON_PAPER),
    *(("act", paper) for paper in ("paper", "card", "sunk", "act-wash", "ember-wash")),
    *(("ember", paper) for paper in ("paper", "card", "ember-wash")),
    *(("danger", paper) for paper in ("paper", "card", "sunk", "danger-wash")),
    *((f"{name}-ink", name) for name in ("act", "ember", "danger")),
    *((name, paper) for name in ("threat", "drive", "soothe") for paper in ("paper", "card")),
    *((name, f"{name}-wash") for name in ("threat", "drive", "soothe")),
]
PART_PAIRS = [("edge", paper) for paper in ("paper", "card", "sunk", "act-wash")]
# Notes the background and the size of text in the first frame that has any text.
FIRST_FRAME = """{
  const look = () => {
    if (!document.body?.innerText.trim()) return requestAnimationFrame(look);
    const { backgroundColor, fontSize } = getComputedStyle(document.body);
    window.firstFrame = [backgroundColor, parseFloat(fontSize)];
  };
  requestAnimationFrame(look);
}"""


def panel_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Text and colours")


async def open_panel(page: Page) -> Locator:
    await page.get_by_role("banner").get_by_role("link", name="Text and colours").click()
    panel = panel_of(page)
    await expect(panel.get_by_role("slider", name="Text size")).to_be_visible()
    return panel


async def text_size(page: Page) -> float:
    size: float = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    return size


async def reader_of(open_phone: OpenPhone, choices: dict[str, str], **options: object) -> Page:
    """Open a page on a phone whose reader has chosen this."""
    phone = await open_phone(**options)
    text = json.dumps(json.dumps(choices))
    await phone.add_init_script(f"localStorage.setItem('reading', {text})")
    return await phone.new_page()


async def test_the_panel_changes_the_page_beneath_it_and_every_page_after(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    usual = await text_size(page)
    panel = await open_panel(page)

    await panel.get_by_role("button", name="Larger text").click()
    await open_part(panel, "colours")
    await panel.get_by_label("Cream", exact=True).check()

    await expect(page.locator("html")).to_have_attribute("data-theme", "cream")
    larger = await text_size(page)
    assert larger > usual
    await page.goto(f"{shared_server.url}/en/help")
    assert await text_size(page) == larger
    await expect(page.locator("html")).to_have_attribute("data-theme", "cream")


async def test_the_panel_is_the_first_control_that_the_keyboard_reaches(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    await started(page)

    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(panel_of(page).get_by_role("heading")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(panel_of(page).get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(panel_of(page)).to_have_count(0)
    await expect(page.get_by_role("link", name="Text and colours")).to_be_focused()


async def test_nothing_of_it_is_loaded_before_somebody_asks(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    requests = requests_of(page)
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await started(page)
    assert not [url for url in requests if "/css/reading" in url or "/panel-" in url]

    await open_panel(page)

    assert [url for url in requests if "/css/reading" in url]


async def test_the_first_frame_is_as_it_was_chosen(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reader_of(open_phone, {"theme": "yellow-on-black", "--size": "1.5"})
    await page.add_init_script(FIRST_FRAME)

    await page.goto(f"{shared_server.url}/en/{PATH}")

    await until(page, "window.firstFrame")
    colour, size = await page.evaluate("window.firstFrame")
    assert colour == "rgb(0, 0, 0)"
    assert size == pytest.approx(1.5 * 17)


async def test_choices_of_an_earlier_version_are_still_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reader_of(open_phone, {"size": "largest", "spacing": "wide", "theme": "dark"})

    await page.goto(f"{shared_server.url}/en/{PATH}")

    await until(page, "parseFloat(getComputedStyle(document.body).fontSize) === 2 * 17")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    spacing = await page.evaluate("parseFloat(getComputedStyle(document.body).wordSpacing)")
    assert spacing > 0


@pytest.mark.flight
async def test_the_panel_opens_in_flight_mode(server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), server, "")
    await ready_for_flight(page)
    server.stop()
    await page.goto(f"{server.url}/en/{PATH}")

    panel = await open_panel(page)
    await open_part(panel, "colours")
    await panel.get_by_label("Black on white", exact=True).check()

    await until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'")
    await page.goto(f"{server.url}/en/help")
    await until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'")


async def test_a_ready_made_set_can_be_undone(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await panel.get_by_role("button", name="Larger text").click()
    before = await text_size(page)
    await open_part(panel, "sets")

    await panel.get_by_role("button", name="Low vision").click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "white-on-black")
    assert await text_size(page) == pytest.approx(2 * 17)
    await page.get_by_role("button", name="Undo").click()

    await expect(page.locator("html")).not_to_have_attribute("data-theme", "white-on-black")
    assert await text_size(page) == before


async def test_one_choice_and_all_choices_can_be_taken_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "text")
    await panel.get_by_label("Bold letters").check()
    await panel.get_by_role("button", name="Larger text").click()

    await panel.get_by_role("button", name="Usual: Text size").click()

    assert await text_size(page) == 17
    await expect(page.locator("html")).to_have_attribute("data-weight", "bold")
    await panel.get_by_role("button", name="Use the usual settings").click()
    await expect(page.locator("html")).not_to_have_attribute("data-weight", "bold")
    assert await page.evaluate("localStorage.getItem('reading')") is None


async def test_colours_that_are_hard_to_read_are_refused_with_the_figure(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "colours")
    await panel.get_by_label("My own").check()
    ink = "getComputedStyle(document.body).color"
    before = await page.evaluate(ink)

    await panel.get_by_label("Text", exact=True).fill("#999999")

    await expect(panel.get_by_text("2.6 : 1")).to_be_visible()
    await expect(panel.get_by_role("status")).to_contain_text("too close to read")
    assert await page.evaluate(ink) == before
    await panel.get_by_label("Text", exact=True).fill("#333333")
    await expect(panel.get_by_role("status")).to_be_empty()
    assert await page.evaluate(ink) == "rgb(51, 51, 51)"


async def test_light_letters_on_dark_paper_can_be_chosen_one_after_the_other(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "colours")
    await panel.get_by_label("My own").check()

    for name, colour in (("Paper", "#101040"), ("Text", "#ffffff"), ("Links", "#ffe680")):
        await panel.get_by_label(name, exact=True).fill(colour)

    await until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(16, 16, 64)'")
    await page.reload()
    await until(page, "getComputedStyle(document.body).color === 'rgb(255, 255, 255)'")


async def test_a_link_carries_the_settings_and_asks_before_it_changes_anything(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    carried = "theme=cream&--size=1.5&junk=1&theme2=x&--own-ink=url(x)&weight=heavy"
    page = await page_of(await open_phone(), shared_server, f"settings/reading#r={carried}")
    await expect(page.get_by_text("This link has reading settings")).to_be_visible()
    assert await text_size(page) == 17

    await page.get_by_role("button", name="Use them").click()

    await expect(page.locator("html")).to_have_attribute("data-theme", "cream")
    stored = json.loads(await page.evaluate("localStorage.getItem('reading')"))
    assert stored == {"theme": "cream", "--size": "1.5"}
    assert "#" not in page.url


async def test_a_link_is_followed_on_the_page_that_is_open_already(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/reading")
    await started(page)
    await expect(page.get_by_text("This link has reading settings")).to_be_hidden()

    await page.evaluate("location.hash = '#r=theme=cream'")

    await expect(page.get_by_text("This link has reading settings")).to_be_visible()


async def test_the_code_for_another_phone_names_only_the_settings(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await page_of(phone, shared_server, PATH)
    panel = await open_panel(page)
    await panel.get_by_role("button", name="Larger text").click()
    await open_part(panel, "along")

    await expect(panel.get_by_role("img", name="Code that opens the link")).to_be_visible()
    await panel.get_by_role("button", name="Copy the link").click()

    await expect(page.locator(".toast")).to_contain_text("Copied")
    link = await page.evaluate("navigator.clipboard.readText()")
    assert link == f"{shared_server.url}/en/settings/reading#r={quote('--size=1.1', safe='=')}"


async def test_choices_hold_on_the_page_where_nothing_can_be_stored(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })"
    )
    page = await page_of(phone, shared_server, PATH)
    panel = await open_panel(page)

    await panel.get_by_role("button", name="Larger text").click()
    await panel.get_by_role("button", name="Larger text").click()

    assert await text_size(page) == pytest.approx(17 * 1.2, abs=0.5)


async def test_another_tab_follows(shared_server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    other = await page_of(phone, shared_server, "help")
    page = await page_of(phone, shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "colours")

    await panel.get_by_label("Yellow on black").check()

    await expect(other.locator("html")).to_have_attribute("data-theme", "yellow-on-black")
    await until(other, "getComputedStyle(document.body).backgroundColor === 'rgb(0, 0, 0)'")


async def test_the_panel_opens_before_the_translations_of_the_scripts_are_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    released = await held_back(page, "**/ar/messages.json")
    await page.goto(f"{shared_server.url}/ar/{PATH}", wait_until="domcontentloaded")

    await page.get_by_role("banner").locator("[data-module=reading-panel]").click()

    await expect(page.locator(".reading-panel")).to_be_visible()
    released.set()


async def test_without_its_form_the_page_opens(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    await started(page)
    await page.route("**/css/reading-*", lambda route: route.abort())

    await page.get_by_role("banner").get_by_role("link", name="Text and colours").click()

    await expect(page).to_have_url(f"{shared_server.url}/en/settings/reading")


async def test_on_a_line_that_stands_still_it_shows_that_it_waits_and_then_the_page_opens(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    await page.clock.install()
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await started(page)
    released = await held_back(page, "**/css/reading-*")
    button = page.get_by_role("banner").get_by_role("link", name="Text and colours")

    async with page.expect_request("**/css/reading-*"):
        await button.click()
    await page.clock.run_for(400)
    await expect(page.locator("html")).to_have_attribute("data-going", "")
    await page.clock.run_for(10_000)

    await expect(page).to_have_url(f"{shared_server.url}/en/settings/reading")
    released.set()


@pytest.mark.parametrize("theme", THEMES)
async def test_every_pair_of_colours_can_be_read(
    shared_server: Server, open_phone: OpenPhone, theme: str
) -> None:
    page = await reader_of(open_phone, {"theme": theme})
    await page.goto(f"{shared_server.url}/en/help")
    names = {name for pair in TEXT_PAIRS + PART_PAIRS for name in pair}
    colours = {
        name: await page.evaluate(
            f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()"
        )
        for name in names
    }
    low = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f}"
        for pairs, least in ((TEXT_PAIRS, TEXT), (PART_PAIRS, PARTS))
        for one, other in pairs
        if contrast(colours[one], colours[other]) < least
    ]

    assert low == []


@in_every_look
async def test_the_open_panel_is_accessible_and_fits(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(viewport=NARROW, color_scheme=scheme)
    page = await page_of(phone, shared_server, PATH, locale)
    await page.get_by_role("banner").locator("[data-module=reading-panel]").click()
    await expect(page.locator(".reading-panel form")).to_be_visible()
    for summary in await page.locator(".reading-panel summary").all():
        await summary.click()
    await page.locator(".reading-panel [value=own]").check()

    await expect_narrow_and_accessible(page)
    box = "document.querySelector('.reading-panel form')"
    assert await page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")


@pytest.mark.parametrize("theme", THEMES[2:])
async def test_pages_are_accessible_in_every_theme(
    shared_server: Server, open_phone: OpenPhone, theme: str
) -> None:
    page = await reader_of(open_phone, {"theme": theme}, viewport=WIDE)
    for path in ("", PATH, "help", "worksheets/three-circles", "settings/reading"):
        await page.goto(f"{shared_server.url}/en/{path}")
        await started(page)
        assert await violations(page) == [], path


async def test_a_printed_card_says_the_settings_in_words_with_their_code(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await panel.get_by_role("button", name="Larger text").click()
    await open_part(panel, "text")
    await panel.get_by_label("Bold letters").check()
    await panel.get_by_label("This phone’s own").check()
    await open_part(panel, "along")
    await page.evaluate("window.print = () => {}")

    await panel.get_by_role("button", name="Print a card").click()

    await page.emulate_media(media="print")
    card = page.locator(".reading-card")
    await expect(card).to_be_visible()
    lines = ["Text size: 110%", "Font: This phone’s own", "Bold letters"]
    await expect(card.get_by_role("listitem")).to_have_text(lines)
    await expect(card.get_by_role("img", name="Code that opens the link")).to_be_visible()
    await expect(page.locator("main")).to_be_hidden()
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await expect(card).to_have_count(0)
    await expect(page.locator("main")).to_be_visible()


async def test_the_frame_of_the_browser_has_the_colour_of_the_paper(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    frame = page.locator("meta[name=theme-color]").first
    usual = await frame.get_attribute("content")
    assert usual
    panel = await open_panel(page)
    await open_part(panel, "colours")

    await panel.get_by_label("Yellow on black").check()

    await expect(frame).to_have_attribute("content", "#000000")
    await page.reload()
    await expect(frame).to_have_attribute("content", "#000000")
    await page.evaluate("localStorage.removeItem('reading')")
    await page.reload()
    await expect(frame).to_have_attribute("content", usual)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_who_asks_the_phone_for_more_contrast_gets_it(
    shared_server: Server, open_phone: OpenPhone, scheme: str
) -> None:
    soft = "getComputedStyle(document.querySelector('.lead')).color"
    ink = "getComputedStyle(document.body).color"
    page = await page_of(await open_phone(color_scheme=scheme), shared_server, PATH)
    assert await page.evaluate(f"{soft} !== {ink}")

    await page.emulate_media(contrast="more")

    await until(page, f"{soft} === {ink}")


async def test_on_a_wide_screen_the_end_of_the_panel_can_be_reached(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(viewport=WIDE), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "text")

    end = panel.get_by_role("button", name="Use the usual settings")
    await end.scroll_into_view_if_needed()

    await expect(end).to_be_in_viewport()


async def test_the_panel_leaves_paper_as_it_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(viewport=WIDE), shared_server, PATH)
    await page.emulate_media(media="print")
    padding = "getComputedStyle(document.body).padding"
    usual = await page.evaluate(padding)
    await page.emulate_media(media="screen")

    await open_panel(page)
    await page.emulate_media(media="print")

    assert await page.evaluate(padding) == usual


async def test_what_tab_reaches_on_the_page_is_not_under_the_panel(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    links = page.locator("main .prose a")
    await links.first.focus()

    for _ in range(await links.count()):
        await page.keyboard.press("Tab")

        await until(
            page,
            """document.activeElement.getBoundingClientRect().bottom
            <= document.querySelector('.reading-panel').getBoundingClientRect().top""",
        )
    await expect(panel).to_be_visible()


async def test_the_button_for_larger_text_has_the_larger_letter_at_every_size(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reader_of(open_phone, {"--size": "3", "large": "on"}, viewport=NARROW)
    await page.goto(f"{shared_server.url}/en/settings/reading")
    size = "parseFloat(getComputedStyle(document.querySelector('.{}')).fontSize)"

    assert await page.evaluate(f"{size.format('larger')} > {size.format('smaller')}")


async def test_the_button_that_is_gone_hands_the_focus_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/reading#r=--size=1.5")
    size = page.get_by_role("slider", name="Text size")

    await page.get_by_role("button", name="Use them").press("Enter")
    await expect(size).to_be_focused()
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Usual: Text size").press("Enter")

    await expect(size).to_be_focused()


async def test_escape_closes_the_panel_from_the_page_too_and_leaves_the_focus_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Write")
    await link.focus()

    await page.keyboard.press("Escape")

    await expect(panel).to_have_count(0)
    await expect(link).to_be_focused()


async def test_the_panel_makes_room_for_its_own_page(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server)
    panel = await open_panel(page)

    await page.locator(".foot a[href$='settings/']").evaluate("(link) => link.click()")
    await page.locator("main a[href$='settings/reading']").evaluate("(link) => link.click()")

    await expect(page.get_by_role("heading", name="Text and colours")).to_have_count(1)
    await expect(panel).to_have_count(0)
    assert await is_same_document(page)


async def test_own_colours_are_still_there_after_another_look(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "colours")
    await panel.get_by_label("My own").check()
    await panel.get_by_label("Paper", exact=True).fill("#ffffaa")

    await panel.get_by_label("Cream", exact=True).check()
    await panel.get_by_label("My own").check()

    await expect(panel.get_by_label("Paper", exact=True)).to_have_value("#ffffaa")
    await until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 170)'")


@pytest.mark.parametrize("colours", ["", "&--own-paper=%23000000&--own-ink=%23000001"])
async def test_a_link_can_not_bring_colours_that_nobody_can_read(
    shared_server: Server, open_phone: OpenPhone, colours: str
) -> None:
    carried = f"weight=bold&theme=own{colours}&--own-link=%23000002&--own-button=%23000000"
    page = await page_of(await open_phone(), shared_server, f"settings/reading#r={carried}")

    await page.get_by_role("button", name="Use them").click()

    await expect(page.locator("html")).to_have_attribute("data-weight", "bold")
    await expect(page.locator("html")).not_to_have_attribute("data-theme", "own")


async def test_damaged_choices_break_no_page(shared_server: Server, open_phone: OpenPhone) -> None:
    damaged = {"locale": "xx", "js": "x", "theme": "dark"}
    page = await reader_of(open_phone, damaged)

    await page.goto(f"{shared_server.url}/en/{PATH}")

    await started(page)
    html = page.locator("html")
    await expect(html).to_have_attribute("data-theme", "dark")
    await expect(html).to_have_attribute("data-locale", "en")


async def test_on_a_wide_screen_the_panel_leaves_help_and_the_aids_in_reach(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    viewport: ViewportSize = {"width": 900, "height": 700}
    page = await reader_of(open_phone, {"ruler": "on"}, viewport=viewport)
    await page.goto(f"{shared_server.url}/en/{PATH}")
    off = page.get_by_role("button", name="Turn off")
    await expect(off).to_be_visible()
    panel = await open_panel(page)

    help_link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Help")
    await help_link.click(trial=True, timeout=5000)
    await off.click(timeout=5000)

    await expect(off).to_have_count(0)
    await expect(panel).to_be_visible()


async def test_space_between_letters_leaves_joined_letters_together(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reader_of(open_phone, {"--letters": "0.3em"})

    await page.goto(f"{shared_server.url}/en/settings/language")

    spacing = "(element) => getComputedStyle(element).letterSpacing"
    assert await page.locator("h1").evaluate(spacing) != "normal"
    assert await page.locator("main [lang=ar]").first.evaluate(spacing) == "normal"


async def test_a_set_that_is_pressed_twice_can_still_be_undone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)
    panel = await open_panel(page)
    await open_part(panel, "text")
    await panel.get_by_label("Bold letters").check()
    await open_part(panel, "sets")
    await panel.get_by_role("button", name="Dyslexia").click()
    await panel.get_by_role("button", name="Dyslexia").click()

    await page.get_by_role("button", name="Undo").click()

    stored = json.loads(await page.evaluate("localStorage.getItem('reading')"))
    assert stored == {"weight": "bold"}


async def test_the_slider_for_text_stays_on_the_screen_while_the_text_grows(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(viewport=NARROW), shared_server, PATH)
    panel = await open_panel(page)
    slider = panel.get_by_role("slider", name="Text size")

    await slider.fill("3")

    await until(page, "parseFloat(getComputedStyle(document.body).fontSize) > 45")
    await expect(slider).to_be_in_viewport()


async def test_the_largest_text_with_larger_buttons_fits_a_narrow_phone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    choices = {"--size": "3", "large": "on", "controls": "large"}
    page = await reader_of(open_phone, choices, viewport=NARROW)

    await page.goto(f"{shared_server.url}/en/settings/reading")

    await started(page)
    for summary in await page.locator("main summary").all():
        await summary.click()
    width = NARROW["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["", PATH, "help", "worksheets/three-circles"])
async def test_the_panel_alone_changes_nothing_on_the_page(
    shared_server: Server, open_phone: OpenPhone, path: str
) -> None:
    page = await page_of(await open_phone(reduced_motion="reduce"), shared_server, path)
    await started(page)
    heights = """[...document.querySelectorAll('main *')]
        .map((each) => [each.className, Math.round(each.getBoundingClientRect().height)] + '')"""
    before = await page.evaluate(heights)

    await open_panel(page)

    assert await page.evaluate(heights) == before
