"""The line that says where the words are: it never lies over a control, at any step or size."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.conftest import DIRECTIONS, EVERYTHING, OpenPhone
from tests.browser.writing import begun, is_ready, is_saved
from tests.server import Server

pytestmark = pytest.mark.browser

SIZES: list[ViewportSize] = [
    {"width": 360, "height": 640},
    {"width": 360, "height": 740},
    # With the keyboard up.
    {"width": 360, "height": 380},
]
# The texts of the line are longer than the usual one when there is no network.
SAVED = "[data-save-line][data-state=saved]"
# Answers the first question of the step, so that the line appears.
ANSWER = """() => {
  const inputs = ".section:not(.away) :is(input, textarea)";
  if (!document.querySelector(inputs)) {
    document.querySelector(".section:not(.away) [data-add]").click();
  }
  const input = document.querySelector(inputs);
  if (input.matches(":is([type=radio], [type=checkbox])")) return input.click();
  if (input.type === "date") input.value = "2026-11-22";
  else input.value = input.matches(".range") ? input.max : "x";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# Returns the points of the controls of the step that something else would get the tap of. First as
# the step is when it is shown, then with each control scrolled into sight.
STOLEN = """() => {
  const line = document.querySelector("[data-save-line]");
  const main = document.querySelector("main");
  const isOver = (at) => at && (line.contains(at) || at.closest(".bar"));
  const controls = [...main.querySelectorAll("a[href], button, input, textarea, summary, label")]
    .filter((control) => !line.contains(control) && control.checkVisibility())
    .filter((control) => !control.matches(".sr, .sr *, .nhsuk-u-visually-hidden"));
  const pointsOf = (control) => {
    const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
    const shares = control.matches(".range") ? [0.1, 0.5, 0.8, 0.95] : [0.5];
    const points = shares.map((share) => [left + width * share, top + height / 2]);
    // A text that wraps has no centre of its own, so ask at its own lines.
    const box = control.getClientRects()[0];
    const middle = (box.top + box.bottom) / 2;
    return [...points, [box.left + 3, middle], [box.right - 3, middle]]
      .concat(control.matches("textarea, input") ? [[left + width / 2, bottom - 3]] : []);
  };
  const isHit = (control, [x, y]) => {
    const at = document.elementFromPoint(x, y);
    if (!at || at === control || control.contains(at) || at.contains(control)) return true;
    return at.closest("label")?.control === control || control.closest("label") === at
      || control.labels?.[0]?.contains(at) || control.control === at;
  };
  const name = (control) => control.id || control.textContent.trim().slice(0, 40);
  const stolen = [];
  scrollTo(0, 0);
  for (const control of controls) {
    for (const point of pointsOf(control)) {
      const at = document.elementFromPoint(...point);
      if (at && line.contains(at)) stolen.push(`at once: ${name(control)}`);
    }
  }
  for (const block of ["nearest", "end", "start"]) {
    for (const control of controls) {
      control.scrollIntoView({ block });
      const { height } = control.getBoundingClientRect();
      for (const point of pointsOf(control)) {
        if (height > innerHeight / 2 && !document.elementFromPoint(...point)) continue;
        if (!isHit(control, point)) stolen.push(`${block}: ${name(control)} at ${point}`);
      }
    }
  }
  return [...new Set(stolen)];
}"""


def worksheets(server: Server) -> list[str]:
    with urllib.request.urlopen(f"{server.url}/en/worksheets.json") as response:
        return [sheet["slug"] for sheet in json.load(response)["worksheets"]]


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_the_save_line_lies_over_no_control_of_any_step_at_any_size(
    whole_server: Server, open_phone: OpenPhone, locale: str
) -> None:
    page = await (await open_phone(reduced_motion="reduce")).new_page()
    stolen: dict[str, list[str]] = {}
    slugs = worksheets(whole_server)
    # The worksheets take turns in the languages. `make test-all` opens each in both.
    for slug in slugs if EVERYTHING else slugs[DIRECTIONS.index(locale) :: len(DIRECTIONS)]:
        await page.goto(f"{whole_server.url}/{locale}/worksheets/{slug}")
        await is_ready(page)
        await page.evaluate(ANSWER)
        await expect(page.locator(SAVED)).to_be_visible()
        for step in range(await page.locator("[data-step]").count()):
            if step:
                await page.locator("[data-next]").click()
            for size in SIZES:
                await page.set_viewport_size(size)
                if found := await page.evaluate(STOLEN):
                    stolen[f"{slug}, step {step + 1}, {size['height']}"] = found

    assert stolen == {}


async def line_is_in_sight(page: Page) -> None:
    await expect(page.locator("[data-save-line]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["height"]))
async def test_the_save_line_stays_in_sight_while_writing(
    shared_server: Server, open_phone: OpenPhone, size: ViewportSize
) -> None:
    page = await begun(await open_phone(viewport=size), shared_server)
    for control in await page.locator(".section:not(.away) .answer:visible").all():
        await control.scroll_into_view_if_needed()
        await line_is_in_sight(page)
    await page.locator("[data-next]").scroll_into_view_if_needed()
    await line_is_in_sight(page)


async def test_nothing_moves_when_the_first_letter_is_saved(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{shared_server.url}/en/worksheets/three-circles")
    await is_ready(page)
    choice = page.get_by_label("Switched off or numb")
    await choice.scroll_into_view_if_needed()
    before = await choice.bounding_box()

    await choice.check()
    await is_saved(page)

    assert await choice.bounding_box() == before
