"""The reading aids that follow the reader: ruler, reading window, magnifier, one paragraph."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import BrowserContext, CDPSession, Locator, Page, expect

from tests.browser.acts import open_part, page_of, started
from tests.browser.conftest import (
    NARROW,
    PHONE,
    OpenPhone,
    drawn,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    until,
)
from tests.browser.listen import RECORDING, bar, follow, is_same_document, listening_to
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "learn/what-is-cft"
AIDS = {
    "Ruler": ".aid-ruler",
    "Reading window": ".aid-mask",
    "Magnifier": ".aid-lens",
    "One paragraph at a time": ".aid-window",
}
ALL = {"ruler": "on", "mask": "on", "magnifier": "on", "focus": "on"}
# Everything in this form that changes how a page looks.
LOOKS = {
    "plain": "on",
    "motion": "still",
    "controls": "large",
    "pointer": "large",
    "pictures": "hidden",
    "links": "marked",
    "grey": "on",
    "tint": "rose",
    "--tint-strength": "0.6",
}
LINE = "parseFloat(getComputedStyle(document.body).lineHeight)"


async def reading(
    phone: BrowserContext,
    server: Server,
    path: str = PATH,
    locale: str = "en",
    **choices: str,
) -> Page:
    """Open a page whose reader has chosen this."""
    stored = json.dumps(choices)
    await phone.add_init_script(f"localStorage.reading ??= {stored!r}")
    page = await page_of(phone, server, path, locale)
    await started(page)
    if choices.keys() & ALL.keys():
        await expect(page.locator(".aid-keys")).to_be_visible()
    await drawn(page)
    return page


async def middle(part: Locator) -> tuple[float, float]:
    box = await part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def height_of(part: Locator) -> float:
    return (await middle(part))[1]


async def expect_at(part: Locator, y: float) -> None:
    """Wait until the middle of a part is at this height of the screen."""
    await expect(part).to_be_visible()
    await until(
        part.page,
        f"""() => {{
          const {{ top, bottom }} = document.querySelector("{part_name(part)}")
            .getBoundingClientRect();
          return Math.abs((top + bottom) / 2 - {y}) < 4;
        }}""",
    )


def part_name(part: Locator) -> str:
    found = re.search(r"\.aid-\w+", str(part))
    assert found
    return found[0]


class Finger:
    """A finger on the screen."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> Finger:
        return cls(await page.context.new_cdp_session(page))

    async def down(self, x: float, y: float) -> None:
        await self._send("touchStart", {"x": x, "y": y})

    async def move(self, x: float, y: float) -> None:
        await self._send("touchMove", {"x": x, "y": y})

    async def up(self) -> None:
        await self._send("touchEnd")

    async def _send(self, kind: str, *points: dict[str, float]) -> None:
        event = {"type": kind, "touchPoints": list(points)}
        await self._session.send("Input.dispatchTouchEvent", event)


@pytest.mark.parametrize("name", AIDS)
async def test_an_aid_is_there_at_once_and_on_every_page_until_it_is_turned_off(
    shared_server: Server, open_phone: OpenPhone, name: str
) -> None:
    page = await page_of(await open_phone(), shared_server, "settings/reading")
    await started(page)
    await open_part(page, "aids")
    aid = page.locator(AIDS[name])

    await page.get_by_label(name, exact=True).check()

    await expect(page.get_by_role("button", name="Turn off")).to_be_visible()
    await expect(aid).to_be_attached()
    await page.get_by_label(name, exact=True).uncheck()
    await expect(page.locator(".aids")).to_have_count(0)
    await page.get_by_label(name, exact=True).check()
    await page.goto(f"{shared_server.url}/en/{PATH}")
    await page.mouse.move(150, 300)
    await expect(aid).to_be_visible()
    await page.get_by_role("button", name="Turn off").click()
    await expect(page.locator(".aids")).to_have_count(0)
    await page.reload()
    await started(page)
    await expect(page.locator(".aids")).to_have_count(0)


async def test_what_was_turned_off_comes_back_with_undo(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, ruler="on", mask="on")
    await page.get_by_role("button", name="Turn off").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Text and colours")).to_be_focused()

    await page.get_by_role("button", name="Undo").click()

    await expect(page.locator(".aid-ruler")).to_be_visible()
    await expect(page.locator(".aid-mask")).to_be_visible()


@pytest.mark.parametrize("aid", [".aid-ruler", ".aid-mask"])
async def test_ruler_and_window_follow_mouse_finger_and_keyboard(
    shared_server: Server, open_phone: OpenPhone, aid: str
) -> None:
    page = await reading(await open_phone(), shared_server, ruler="on", mask="on")
    part = page.locator(aid)

    await page.mouse.move(100, 400)
    await expect_at(part, 400)

    finger = await Finger.of(page)
    await finger.down(100, 500)
    await expect_at(part, 464)
    await finger.move(100, 300)
    await expect_at(part, 264)
    await finger.up()

    await page.get_by_role("button", name="Move down").focus()
    line = await page.evaluate(LINE)
    await page.keyboard.press("ArrowDown")
    await expect_at(part, 264 + line)
    await page.keyboard.press("ArrowUp")
    await expect_at(part, 264)

    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.locator(".bar a").nth(1)).to_be_focused()
    await expect_at(part, await height_of(page.locator(".bar a").nth(1)))


async def test_a_finger_scrolls_and_taps_through_every_aid(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, **ALL)

    finger = await Finger.of(page)
    await finger.down(100, 500)
    for y in range(480, 200, -20):
        await finger.move(100, y)
    await finger.up()

    await until(page, "scrollY > 100")
    link = page.get_by_role("link", name="Your privacy here").last
    await link.scroll_into_view_if_needed()
    await link.tap()
    await page.wait_for_url("**/your-privacy-here")


async def test_the_arrows_scroll_the_page_when_the_ruler_is_far_down(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, ruler="on")
    await page.mouse.move(100, 600)
    await expect_at(page.locator(".aid-ruler"), 600)
    down = page.get_by_role("button", name="Move down")
    await down.focus()
    line = await page.evaluate(LINE)

    await page.keyboard.press("ArrowDown")

    await until(page, f"Math.abs(scrollY - {line}) < 2")
    await expect_at(page.locator(".aid-ruler"), 600)


@pytest.mark.parametrize(("label", "lines"), [("Two", 2), ("Four", 4), ("Eight", 8)])
async def test_the_reading_window_has_three_heights(
    shared_server: Server, open_phone: OpenPhone, label: str, lines: int
) -> None:
    page = await reading(await open_phone(), shared_server, "settings/reading", mask="on")
    await open_part(page, "aids")

    await page.get_by_role("radio", name=label, exact=True).check()

    box = await page.locator(".aid-mask").bounding_box()
    assert box
    assert abs(box["height"] - lines * await page.evaluate(LINE)) < 6


async def test_what_surrounds_the_reading_window_is_dark_but_not_the_way_to_the_choices(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, mask="on")
    await page.mouse.move(100, 400)
    await expect_at(page.locator(".aid-mask"), 400)

    colours = [await colour_at(page, 2, y) for y in (200, 400)]

    assert max(colours[0]) < 80
    assert min(colours[1]) > 200
    key = page.get_by_role("link", name="Text and colours")
    box = await key.bounding_box()
    assert box
    assert min(await colour_at(page, box["x"] + 2, box["y"] + 2)) > 200


async def colour_at(page: Page, x: float, y: float) -> list[int]:
    """Return red, green and blue of a pixel of the screen."""
    clip = {"x": x, "y": y, "width": 1, "height": 1}
    picture = list(await page.screenshot(clip=clip))  # type: ignore[arg-type]
    pixel: list[int] = await page.evaluate(
        """async (bytes) => {
          const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const context = new OffscreenCanvas(1, 1).getContext("2d");
          context.drawImage(picture, 0, 0);
          return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }""",
        picture,
    )
    return pixel


async def test_the_magnifier_shows_the_word_under_the_pointer_twice_as_large(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, magnifier="on")
    heading = page.get_by_role("heading", level=1)
    box = await heading.bounding_box()
    assert box

    await page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)

    lens = page.locator(".aid-lens")
    words = (await heading.inner_text()).split()
    await expect(lens).to_have_text(" ".join(words))
    await expect(lens.locator("mark")).to_have_text(words[0])
    size = "parseFloat(getComputedStyle(document.querySelector('%s')).fontSize)"
    assert await page.evaluate(f"{size % '.aid-lens'} / {size % 'h1'}") == 2


async def test_the_magnifier_shows_what_has_the_focus_and_what_is_typed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, "search", magnifier="on")
    lens = page.locator(".aid-lens")

    await page.get_by_role("link", name="Hide this page").focus()
    await page.keyboard.press("Shift+Tab")
    await expect(lens).to_have_text("Search")

    await page.get_by_role("searchbox").focus()
    await page.keyboard.type("the soft sound")
    await expect(lens).to_have_text("the soft sound")
    await expect(lens.locator("mark")).to_have_text("sound")


async def test_the_magnifier_keeps_nothing_of_a_page_that_is_gone(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, magnifier="on")
    heading = page.get_by_role("heading", level=1)
    await page.mouse.move(*await middle(heading))
    lens = page.locator(".aid-lens")
    await expect(lens).to_be_visible()

    await page.evaluate("document.querySelector('main').replaceChildren()")

    await expect(lens).to_be_hidden()


async def expect_window_around(page: Page, block: Locator) -> None:
    await expect(block).to_be_visible()
    handle = await block.element_handle()
    for _ in range(100):
        around = await page.evaluate(
            """(block) => {
              const inner = block.getBoundingClientRect();
              const outer = document.querySelector(".aid-window").getBoundingClientRect();
              return Math.abs(outer.top - inner.top + 8) < 2
                && Math.abs(outer.bottom - inner.bottom - 8) < 2;
            }""",
            handle,
        )
        if around:
            return
        await drawn(page)
    raise AssertionError(f"no window around {await block.inner_text()!r}")


async def test_one_paragraph_is_clear_by_tap_by_key_by_mouse_and_by_scrolling(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, focus="on")
    paragraphs = page.locator("article.prose > p:not(.no-js)")

    await paragraphs.nth(1).tap()
    await expect_window_around(page, paragraphs.nth(1))

    await page.get_by_role("button", name="Move down").focus()
    await page.keyboard.press("ArrowUp")
    await expect_window_around(page, paragraphs.nth(0))
    await page.keyboard.press("ArrowDown")
    await expect_window_around(page, paragraphs.nth(1))

    await page.mouse.move(*await middle(paragraphs.nth(0)))
    await expect_window_around(page, paragraphs.nth(0))

    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await until(
        page,
        """() => {
          const { top } = document.querySelector(".aid-window").getBoundingClientRect();
          return top > 0 && top < innerHeight;
        }""",
    )


async def test_a_question_is_clear_together_with_its_field(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, "settings/privacy", focus="on")
    field = page.get_by_label("Only titles in the list of my notes")

    await field.focus()
    await page.keyboard.press("Space")

    await expect(field).to_be_checked()
    await expect_window_around(page, page.locator(".nhsuk-form-group").first)


async def test_the_aids_stay_while_pages_change_under_the_sound(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(f"localStorage.reading ??= {json.dumps(ALL)!r}")
    page = await listening_to(phone, shared_server, RECORDING)

    await follow(page, bar(page, "Help"), "Help")

    assert await is_same_document(page)
    await expect(page.locator(".aids")).to_have_count(1)
    await expect_window_around(page, page.get_by_role("heading", level=1))
    await expect(page.locator(".aid-lens")).to_have_text("Help")


@pytest.mark.flight
async def test_the_aids_are_there_in_flight_mode(server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(), server, "settings/reading", "ar")
    await ready_for_flight(page, "ar")
    server.stop()

    await open_part(page, "aids")
    await page.locator("[name=ruler]").check()
    await page.goto(f"{server.url}/ar/{PATH}")

    await expect(page.locator(".aid-ruler")).to_be_visible()


async def test_screen_readers_find_only_the_controls_and_paper_shows_nothing(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, **ALL)

    await expect(page.locator(".aids")).to_match_aria_snapshot(
        """
        - region "Reading aids":
          - button "Move up"
          - button "Move down"
          - button "Turn off"
        """
    )
    await page.emulate_media(media="print")
    await expect(page.locator(".aids")).to_be_hidden()


async def test_the_aids_have_borders_in_forced_colours(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(forced_colors="active")
    page = await reading(phone, shared_server, **ALL)

    widths = await page.evaluate(
        """() => [["ruler", "borderBlockEndWidth"], ["mask", "borderBlockStartWidth", "::after"],
                  ["window", "outlineWidth"], ["lens", "borderBlockStartWidth"]]
            .map(([aid, side, part]) =>
                getComputedStyle(document.querySelector(`.aid-${aid}`), part)[side])"""
    )

    assert [width for width in widths if float(width.removesuffix("px")) < 3] == []


@in_every_look
async def test_everything_at_once_is_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    for path in (PATH, "settings/reading", "worksheets/three-circles", ""):
        page = await reading(phone, shared_server, path, locale, **ALL, **LOOKS)

        await expect_narrow_and_accessible(page)
        keys = page.get_by_role("region").locator(".aid-keys > button")
        for key in await keys.all():
            box = await key.bounding_box()
            assert box
            assert box["width"] >= 44
            assert box["height"] >= 44
        await page.close()


async def test_the_way_to_the_choices_is_never_covered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(viewport=PHONE), shared_server, **ALL, **LOOKS)

    for y in (100, 400, 700):
        await page.mouse.move(100, y)
        await drawn(page)
        await page.get_by_role("link", name="Text and colours").click(trial=True)
        await page.get_by_role("button", name="Turn off").click(trial=True)


async def test_aids_come_and_go_in_another_tab_too(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    other = await page_of(phone, shared_server, PATH)
    page = await page_of(phone, shared_server, "settings/reading")
    await open_part(page, "aids")

    await page.get_by_label("Ruler").check()
    await expect(other.locator(".aid-ruler")).to_have_count(1)
    await page.get_by_label("Ruler").uncheck()

    await expect(other.locator(".aids")).to_have_count(0)
