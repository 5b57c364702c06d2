"""Worksheets begun with another revision, another version of the app or in another language."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ACTIVE, OpenPhone, ready_for_flight, renewed, violations
from tests.browser.writing import (
    PUT_ENTRY,
    SHEET,
    TRIGGERS,
    WORDS,
    begun,
    is_ready,
    is_saved,
    reload,
)
from tests.server import ROOT, Server

pytestmark = pytest.mark.browser

BUILT_IN = (ROOT / "hearth_cft" / "content" / f"{SHEET}.toml").read_text(encoding="utf-8")
REWORDED = "#answer-threat_wakes"
SHOWN_AS_IT_WAS = "You began this before the worksheet changed. It is shown as it was."


def change_worksheet(server: Server, *, keep_earlier: bool) -> None:
    """Replace a question of the worksheet in a new revision, and restart the server.

    With `keep_earlier`, the service also keeps the earlier revision.
    """
    folder = server.folder / "content" / "worksheets"
    (folder / "earlier").mkdir(parents=True)
    changed = BUILT_IN
    for old_text, new_text in (
        ("revision = 1", "revision = 2"),
        ("threat_triggers", "threat_wakes"),
        ("What sets it off?", "What wakes it up?"),
    ):
        assert old_text in changed
        changed = changed.replace(old_text, new_text)
    (folder / "three-circles.toml").write_text(changed, encoding="utf-8")
    if keep_earlier:
        (folder / "earlier" / "three-circles-1.toml").write_text(BUILT_IN, encoding="utf-8")
    server.stop()
    server.config.write_text('content_dir = "content"\n', encoding="utf-8")
    server.start()


async def begin_without_worker(open_phone: OpenPhone, server: Server) -> Page:
    """Begin a worksheet on a phone that has no service worker and always loads from the server."""
    return await begun(await open_phone(service_workers="block"), server)


@pytest.mark.flight
async def test_a_new_revision_during_writing_costs_no_word_and_the_answer_stays_at_its_question(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await begun(await open_phone(), server, "before, ")
    await ready_for_flight(page)
    before = await page.evaluate(ACTIVE)

    change_worksheet(server, keep_earlier=True)
    await page.locator(TRIGGERS).press("Control+End")
    await page.keyboard.type("while it changed, ")
    # Another tab loads the new pages while the user writes in the first tab.
    other_tab = await page.context.new_page()
    await other_tab.goto(f"{server.url}/en/help")
    await renewed(other_tab, before)
    await page.keyboard.type("and after")
    await is_saved(page)
    await reload(page)

    await expect(page.get_by_text(SHOWN_AS_IT_WAS)).to_be_visible()
    await expect(page.get_by_label("What sets it off?")).to_have_value(
        "before, while it changed, and after"
    )
    assert "/en/worksheets/three-circles/1#e=" in page.url
    assert page.url.endswith("&step=threat")
    await page.locator(TRIGGERS).press("End")
    await page.keyboard.type(" more")
    await is_saved(page)
    server.stop()
    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value("before, while it changed, and after more")
    assert await violations(page) == []


@pytest.mark.flight
async def test_notes_lead_to_the_questions_that_were_asked_and_a_new_one_asks_the_new_ones(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await begin_without_worker(open_phone, server)
    change_worksheet(server, keep_earlier=True)

    await page.goto(f"{server.url}/en/notes/")
    await page.get_by_role("link", name="My three circles").click()
    await page.get_by_role("link", name="Edit").click()
    await is_ready(page)
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    await page.get_by_role("link", name="Start a new one").click()
    await page.wait_for_url(f"{server.url}/en/{SHEET}")
    await is_ready(page)

    await expect(page.get_by_text(SHOWN_AS_IT_WAS)).to_have_count(0)
    await expect(page.locator(REWORDED)).to_have_value("")
    await expect(page.locator(TRIGGERS)).to_have_count(0)


@pytest.mark.flight
async def test_notes_print_an_earlier_revision_with_its_own_questions(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await begin_without_worker(open_phone, server)
    await page.add_init_script("window.print = () => (document.title = 'printed')")
    print_url = page.url.replace("&step=threat", "&print")
    change_worksheet(server, keep_earlier=True)
    await page.goto("about:blank")

    await page.goto(print_url)

    await expect(page).to_have_title("printed")
    await page.emulate_media(media="print")
    await expect(page.locator(".printed:visible")).to_have_text([WORDS])
    await expect(page.get_by_text("What sets it off?")).to_be_visible()


@pytest.mark.flight
async def test_without_its_own_questions_an_answer_is_kept_and_said_to_be_there(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await begin_without_worker(open_phone, server)
    change_worksheet(server, keep_earlier=False)

    await reload(page)
    await expect(page.get_by_text("This was made with an earlier version.")).to_be_visible()
    await page.fill(REWORDED, "something else")
    await is_saved(page)
    server.stop()
    server.config.write_text("", encoding="utf-8")
    server.start()
    await reload(page)

    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)


@pytest.mark.flight
async def test_an_earlier_revision_is_not_begun_anew(open_phone: OpenPhone, server: Server) -> None:
    change_worksheet(server, keep_earlier=True)
    page = await (await open_phone()).new_page()

    await page.goto(f"{server.url}/en/{SHEET}/1#step=threat")

    await page.wait_for_url(f"{server.url}/en/{SHEET}#step=threat")
    await is_ready(page)
    await expect(page.locator(REWORDED)).to_be_visible()


def newer_state() -> dict[str, object]:
    """Return an entry as a newer version of the app would store it."""
    values = {"threat_size": 4, "threat_feelings": ["afraid", "thoughtful"], "drawing": {"ink": 3}}
    fields = {
        name: [{"value": value, "actor": "AAAAAAAAAAA", "counter": 1}]
        for name, value in values.items()
    }
    metadata = {"kind": "worksheet", "worksheet": "three-circles", "revision": 9, "locale": "en"}
    created = "2026-01-02T03:04:05.000Z"
    seen = {"AAAAAAAAAAA": 1}
    return {**metadata, "created": created, "seen": seen, "fields": fields, "deleted": False}


async def test_what_a_newer_version_wrote_is_shown_as_it_is_and_kept(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await begun(await open_phone(), shared_server)
    entry = await page.evaluate(PUT_ENTRY, newer_state())
    await page.goto("about:blank")
    await page.goto(f"{shared_server.url}/en/{SHEET}#e={entry}&step=threat")
    await is_ready(page)
    feelings = page.locator("[data-field=threat_feelings]")
    await expect(page.get_by_text("This was made with a newer version.")).to_be_visible()
    await expect(page.locator("#answer-threat_size")).to_have_value("4")
    await expect(feelings.locator(".printed")).to_have_text("Afraid, thoughtful")
    await expect(feelings.locator("input").first).to_be_hidden()

    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    await reload(page)

    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    await expect(feelings.locator(".printed")).to_have_text("Afraid, thoughtful")
    assert await violations(page) == []


async def test_words_stay_in_the_language_in_which_they_were_begun_and_a_link_leads_back(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    page = await begun(context, shared_server)

    arabic_tab = await context.new_page()
    await arabic_tab.goto(page.url.replace("/en/", "/ar/"))
    await is_ready(arabic_tab)
    notice = arabic_tab.locator("[data-notice=language]")
    await expect(notice).to_be_visible()
    await expect(arabic_tab.locator(TRIGGERS)).to_have_value(WORDS)
    await expect(arabic_tab.locator(TRIGGERS)).to_have_attribute("dir", "auto")
    await arabic_tab.click("[data-next]")
    await notice.get_by_role("link").click()
    await arabic_tab.wait_for_url("**/en/**")
    await is_ready(arabic_tab)

    assert arabic_tab.url == page.url.replace("step=threat", "step=drive")
    await expect(arabic_tab.locator("[data-notice]")).to_have_count(0)
    await expect(arabic_tab.locator(TRIGGERS)).to_have_value(WORDS)
