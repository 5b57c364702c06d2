"""Help: something to settle with, the recordings that somebody chose for it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.acts import open_notes, page_of
from tests.browser.conftest import OpenPhone, ready_for_flight, until
from tests.browser.kept import vault_address
from tests.browser.line import Line, line_to
from tests.server import Server

pytestmark = pytest.mark.browser

SLUG = "soothing-rhythm-breathing"
USUAL = ["Grounding without the breath", "Soothing rhythm breathing", "Compassion break"]
OTHERS = ["Soothing rhythm breathing", "Grounding without the breath", "Compassion break"]
CHOOSE = """async ([address, choices]) => {
  const { vault } = await import(address);
  const entries = await vault();
  for (const recordings of choices) {
    const { id } = entries.create({ kind: "choices", locale: "en" });
    await entries.write(id, { recordings });
  }
}"""


def chosen(page: Page) -> Locator:
    return page.locator(".settle [data-chosen] b")


async def choose_others(page: Page) -> None:
    """By keyboard: takes the second away, adds it again and moves it up."""
    await page.get_by_role("button", name="Choose others").press("Enter")
    await expect(page.get_by_role("heading", name="Choose up to three")).to_be_focused()
    await page.get_by_role("button", name="Remove: Soothing rhythm breathing").press("Enter")
    # Only those that settle can be chosen.
    await expect(page.locator(".settle [data-others] b")).to_have_text([USUAL[1]])
    await page.get_by_role("button", name="Choose: Soothing rhythm breathing").press("Enter")
    up = page.get_by_role("button", name="Move up: Soothing rhythm breathing")
    await up.press("Enter")
    await expect(up).to_be_focused()
    await up.press("Enter")
    await expect(page.locator(".settle [data-told]")).to_have_text(
        "Soothing rhythm breathing is now number 1."
    )


async def test_help_has_three_good_recordings_and_shows_those_that_were_chosen(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    page = await page_of(mine, shared_server, "help")
    await expect(chosen(page)).to_have_text(USUAL)

    await choose_others(page)
    await page.get_by_role("button", name="Done").last.click()
    await expect(chosen(page)).to_have_text(OTHERS)

    page = await page_of(mine, shared_server, "help")
    await expect(chosen(page)).to_have_text(OTHERS)
    links = page.locator(".settle [data-chosen] a")
    await expect(links.first).to_have_attribute("href", f"/en/recordings/{SLUG}#short")
    page = await open_notes(mine, shared_server)
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


async def test_a_choice_is_taken_back_and_the_usual_ones_come_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    page = await page_of(mine, shared_server, "help")
    await page.get_by_role("button", name="Choose others").click()
    await page.get_by_role("button", name="Remove: Compassion break").click()
    await expect(page.locator("[data-order] li")).to_have_count(2)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator("[data-order] b")).to_have_text(USUAL)

    await page.get_by_role("button", name="Move up: Compassion break").click()
    await page.get_by_role("button", name="Use the original three").click()
    await expect(page.locator("[data-order] b")).to_have_text(USUAL)
    await page.get_by_role("button", name="Undo").click()

    await expect(page.locator("[data-order] b")).to_have_text([USUAL[0], USUAL[2], USUAL[1]])


async def test_the_choice_shows_without_the_vault_and_hiding_clears_that_copy(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    page = await page_of(mine, shared_server, "help")
    await choose_others(page)
    copy = json.dumps([SLUG, "grounding-without-breath", "compassion-break"], separators=(",", ":"))
    await until(page, f"() => localStorage.getItem('help-recordings') === '{copy}'")
    await page.evaluate("localStorage.removeItem('has-entries')")
    await page.reload()
    await expect(chosen(page)).to_have_text(OTHERS)

    await page.get_by_role("link", name="Hide this page").click()
    await page.wait_for_url("**/hidden")

    assert await page.evaluate("localStorage.getItem('help-recordings')") is None
    # The entry itself is still there.
    await page.evaluate("localStorage.setItem('has-entries', '1')")
    page = await page_of(mine, shared_server, "help")
    await expect(chosen(page)).to_have_text(OTHERS)


async def test_what_was_chosen_on_two_phones_is_both_shown_until_one_is_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    page = await page_of(mine, shared_server, "help")
    both = [["safe-place"], [SLUG, "compassion-break"]]
    await page.evaluate(CHOOSE, [vault_address(), both])
    await page.reload()
    panel = page.get_by_role("region", name="You wrote this in two places")
    await expect(panel).to_contain_text("Safe place")
    await expect(panel.get_by_role("button", name="Keep both")).to_have_count(0)

    keep = panel.locator(".version", has_text="Compassion break").get_by_role("button")
    await keep.click()
    await expect(chosen(page)).to_have_text([USUAL[1], "Compassion break"])
    await expect(panel).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(panel).to_be_visible()
    await panel.locator(".version", has_text="Safe place").get_by_role("button").click()

    await expect(chosen(page)).to_have_text(["Safe place"])


@pytest.mark.flight
async def test_the_chosen_recordings_are_kept_and_help_works_with_the_server_stopped(
    server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    page = await page_of(mine, server, "help")
    await ready_for_flight(page)
    rows = page.locator(".settle [data-chosen] li")
    await expect(rows.first).to_contain_text("Not saved on this phone yet")
    await page.get_by_role("button", name=re.compile(r"^Save (this one|these)")).click()
    for each in await rows.all():
        await expect(each.locator("[data-kept]")).to_have_text("Saved on this phone")
    await expect(page.locator(".settle [data-keeping]")).to_be_hidden()
    server.stop()

    page = await page_of(mine, server, "help")
    await expect(page.get_by_text("116 123")).to_be_visible()
    await expect(page.get_by_role("heading", name="My own kind words")).to_be_visible()
    await expect(rows.first).to_contain_text("Saved on this phone")
    await choose_others(page)
    await page.get_by_role("button", name="Done").last.click()
    await expect(chosen(page)).to_have_text(OTHERS)
    await chosen(page).nth(1).click()
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator(".player")).to_have_attribute("data-state", "playing")


async def keeping_slowly(context: BrowserContext, line: Line) -> Page:
    """Help, while it keeps the three: at that pace they take ten seconds."""
    page = await context.new_page()
    await page.goto(f"{line.url}/en/help")
    await ready_for_flight(page)
    line.pace = 256 * 1024
    await page.get_by_role("button", name="Save these").click()
    return page


@pytest.mark.flight
async def test_keeping_them_goes_on_after_the_app_was_closed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    async with line_to(shared_server.port) as line:
        page = await keeping_slowly(mine, line)
        await until(page, "document.querySelector('.settle progress').value > 1024 * 1024")
        await page.close()
        line.pace = None

        page = await mine.new_page()
        await page.goto(f"{line.url}/en/help")

        for each in await page.locator(".settle [data-kept]").all():
            await expect(each).to_have_text("Saved on this phone")
        await expect(page.locator(".settle [data-keeping]")).to_be_hidden()
        assert await page.evaluate("localStorage.getItem('keep-chosen')") is None


@pytest.mark.flight
async def test_keeping_that_was_stopped_stays_stopped(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    mine = await open_phone()
    async with line_to(shared_server.port) as line:
        page = await keeping_slowly(mine, line)
        await until(page, "document.querySelector('.settle progress').value > 0")
        await page.locator(".settle [data-stop]").click()
        await expect(page.locator(".settle [data-keep]")).to_be_visible()

        await page.reload()

        await expect(page.locator(".settle[data-started]")).to_be_visible()
        await expect(page.locator(".settle [data-keep]")).to_be_visible()
        await expect(page.locator(".settle progress")).to_be_hidden()
