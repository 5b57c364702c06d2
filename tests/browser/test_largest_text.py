"""The largest text, three times the usual: nothing overlaps or is cut off on a narrow phone."""

from __future__ import annotations

import itertools
import json
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.acts import started
from tests.browser.conftest import (
    DIRECTIONS,
    EVERYTHING,
    NARROW,
    OpenPhone,
    drawn,
    open_phones,
    until,
)
from tests.browser.kept import address_of
from tests.browser.looks import kind_of, pages_of
from tests.server import Server

pytestmark = pytest.mark.browser
FONTS = ("", "dyslexic", "serif", *(("system",) if EVERYTHING else ()))
PARTS = 6

# Returns a line for each fault of the page. Text must stay inside the page, and the text of a
# control inside the control; no two controls may meet; the bar may take a quarter of the screen.
FAULTS = """() => {
  const page = document.documentElement;
  const faults = [];
  const name = (element) => element.outerHTML.slice(0, 70);
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest(".sr, [class*=skip], svg");
  if (page.scrollWidth > page.clientWidth) faults.push(`too wide: ${page.scrollWidth} px`);

  const kinds = "a, button, label:not(.sr), summary, select, textarea";
  const controls = [...document.querySelectorAll(kinds)]
    .filter(isShown)
    // The words of a recording scroll in their own box.
    .filter((each) => !each.matches("[data-phrase]"))
    // A link in a sentence runs over several lines.
    .filter((each) => getComputedStyle(each).display !== "inline");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || !isShown(parent) || parent.closest("table")) continue;
    const control = parent.closest("a, button, label, summary");
    const box = (controls.includes(control) ? control : page).getBoundingClientRect();
    const range = new Range();
    range.selectNodeContents(text);
    for (const { left, right } of range.getClientRects()) {
      if (left < box.left - 1 || right > box.right + 1)
        faults.push(`text sticks out: ${text.data.trim().slice(0, 30)} in ${name(parent)}`);
    }
  }
  for (const part of ["header", ".bar", "main", "footer"]) {
    const inPart = controls.filter((each) => each.closest(part));
    const boxes = inPart.map((each) => each.getBoundingClientRect());
    const isOver = inPart.map((each) => getComputedStyle(each).position === "absolute");
    for (const [i, a] of boxes.entries()) {
      for (const [j, b] of boxes.entries()) {
        if (j <= i || inPart[i].contains(inPart[j]) || isOver[j]) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1) faults.push(`meet: ${name(inPart[i])}, ${name(inPart[j])}`);
      }
    }
  }
  for (const each of controls) {
    if (each.matches("select, textarea") || getComputedStyle(each).overflow === "visible") continue;
    if (each.scrollHeight > each.clientHeight + 1) faults.push(`cut off: ${name(each)}`);
  }
  const bar = document.querySelector(".bar");
  const isFixed = bar && getComputedStyle(bar).position === "fixed";
  if (isFixed && bar.offsetHeight > innerHeight / 4) faults.push(`a bar of ${bar.offsetHeight} px`);
  return faults;
}"""

# Returns the sizes of text in px by what it is in.
TEXT_SIZES = """() => {
  const sizeOf = (each) => parseFloat(getComputedStyle(document.querySelector(each)).fontSize);
  const places =
    ["body", ".top .name", ".bar a", "main label", "main button", "main .lead", ".foot"];
  return Object.fromEntries(places.map((each) => [each, sizeOf(each)]));
}"""


class Reader(NamedTuple):
    """A page, by its path, in a font."""

    path: str
    font: str


def readers(server: Server) -> list[Reader]:
    """Return each kind of page in each font and in each language, but not in each combination."""
    pages = [page for locale in DIRECTIONS for page in pages_of(server, locale)]
    kinds: dict[str, dict[str, str]] = {}
    for page in pages:
        kinds.setdefault(kind_of(page), {}).setdefault(page.split("/")[1], page)
    if EVERYTHING:
        return [Reader(page, font) for page in pages for font in FONTS]
    return [
        Reader(of_kind[locale], FONTS[(turn + at) % len(FONTS)])
        for turn, of_kind in enumerate(kinds.values())
        for at, locale in zip(range(len(FONTS)), itertools.cycle(of_kind), strict=False)
    ]


async def reading(context: BrowserContext, font: str, size: int = 3) -> Page:
    """Open a page whose reader has chosen this font and this many times the usual size."""
    choices = json.dumps({"--size": f"{size}", "large": "on", "font": font})
    await context.add_init_script(f"localStorage.setItem('reading', {choices!r})")
    return await context.new_page()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_kind_of_page_has_room_for_the_largest_text(
    browser: Browser, whole_server: Server, part: int
) -> None:
    problems: list[str] = []
    mine = sorted(readers(whole_server)[part::PARTS], key=lambda reader: reader.font)
    for font, group in itertools.groupby(mine, key=lambda reader: reader.font):
        async with open_phones(browser, service_workers="block") as open_phone:
            context = await open_phone(viewport=NARROW, reduced_motion="reduce")
            page = await reading(context, font)
            for reader in group:
                await page.goto(await address_of(context, whole_server, reader.path))
                await started(page)
                await drawn(page)
                problems += [f"{reader}: {fault}" for fault in await page.evaluate(FAULTS)]

    assert problems == []


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_the_largest_text_is_three_times_the_usual(
    open_phone: OpenPhone, shared_server: Server, locale: str
) -> None:
    page = await (await open_phone(viewport=NARROW)).new_page()
    await page.goto(f"{shared_server.url}/{locale}/settings/reading")
    await started(page)

    usual = await page.evaluate(TEXT_SIZES)
    await page.get_by_role("slider").first.press("End")
    largest = await page.evaluate(TEXT_SIZES)

    assert {each for each in usual if largest[each] < 3 * usual[each]} == set()


async def test_the_page_stays_clear_of_a_bar_of_two_rows(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await reading(await open_phone(viewport=NARROW), "dyslexic", 2)
    await page.goto(f"{shared_server.url}/en/help")
    await started(page)
    await drawn(page)

    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    foot = await page.locator(".foot").bounding_box()
    bar = await page.locator(".bar").bounding_box()
    assert foot
    assert bar
    assert abs(foot["y"] + foot["height"] - bar["y"]) < 2


async def test_a_bar_of_more_than_a_quarter_of_the_screen_scrolls_away(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await reading(await open_phone(viewport={"width": 320, "height": 400}), "")
    await page.goto(f"{shared_server.url}/en/help")
    await started(page)
    await until(page, "getComputedStyle(document.querySelector('.bar')).position === 'static'")

    await page.set_viewport_size({"width": 320, "height": 640})

    await until(page, "getComputedStyle(document.querySelector('.bar')).position === 'fixed'")
    await expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
