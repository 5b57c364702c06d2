"""Practice notes, the picture of the past weeks, and the calendar file for practice times."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.async_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.acts import (
    IS_STORED,
    idle,
    note_idle,
    notes_are_open,
    open_notes,
    page_of,
    requests_of,
    saved_by,
    stop_time,
)
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    ready_for_flight,
    until,
)
from tests.browser.kept import (
    answered,
    bare_page,
    filled_in,
    keep,
    page_with,
    practice,
    vault_address,
)
from tests.server import Server

pytestmark = pytest.mark.browser

SLUG = "soothing-rhythm-breathing"
TITLE = "Soothing rhythm breathing"
RECORDING = f"recordings/{SLUG}"
BEFORE, AFTER, LINE = "Before listening", "After listening", "Anything to note?"
ENDED = f"""document.dispatchEvent(new CustomEvent("recording-ended", {{
  detail: {{ slug: "{SLUG}", version: "short", voice: "isabella", seconds: 120 }},
}}))"""
# The nhsuk markup has data-module attributes of its own.
STARTED = """() =>
  !document.querySelector("[data-module]:not([data-started], [data-module^=nhsuk])")"""
# True once the script that shows and stores the note is loaded. It opens the vault last.
IS_LOADED = "indexedDB.databases().then((all) => all.length > 0)"
# Adds a version of the answer "before", as if it came from another phone.
WRITE_AS_OTHER_PHONE = """async ([address, id]) => {
  const { vault } = await import(address);
  const entries = await vault();
  const actor = "AAAAAAAAAAA";
  await entries.store.update([id], (state) => ({
    ...state,
    seen: { ...state.seen, [actor]: 1 },
    fields: { ...state.fields, before: [...state.fields.before, { value: 9, actor, counter: 1 }] },
  }));
}"""


def note_from(days_ago: int, **fields: Any) -> dict[str, Any]:
    """Return a practice note from that many days ago. `fields` replace the default answers."""
    day = (date.today() - timedelta(days=days_ago)).isoformat()
    defaults = {"recording": SLUG, "version": "short", "before": 4, "after": 6, "words": ""}
    return practice(**{**defaults, "day": day, **fields})


async def open_list_with(context: BrowserContext, server: Server, *notes: dict[str, Any]) -> Page:
    """Open the list of notes on a phone that has these notes. Return the page."""
    page = await page_with(context, server, "notes/", *notes)
    await notes_are_open(page)
    return page


async def slide(page: Page, label: str, steps: int) -> None:
    """Set a slider to a value with the keyboard, once it is shown."""
    slider = page.get_by_label(label, exact=True)
    # A hidden slider takes neither the focus nor the keys, and nothing says so.
    await expect(slider).to_be_visible()
    await slider.focus()
    await slider.press("Home")
    for _ in range(steps):
        await slider.press("ArrowRight")


async def expect_saved(page: Page) -> None:
    await expect(page.locator(".practice [data-save-line]")).to_contain_text("Saved on this phone")
    await expect(page.locator(".practice [data-save-line]")).to_have_attribute(
        "data-state", "saved"
    )


def row(page: Page) -> Locator:
    return page.locator(".entry", has_text=TITLE)


async def open_note(page: Page) -> None:
    """Open the only note in the list, to change it."""
    await row(page).get_by_role("link", name=TITLE).click()
    await page.get_by_role("link", name="Edit").click()
    await expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


async def test_before_listening_and_after_are_one_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, f"{RECORDING}#short")
    await slide(page, BEFORE, 3)
    await expect_saved(page)
    await expect(page.get_by_label(AFTER)).to_be_hidden()

    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator(".player")).to_have_attribute("data-state", "playing")
    await page.locator("[data-seek]").press("End")
    await expect(page.get_by_label(AFTER)).to_be_visible()
    await slide(page, AFTER, 6)
    await page.get_by_label(LINE).fill("Shoulders lower.")
    await expect_saved(page)

    page = await open_notes(phone, shared_server)
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(row(page)).to_contain_text("3 before, 6 after")
    await expect(row(page)).to_contain_text("3 → 6")
    await expect(row(page)).to_contain_text("Shoulders lower.")


async def test_a_note_that_was_begun_survives_the_death_of_its_tab(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await slide(page, BEFORE, 4)
    await expect_saved(page)
    await page.close(run_before_unload=False)

    page = await page_of(phone, shared_server, RECORDING)
    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "4 of 10")
    await page.evaluate(ENDED)
    await slide(page, AFTER, 5)
    await expect_saved(page)

    page = await open_notes(phone, shared_server)
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(row(page)).to_contain_text("4 → 5")


async def test_words_are_stored_within_a_second_of_typing(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await stop_time(phone)
    page = await page_of(phone, shared_server, RECORDING)
    await until(page, STARTED)
    await page.get_by_role("button", name="Say how you are afterwards").click()
    await until(page, IS_LOADED)
    await page.get_by_label(LINE).fill("Rain")
    await phone.clock.run_for(1_000)
    await expect_saved(page)
    await page.get_by_label(LINE).press_sequentially(" outside")
    # By its own clock, the page starts to store within a second. A slow machine may take longer to
    # finish.
    await phone.clock.run_for(1_000)
    await until(page, IS_STORED)
    await page.close(run_before_unload=False)

    page = await open_notes(phone, shared_server)

    await expect(row(page)).to_contain_text("Rain outside")


async def test_listening_that_ends_on_another_page_still_belongs_to_the_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, f"{RECORDING}#short")
    await slide(page, BEFORE, 2)
    await expect_saved(page)
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator(".player")).to_have_attribute("data-state", "playing")
    await page.locator(".bar").get_by_role("link", name="Help").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    await page.evaluate(ENDED)

    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await expect(page.get_by_label(AFTER)).to_be_visible()
    await slide(page, AFTER, 7)
    await expect_saved(page)

    page = await open_notes(phone, shared_server)
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(row(page)).to_contain_text("2 → 7")


async def test_the_version_that_was_heard_is_the_one_that_is_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await slide(page, BEFORE, 3)
    await expect_saved(page)

    await page.evaluate(ENDED.replace("ended", "started"))

    await until(
        page,
        f"""async () => {{
          const {{ vault }} = await import("{vault_address()}");
          const {{ entries }} = await (await vault()).list();
          return entries[0].practice.version === "short";
        }}""",
    )


async def test_two_tabs_write_on_one_note(shared_server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    first_tab, second_tab = (
        await page_of(phone, shared_server, RECORDING),
        await page_of(phone, shared_server, RECORDING),
    )
    await slide(first_tab, BEFORE, 3)
    await expect_saved(first_tab)

    await expect(second_tab.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "3 of 10")
    await second_tab.evaluate(ENDED)
    await slide(second_tab, AFTER, 8)
    await expect_saved(second_tab)

    await expect(first_tab.get_by_label(AFTER)).to_have_attribute("aria-valuetext", "8 of 10")
    page = await open_notes(phone, shared_server)
    await expect(page.locator(".entry")).to_have_count(1)


async def test_listening_again_is_another_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await slide(page, BEFORE, 3)
    await page.evaluate(ENDED)
    await slide(page, AFTER, 6)
    await expect_saved(page)

    await page.get_by_role("button", name="Start a new note").click()
    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "Not set")
    await slide(page, BEFORE, 6)
    await expect_saved(page)

    page = await open_notes(phone, shared_server)
    await expect(page.locator(".entry")).to_have_count(2)
    await expect(page.locator(".entry").first).to_contain_text("6 before")


async def test_nothing_is_loaded_or_kept_before_the_box_is_touched(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(service_workers="block")
    page = await phone.new_page()
    await note_idle(page)
    requested = requests_of(page)
    await page.goto(f"{shared_server.url}/en/{RECORDING}")
    await until(page, "() => document.querySelector('.practice').dataset.started === ''")
    # The page has loaded all that it loads by itself. From here on, only a touch loads anything.
    await idle(page)

    assert [url for url in requested if re.search(r"/js/(at-recording|vault)-", url)] == []
    assert await page.evaluate("localStorage.getItem('practice-now')") is None
    assert await page.evaluate("indexedDB.databases().then((all) => all.length)") == 0

    await page.get_by_label(BEFORE).focus()
    await until(page, IS_LOADED)
    await slide(page, BEFORE, 0)
    await expect_saved(page)
    assert [url for url in requested if re.search(r"/js/at-recording-", url)]


async def test_a_slider_moved_before_its_script_has_come_counts(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(service_workers="block")
    page = await phone.new_page()
    release_scripts = asyncio.Event()

    async def continue_after_release(route: Route) -> None:
        await release_scripts.wait()
        await route.continue_()

    await page.route(re.compile(r"/js/(practice.component|at-recording)-"), continue_after_release)
    await page.goto(f"{shared_server.url}/en/{RECORDING}", wait_until="commit")
    await page.get_by_label(BEFORE).focus()
    for _ in range(5):
        await page.keyboard.press("ArrowRight")
    release_scripts.set()

    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "5 of 10")
    await expect_saved(page)


async def test_looking_at_the_box_leaves_no_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await until(page, STARTED)
    await page.get_by_label(BEFORE).focus()
    await page.get_by_role("button", name="Say how you are afterwards").click()
    await expect(page.get_by_label(AFTER)).to_be_focused()
    # Wait until the script has replayed the earlier input and would have stored any answer.
    await until(page, IS_LOADED)
    await until(page, IS_STORED)

    page = await open_notes(phone, shared_server)

    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


async def test_a_note_is_deleted_beside_the_player_and_comes_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, shared_server, RECORDING)
    await slide(page, BEFORE, 3)
    await page.evaluate(ENDED)
    await slide(page, AFTER, 6)
    await expect_saved(page)

    await page.get_by_role("button", name="Delete this note").click()
    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "Not set")
    await page.get_by_role("button", name="Undo").click()

    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "3 of 10")
    # The restored note is still finished, so listening again begins another note.
    await page.evaluate(ENDED.replace("ended", "started"))
    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "Not set")


async def test_a_phone_that_cannot_keep_words_says_so(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script("delete window.indexedDB; delete Window.prototype.indexedDB")
    page = await page_of(phone, shared_server, RECORDING)

    await slide(page, BEFORE, 3)

    await expect(page.locator(".practice [data-save-line]")).to_contain_text(
        "can’t keep your words"
    )


async def test_a_browser_that_copies_nothing_is_not_said_to_have_copied(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await phone.add_init_script(
        "navigator.clipboard.writeText = async () => { throw new Error('refused'); };"
        "document.execCommand = () => false;"
    )
    page = await open_list_with(phone, shared_server, note_from(1, words="Rain"))
    await open_note(page)

    await page.get_by_role("button", name="Copy as text").click()

    await expect(page.get_by_text("That couldn’t be copied.")).to_be_visible()


async def test_a_kept_note_is_changed_copied_deleted_and_brought_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(permissions=["clipboard-read", "clipboard-write"])
    page = await open_list_with(phone, shared_server, note_from(1, words="Rain"))
    await open_note(page)

    await slide(page, AFTER, 9)
    await page.get_by_label(LINE).fill("Rain and tea")
    await expect_saved(page)
    await page.get_by_role("button", name="Copy as text").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    text = await page.evaluate("navigator.clipboard.readText()")
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="not on this phone")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()

    assert text.startswith(f"{TITLE}\n")
    assert text.endswith("4 before, 9 after (0 is very uneasy, 10 is at ease.)\nRain and tea")
    await expect(page.get_by_label(LINE)).to_have_value("Rain and tea")


async def test_two_versions_are_both_shown_and_one_is_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_list_with(await open_phone(), shared_server, note_from(1))
    await open_note(page)
    entry_id = page.url.partition("#e=")[2]
    await page.evaluate(WRITE_AS_OTHER_PHONE, [vault_address(), entry_id])
    await page.reload()

    panel = page.get_by_role("region", name="You wrote this in two places")
    await expect(panel).to_contain_text("4 of 10")
    await expect(panel).to_contain_text("9 of 10")
    await panel.get_by_role("button", name="Another phone").click()

    await expect(page.get_by_label(BEFORE)).to_have_attribute("aria-valuetext", "9 of 10")


async def test_the_list_mixes_practice_with_worksheets_and_deletes_with_undo(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_list_with(
        await open_phone(), shared_server, answered("marmalade"), note_from(0)
    )

    titles = page.locator(".entry-title")
    await expect(titles).to_have_text([TITLE, "My three circles"])
    await row(page).locator("[data-more]").click()
    await expect(row(page).get_by_role("button", name="Make a copy")).to_be_hidden()
    await row(page).get_by_role("button", name="Delete").click()
    await expect(titles).to_have_text(["My three circles"])
    await expect(page.locator(".weeks")).to_be_hidden()
    await page.get_by_role("button", name="Undo").click()

    await expect(titles).to_have_text([TITLE, "My three circles"])
    await expect(page.locator(".weeks-plot svg .time")).to_have_count(1)


async def test_the_file_of_all_notes_has_practice_in_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    note = note_from(0, words="Rain")
    page = await open_list_with(await open_phone(), shared_server, note)

    download = await saved_by(page.get_by_role("button", name="For another program"))
    (entry,) = json.loads((await download.path()).read_bytes())["entries"]

    assert entry["kind"] == "practice"
    values = {name: versions[0]["value"] for name, versions in entry["fields"].items()}
    assert values == note["fields"]


async def test_the_weeks_are_a_picture_with_a_table_behind_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    notes = [
        note_from(0, words="Rain"),
        note_from(7, before=6, after=3),
        note_from(8, before=6, after=5),
        note_from(14, after=None),
        note_from(15, before=None, after=None, words="Only listened"),
        note_from(80),
    ]
    page = await open_list_with(await open_phone(), shared_server, *notes)

    picture = page.get_by_role("img", name="Your practice from")
    await expect(picture.locator(".time")).to_have_count(5)
    await expect(picture.locator(".way")).to_have_count(3)
    name = await picture.get_attribute("aria-label") or ""
    assert "More at ease afterwards once." in name
    assert "Less at ease twice." in name
    await page.get_by_text("The same as a table").click()
    rows = page.locator(".weeks tbody tr")
    await expect(rows).to_have_count(5)
    await expect(rows.first.locator("td")).to_have_text([TITLE, "4", "6", "Rain"])
    await expect(rows.last.locator("td")).to_have_text([TITLE, "–", "–", "Only listened"])
    await rows.first.get_by_role("link").click()
    await expect(page.locator(".note-text")).to_contain_text("Rain")


async def test_time_runs_the_way_the_language_is_read(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await bare_page(await open_phone(), shared_server)
    await keep(page, note_from(0), note_from(40))
    newest_is_right = {}
    for locale in ("en", "ar"):
        await page.goto(f"{shared_server.url}/{locale}/notes/")
        dots = page.locator(".weeks-plot svg .dot")
        await expect(dots).to_have_count(2)
        newest, oldest = [float(await dot.get_attribute("cx") or 0) for dot in await dots.all()]
        newest_is_right[locale] = newest > oldest

    assert newest_is_right == {"en": True, "ar": False}


async def test_a_page_of_the_practice_diary_is_in_the_weeks(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    day = date.today().isoformat()
    diary_entry = filled_in("practice-diary", day=day, before=2, after=5, words="On the bus")
    page = await open_list_with(await open_phone(), shared_server, diary_entry)

    await expect(page.locator(".weeks-plot svg .time")).to_have_count(1)
    await page.get_by_text("The same as a table").click()
    table_row = page.locator(".weeks tbody tr")
    await expect(table_row.locator("td")).to_have_text(["Practice diary", "2", "5", "On the bus"])
    await table_row.get_by_role("link", name="Practice diary").click()
    await expect(page.locator(".note-text")).to_contain_text("On the bus")


async def test_weeks_that_were_folded_away_stay_so(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_list_with(await open_phone(), shared_server, note_from(0))
    await expect(page.locator(".weeks-plot svg")).to_be_visible()

    await page.get_by_text("Practice over the weeks").first.click()
    await until(page, "() => localStorage.getItem('weeks-folded') === '1'")
    await page.reload()

    await expect(page.locator(".entry")).to_have_count(1)
    await expect(page.locator(".weeks-plot svg")).to_be_hidden()


async def test_weeks_without_practice_are_no_reproach(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_list_with(await open_phone(), shared_server, note_from(90))

    await expect(
        page.get_by_text("A gap is only a gap; older notes are in the list.")
    ).to_be_visible()
    await expect(page.locator(".weeks-plot svg")).to_be_hidden()


@pytest.mark.flight
async def test_with_the_server_stopped_practice_is_noted_and_seen_and_the_calendar_file_made(
    server: Server, open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = await open_phone()
    page = await page_of(phone, server, RECORDING)
    await ready_for_flight(page)
    server.stop()

    page = await page_of(phone, server, RECORDING)
    await slide(page, BEFORE, 3)
    await page.evaluate(ENDED)
    await slide(page, AFTER, 6)
    await expect_saved(page)
    page = await open_notes(phone, server)
    await expect(page.locator(".weeks-plot svg .time")).to_have_count(1)
    await open_note(page)
    await expect(page.get_by_label(AFTER)).to_have_attribute("aria-valuetext", "6 of 10")

    await page.goto(f"{server.url}/en/settings/practice-time")
    await until(page, "() => document.querySelector('.practice-time').dataset.started === ''")
    await page.get_by_role("button", name="Make the file").click()
    await expect(page.get_by_role("alert")).to_have_text("Choose at least one day.")
    await expect(page.get_by_label("Monday")).to_be_focused()
    await page.get_by_label("Tuesday").check()
    await page.get_by_label("Sunday").check()
    await page.get_by_label("Time", exact=True).fill("07:05")
    await page.get_by_label("What the calendar shows").fill("Tea; quiet, please")
    download = await saved_by(page.get_by_role("button", name="Make the file"))

    assert download.suggested_filename == "practice-time.ics"
    await download.save_as(tmp_path / "made.ics")
    (event,) = Calendar.from_ical((tmp_path / "made.ics").read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Tea; quiet, please"
    assert event["RRULE"]["BYDAY"] == ["TU", "SU"]
    first = event["DTSTART"].dt
    assert (first.hour, first.minute, first.tzinfo) == (7, 5, None)
    assert first.weekday() in (1, 6)
    assert event.walk("VALARM") == []


async def test_without_scripts_the_server_makes_the_calendar_file(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(java_script_enabled=False)
    page = await page_of(phone, shared_server, "settings/practice-time")
    await page.get_by_label("Friday").check()
    await page.get_by_label("Let the calendar remind me").check()

    download = await saved_by(page.get_by_role("button", name="Make the file"))

    assert download.suggested_filename == "practice-time.ics"
    (event,) = Calendar.from_ical((await download.path()).read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Practice"
    assert len(event.walk("VALARM")) == 1


async def test_without_scripts_a_day_left_out_is_said_in_plain_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(java_script_enabled=False)
    page = await page_of(phone, shared_server, "settings/practice-time")

    await page.get_by_role("button", name="Make the file").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Something is missing")


@in_every_look
async def test_axe_finds_nothing_in_any_of_it(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await bare_page(phone, shared_server)
    await keep(page, note_from(0, words="Rain"), note_from(9, before=7, after=None))

    async def check(path: str, open_all: str = "", shown: str = "h1") -> None:
        await page.goto(f"{shared_server.url}/{locale}/{path}")
        await until(page, STARTED)
        if open_all:
            await page.evaluate(open_all)
        await expect(page.locator(shown).first).to_be_visible()
        await expect_narrow_and_accessible(page)

    open_all_details = "for (const one of document.querySelectorAll('details')) one.open = true"
    await check("notes/", open_all_details, ".weeks tbody tr")
    address = await page.locator(".entry-title a").first.get_attribute("href")
    await check((address or "").removeprefix(f"/{locale}/"))
    await check(RECORDING, ENDED, ".practice [data-after] input")
    await check(
        "help", "document.querySelector('.settle [data-edit]').click()", ".settle [data-editor] h3"
    )
    await check(
        "settings/practice-time",
        "document.querySelector('.practice-time [type=submit]').click()",
        ".practice-time [data-problem]",
    )
