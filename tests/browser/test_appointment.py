"""Choosing notes for an appointment, showing them in large letters and printing them."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import (
    QUESTION,
    notes_are_open,
    notes_with,
    open_backup,
    open_notes,
    page_of,
    restore,
    turn_on_backup,
)
from tests.browser.conftest import (
    NARROW,
    OpenPhone,
    expect_narrow_and_accessible,
    in_every_look,
    until,
    violations,
)
from tests.browser.kept import LETTER, LETTER_LINES, answered, page_with
from tests.browser.stored import put_entry
from tests.server import Server

pytestmark = pytest.mark.browser

WORDS = ["marmalade", "rhubarb", "quince"]


async def open_appointment(phone: BrowserContext, server: Server) -> Page:
    page = await page_of(phone, server, "notes/appointment")
    await notes_are_open(page)
    return page


async def choose_two(phone: BrowserContext, server: Server, locale: str = "en") -> Page:
    """Store three notes, newest last. Open the page and choose its first and last note."""
    notes = [answered(words) for words in WORDS]
    page = await page_with(phone, server, "notes/appointment", *notes, locale=locale)
    boxes = page.get_by_role("checkbox")
    await boxes.first.check()
    await boxes.last.check()
    if locale == "en":
        await expect(page.get_by_text("2 notes chosen")).to_be_visible()
    return page


async def test_what_was_chosen_is_remembered_sealed_and_is_no_note(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await choose_two(phone, shared_server)

    page = await open_appointment(phone, shared_server)

    await expect(page.get_by_text("2 notes chosen")).to_be_visible()
    for number, is_chosen in enumerate((True, False, True)):
        await expect(page.get_by_role("checkbox").nth(number)).to_be_checked(checked=is_chosen)
    boxes = await page.get_by_role("checkbox").all()
    local_storage = await page.evaluate("JSON.stringify({ ...localStorage, 'newest-entries': '' })")
    ids = [(await box.get_attribute("id") or "").removeprefix("choose-") for box in boxes]
    assert not any(note_id in local_storage for note_id in ids)
    await page.goto(f"{shared_server.url}/en/notes/")
    await expect(page.get_by_text("3 notes", exact=True)).to_be_visible()
    await expect(page.locator(".entry")).to_have_count(3)


async def test_chosen_notes_are_shown_one_by_one_by_keys_and_by_buttons(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    await page.get_by_role("button", name="Show large").click()
    stage = page.get_by_role("dialog")
    await expect(stage).to_contain_text("quince")
    await expect(stage).to_contain_text(QUESTION)
    await expect(stage.get_by_text("1 of 2")).to_be_visible()

    await page.keyboard.press("ArrowRight")

    await expect(stage).to_contain_text("marmalade")
    await expect(stage.get_by_role("heading", name="My three circles")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(stage.get_by_text("2 of 2")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(stage).to_be_hidden()
    await expect(page.get_by_role("button", name="Show large")).to_be_focused()

    await page.keyboard.press("Enter")
    await stage.get_by_role("button", name="Next").click()
    await expect(stage).to_contain_text("marmalade")
    await stage.get_by_role("button", name="Previous").click()
    await expect(stage).to_contain_text("quince")
    await stage.get_by_role("button", name="Close").click()
    await expect(stage).to_be_hidden()


async def test_notes_that_are_shown_again_at_once_stay_while_the_browser_still_leaves_full_screen(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    await page.evaluate(
        """() => {
          const exit = document.exitFullscreen.bind(document);
          const held = new Promise((go) => (window.leaveNow = go));
          document.exitFullscreen = () => held.then(exit);
          window.changes = 0;
          document.addEventListener("fullscreenchange", () => (window.changes += 1));
        }"""
    )
    await page.get_by_role("button", name="Show large").click()
    await until(page, "window.changes === 1")
    await page.get_by_role("button", name="Close").click()
    await page.get_by_role("button", name="Show large").click()
    await expect(page.get_by_role("dialog")).to_contain_text("quince")

    await page.evaluate("window.leaveNow()")

    # It left, and entered again.
    await until(page, "window.changes === 3")
    await expect(page.get_by_role("dialog")).to_contain_text("quince")


async def test_in_arabic_the_other_arrow_goes_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server, "ar")
    await page.locator("[data-show]").click()
    await expect(page.get_by_role("dialog")).to_contain_text("quince")

    await page.keyboard.press("ArrowLeft")

    await expect(page.get_by_role("dialog")).to_contain_text("marmalade")


async def test_the_eye_is_within_reach_while_notes_are_shown(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    await page.get_by_role("button", name="Show large").click()

    await page.get_by_role("dialog").get_by_role("button", name="Hide this page").click()

    await expect(page).to_have_url(f"{shared_server.url}/en/hidden")


async def test_paper_has_what_was_chosen_and_nothing_of_the_app(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    await expect(page.locator("[data-paper] article")).to_have_count(2)

    await page.emulate_media(media="print")

    main = page.locator("main")
    for words in ("My notes, ", "marmalade", "quince", QUESTION):
        await expect(main.get_by_text(words).first).to_be_visible()
    for words in ("rhubarb", "Compassion", "Hearth", "For my appointment", "Show large"):
        assert await page.locator("body").get_by_text(words).filter(visible=True).count() == 0


async def test_paper_says_that_nothing_is_chosen(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    on_paper = page.get_by_text("Nothing is chosen yet. Choose on the screen first")
    await page.emulate_media(media="print")
    await expect(on_paper).to_be_hidden()
    await page.emulate_media(media="screen")

    await page.get_by_role("button", name="Choose none").click()

    await expect(page.locator("[data-paper] article")).to_have_count(0)
    await expect(on_paper).to_be_hidden()
    await page.emulate_media(media="print")
    await expect(on_paper).to_be_visible()
    await expect(page.get_by_role("heading", name="My notes")).to_be_visible()


async def test_a_letter_is_shown_and_printed_as_a_letter(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(await open_phone(), shared_server, "notes/appointment", LETTER)

    await page.get_by_role("checkbox").check()

    paper = page.locator("[data-paper] article")
    await expect(paper).to_have_count(1)
    assert await paper.locator("> .said").all_text_contents() == LETTER_LINES
    await page.get_by_role("button", name="Show large").click()
    stage = page.get_by_role("dialog")
    await expect(stage.get_by_role("heading", name="About this letter")).to_be_visible()
    assert await stage.locator(".read > .said").all_inner_texts() == LETTER_LINES
    await expect(stage).not_to_contain_text("What hurts?")


async def test_what_is_not_chosen_any_more_leaves_the_paper_and_comes_back_by_undo(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)

    await page.get_by_role("button", name="Choose none").click()

    await expect(page.get_by_text("Nothing chosen yet.")).to_be_visible()
    await expect(page.locator("[data-paper] article")).to_have_count(0)
    await expect(page.get_by_role("button", name="Show large")).to_be_hidden()
    await expect(page.get_by_role("checkbox").first).to_be_focused()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("2 notes chosen")).to_be_visible()
    await expect(page.locator("[data-paper] article")).to_have_count(2)


async def test_choosing_keeps_the_keyboard_where_it_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    box = page.get_by_role("checkbox").nth(1)
    await box.focus()

    await page.keyboard.press("Space")

    await expect(page.get_by_text("3 notes chosen")).to_be_visible()
    await expect(page.locator("[data-paper] article")).to_have_count(3)
    await expect(box).to_be_focused()


async def test_quick_taps_are_all_kept(shared_server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    page = await choose_two(phone, shared_server)

    checked = await page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll("[data-choices] input")];
            for (const at of [1, 0, 2, 0, 1, 1]) boxes[at].click();
            return boxes.map(({ checked }) => checked);
        }"""
    )

    await expect(page.locator("[data-paper] article")).to_have_count(2)
    page = await open_appointment(phone, shared_server)
    await expect(page.get_by_text("2 notes chosen")).to_be_visible()
    assert checked == [True, True, False]
    # The last tap may not be stored yet.
    for number, is_chosen in enumerate(checked):
        await expect(page.get_by_role("checkbox").nth(number)).to_be_checked(checked=is_chosen)


async def test_what_was_searched_can_be_chosen_and_stays(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await choose_two(await open_phone(), shared_server)
    await page.get_by_label("Search what I’ve written").fill("RHUB")
    await expect(page.locator("mark")).to_have_text("rhub")
    await page.get_by_role("checkbox").check()

    await page.get_by_label("Search what I’ve written").press("Escape")

    await expect(page.get_by_role("checkbox")).to_have_count(3)
    await expect(page.get_by_text("3 notes chosen")).to_be_visible()


async def test_a_note_is_chosen_from_the_list_of_notes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await notes_with(await open_phone(), shared_server, "marmalade")
    await page.locator("[data-more]").click()
    button = page.get_by_role("button", name="For my appointment")
    await expect(button).to_have_attribute("aria-pressed", "false")

    await button.click()

    await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text("Chosen for your appointment.")).to_be_visible()
    await page.goto(f"{shared_server.url}/en/notes/appointment")
    await expect(page.get_by_text("1 note chosen")).to_be_visible()


async def test_a_deleted_note_is_not_shown(shared_server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    page = await choose_two(phone, shared_server)
    notes = await open_notes(phone, shared_server)
    await notes.locator("[data-more]").first.click()
    await notes.get_by_role("button", name="Delete").first.click()

    await expect(page.get_by_text("1 note chosen")).to_be_visible()
    await page.get_by_role("button", name="Show large").click()

    await expect(page.get_by_role("dialog")).to_contain_text("marmalade")
    await expect(page.get_by_role("dialog").get_by_text("1 of 1")).to_be_visible()


async def test_two_choices_that_were_made_apart_are_one(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await choose_two(phone, shared_server)
    (middle_id,) = [
        (await box.get_attribute("id") or "").removeprefix("choose-")
        for box in (await page.get_by_role("checkbox").all())[1:2]
    ]
    await put_entry(page, "appointment", {"notes": [middle_id]})

    page = await open_appointment(phone, shared_server)

    await expect(page.get_by_text("3 notes chosen")).to_be_visible()


async def test_the_choice_comes_back_with_the_backup(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, other = await open_phone(), await open_phone()
    await choose_two(phone, shared_server)
    page = await open_backup(phone, shared_server)
    words = await turn_on_backup(page)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()

    page = await open_backup(other, shared_server)
    await restore(page, " ".join(words))
    await expect(page.get_by_text("notes are back.")).to_be_visible()

    await page.goto(f"{shared_server.url}/en/notes/appointment")
    await expect(page.get_by_text("2 notes chosen")).to_be_visible()


async def test_without_a_note_the_page_says_where_to_begin(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await open_appointment(await open_phone(), shared_server)

    await expect(page.get_by_role("link", name="Choose a worksheet")).to_be_visible()


@in_every_look
async def test_axe_finds_nothing_while_choosing_and_showing(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await open_phone(color_scheme=scheme, viewport=NARROW)
    page = await choose_two(phone, shared_server, locale)
    await expect(page.locator("[data-paper] article")).to_have_count(2)
    await expect(page.locator("[data-show]")).to_be_visible()
    await expect_narrow_and_accessible(page)

    await page.locator("[data-show]").click()
    await expect(page.get_by_role("dialog")).to_contain_text("quince")

    assert await violations(page) == []
