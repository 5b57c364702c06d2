"""The pictures that the app draws from answers, each with a sentence and a table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import open_notes, page_of
from tests.browser.conftest import (
    PHONE,
    WIDE,
    OpenPhone,
    in_every_look,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.kept import filled_in, keep_entries, practice
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "notes/over-time"
# True when the picture of the circles is as wide as its container is now.
CIRCLES_FIT = """() => {
  const place = document.querySelector("[data-part=circles] [data-plot]");
  return place.firstElementChild.viewBox.baseVal.width === Math.floor(place.clientWidth);
}"""
NOTES = [
    filled_in("three-circles", day="2026-03-05", threat_size=3, soothing_size=9),
    filled_in(
        "three-circles",
        day="2026-04-07",
        threat_size=8,
        drive_size=2,
        threat_triggers="A message from work. The phone",
    ),
    filled_in(
        "kinder-thought-record",
        day="2026-05-01",
        situation="My boss, a message from work",
        feeling_before=80,
        feeling_after=60,
    ),
    filled_in("practice-diary", day="2026-05-02", before=2, after=5),
    practice(recording="safe-place", day="2026-05-03", before=4, after=4, words=""),
    practice(recording="safe-place", day="2026-05-04", before=4, words=""),
    filled_in("loop-spotter", day="2026-06-01", trigger="The phone."),
]


async def open_over_time(
    open_phone: OpenPhone, server: Server, path: str = f"en/{PATH}", **options: object
) -> Page:
    """Open the page on a phone that has all of NOTES. Return the page."""
    context = await open_phone(**options)
    await keep_entries(context, server, *NOTES)
    page = await context.new_page()
    await page.goto(f"{server.url}/{path}")
    await expect(page.locator("[data-plot] svg").first).to_be_visible()
    return page


def section_of(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


async def open_table(page: Page, name: str) -> Locator:
    """Open the table of a picture. Return its rows."""
    picture = section_of(page, "pairs").locator("figure", has_text=name)
    container = picture if await picture.count() else section_of(page, name)
    await container.get_by_text("The same as a table").click()
    return container.locator("tbody tr")


async def test_circles_stand_side_by_side_with_a_sentence_and_a_table(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server)
    circles = section_of(page, "circles")

    await expect(circles.locator(".size")).to_have_count(4)
    await expect(circles.locator("[data-said]")).to_have_text(
        "2 notes, from 5 March 2026 to 7 April 2026. Threat: from 3 to 8. Drive: 2. Soothing: 9."
    )
    rows = await open_table(page, "circles")
    await expect(rows.first.locator("td")).to_have_text(["8", "2", "–", "My three circles"])
    await expect(rows.last.locator("td")).to_have_text(["3", "–", "9", "My three circles"])


async def test_before_and_after_have_a_picture_for_each_scale(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server)
    figures = section_of(page, "pairs").locator("figure")

    await expect(figures.locator("h3")).to_have_text(
        ["Kinder thought record", "Practice diary", "Practice notes"]
    )
    await expect(figures.last.locator("[data-said]")).to_have_text(
        "2 notes, from 3 May 2026 to 4 May 2026. The same once."
    )
    await expect(figures.last.locator(".way")).to_have_count(1)
    await expect(figures.last.locator(".ring:not(.key-line .ring)")).to_have_count(2)
    rows = await open_table(page, "Practice notes")
    await expect(rows.first.locator("td")).to_have_text(["4", "–", "Safe place"])
    await expect(figures.last).to_contain_text("0 is “Very uneasy”, 10 is “At ease”.")


async def test_what_comes_back_leads_to_the_notes_that_say_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server)
    triggers = section_of(page, "triggers")

    phrases = triggers.locator("summary b")
    await expect(phrases).to_have_text(["The phone", "a message from work"])
    await triggers.get_by_text("in 2 notes").last.click()
    await triggers.get_by_role("link", name="Kinder thought record").click()

    await expect(page.get_by_text("My boss, a message from work", exact=True)).to_be_visible()


async def test_a_row_of_a_table_opens_its_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server)

    rows = await open_table(page, "Practice diary")
    await rows.get_by_role("link", name="Practice diary").press("Enter")

    await expect(page.locator(".note-text")).to_be_visible()
    assert "/en/notes/note#e=" in page.url


async def test_nothing_judges_and_each_empty_part_says_what_will_stand_there(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await keep_entries(phone, shared_server, filled_in("loop-spotter", trigger="The queue"))
    page = await page_of(phone, shared_server, PATH)

    await expect(section_of(page, "circles")).to_contain_text("When you’ve drawn your circles")
    await expect(section_of(page, "pairs")).to_contain_text("both appear here side by side")
    await expect(section_of(page, "triggers")).to_contain_text("When two or more notes say")
    for name in ("circles", "pairs", "triggers"):
        await expect(section_of(page, name).locator("[data-some]")).to_be_hidden()


async def test_without_a_note_the_page_says_how_to_begin(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)

    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    await expect(page.get_by_role("link", name="Choose a worksheet")).to_be_visible()


async def test_it_is_reached_from_the_notes_and_leads_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await keep_entries(phone, shared_server, NOTES[0])
    page = await open_notes(phone, shared_server)

    await page.get_by_role("link", name="See it over time").click()
    await expect(page.get_by_role("heading", level=1, name="Over time")).to_be_visible()
    await expect(section_of(page, "circles").locator(".size")).to_have_count(2)
    await page.get_by_role("link", name="My notes", exact=True).first.click()

    await expect(page.get_by_role("heading", level=1, name="My notes")).to_be_visible()


async def test_as_many_stand_in_a_picture_as_there_is_room_for(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    days = [(date(2026, 1, 1) + timedelta(days=number)).isoformat() for number in range(30)]
    notes = [filled_in("three-circles", day=day, threat_size=5) for day in days]
    await keep_entries(phone, shared_server, *notes)
    page = await page_of(phone, shared_server, PATH)
    circles = section_of(page, "circles")
    counts = []

    for size in (PHONE, WIDE, {"width": 320, "height": 640}):
        await page.set_viewport_size(size)
        await until(page, CIRCLES_FIT)
        counts.append(await circles.locator(".size").count())

    assert counts[1] > counts[0] > counts[2] >= 4
    await expect(circles).to_contain_text(f"The picture shows the last {counts[2]};")
    await expect(circles.locator("[data-until]")).to_have_text("30 Jan 2026")
    rows = await open_table(page, "circles")
    await expect(rows).to_have_count(30)


async def test_time_runs_the_way_the_language_is_read(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    newest_is_right = {}
    for locale in ("en", "ar"):
        page = await open_over_time(open_phone, shared_server, f"{locale}/{PATH}")
        circles = section_of(page, "circles").locator(".system-threat .size")
        old, new = [float(await circle.get_attribute("cx") or 0) for circle in await circles.all()]
        dots = section_of(page, "triggers").locator(".strip .dot")
        late, early = [
            float((await dots.nth(index).get_attribute("cx") or "").rstrip("%")) for index in (0, 1)
        ]
        newest_is_right[locale] = (new > old, late > early)

    assert newest_is_right == {"en": (True, True), "ar": (False, False)}


async def test_a_note_from_another_tab_is_drawn_while_the_table_stays_open(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server)
    rows = await open_table(page, "circles")
    await expect(rows).to_have_count(2)

    await keep_entries(page.context, shared_server, filled_in("three-circles", threat_size=1))

    await expect(section_of(page, "circles").locator(".system-threat .size")).to_have_count(3)
    await expect(rows).to_have_count(3)


@pytest.mark.flight
async def test_it_opens_with_the_server_stopped(server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    await keep_entries(phone, server, *NOTES)
    page = await page_of(phone, server, PATH)
    await ready_for_flight(page)
    server.stop()

    page = await page_of(phone, server, PATH)

    await expect(section_of(page, "circles").locator(".size")).to_have_count(4)
    await expect(section_of(page, "pairs").locator("figure")).to_have_count(3)


@in_every_look
async def test_pictures_and_tables_have_no_violations(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    page = await open_over_time(open_phone, shared_server, f"{locale}/{PATH}", color_scheme=scheme)
    for summary in await page.locator("main summary").all():
        await summary.click()
    await expect(page.locator("tbody tr").first).to_be_visible()

    assert await violations(page) == []


async def test_nothing_is_cut_off_at_320_px_with_large_text(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_over_time(open_phone, shared_server, viewport={"width": 320, "height": 640})

    await page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
