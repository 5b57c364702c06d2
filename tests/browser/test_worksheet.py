"""Filling in a worksheet: every type of answer, step by step, by keyboard, on any screen."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.acts import IS_STORED, idle, note_idle
from tests.browser.conftest import (
    WIDE,
    OpenPhone,
    in_every_look,
    ready_for_flight,
    until,
    violations,
)
from tests.browser.kept import answered, page_with
from tests.browser.writing import (
    EVERYTHING,
    TRIGGERS,
    WORDS,
    answers,
    begun,
    fill_everything,
    is_ready,
    is_saved,
    opened,
    reload,
    set_slider,
)
from tests.server import Server

pytestmark = pytest.mark.browser


async def test_every_type_of_answer_is_there_after_a_reload(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    await fill_everything(page)

    await reload(page)

    assert await answers(page) == EVERYTHING
    await expect(page.locator("#answer-threat_size")).to_have_value("7")
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    assert await page.locator("input:checked:not([name=words])").count() == 4


async def test_what_was_written_is_shared_three_taps_from_home(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    phone = await open_phone()
    await phone.add_init_script("navigator.share = async (data) => { window.shared = data; };")
    page = await page_with(phone, shared_server, "", answered("marmalade"))

    await page.locator(".bar").get_by_role("link", name="Write").click()
    await page.get_by_role("link", name="My three circles").click()
    await page.get_by_role("button", name="Share").click()

    shared = await page.evaluate("window.shared")
    assert shared["title"] == "My three circles"
    assert shared["text"] == "My three circles\n\nWhat sets it off?\nmarmalade"


async def test_an_empty_worksheet_has_nothing_to_share(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    phone = await open_phone()
    await phone.add_init_script("navigator.share = async () => {};")
    page = await opened(phone, shared_server)
    await is_ready(page)

    await expect(page.get_by_role("button", name="Share")).to_be_hidden()


async def test_an_answer_of_each_type_can_be_taken_away_again(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    await page.click("[data-today]")
    await page.check("input[value=settled]")
    await page.locator("[data-field=day] [data-clear]").click()
    await page.locator("[data-field=right_now] [data-clear]").click()
    await page.click("[data-next]")
    await set_slider(page, "threat_size", 3)
    await page.locator("[data-field=threat_size] [data-clear]").click()
    await page.click("[data-back]")
    await until(page, IS_STORED)
    await reload(page)

    assert await answers(page) == []
    await expect(page.locator("#answer-threat_size")).to_have_attribute("aria-valuetext", "Not set")


async def test_a_year_of_two_digits_is_asked_about_and_kept_until_the_reader_answers(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    field = page.locator("[data-field=day]")
    day, asked = field.locator("input"), field.locator("[data-year]")
    # In the browser's own order: month, day, year.
    await day.press_sequentially("01052026")
    await expect(day).to_have_value("2026-01-05")
    await page.keyboard.press("Tab")
    await expect(asked).to_be_hidden()
    await day.press_sequentially("010526")
    await expect(asked).to_be_hidden()
    await page.locator("input[value=settled]").focus()
    await expect(asked).to_contain_text("Do you mean 5 January 2026?")
    await is_saved(page)

    await reload(page)

    await expect(day).to_have_value("0026-01-05")
    await expect(field.locator(".printed")).not_to_contain_text("1926")
    assert await violations(page) == []
    await asked.get_by_role("button", name="Yes").click()
    await expect(day).to_be_focused()
    await expect(asked).to_be_hidden()
    await is_saved(page)
    await reload(page)
    await expect(day).to_have_value("2026-01-05")
    await expect(field.locator(".printed")).to_have_text("5 January 2026")


async def test_one_line_of_text_grows_with_an_ordinary_sentence(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    field = page.locator("#answer-step")
    is_whole = "(field) => field.scrollHeight <= field.clientHeight"
    before = await field.bounding_box()

    await field.fill("I’ll put both feet on the floor and look at the tree outside the window.")

    after = await field.bounding_box()
    assert before
    assert after
    assert before["height"] < 60
    assert after["height"] > before["height"] + 20
    assert await field.evaluate(is_whole)
    await field.press("End")
    await page.keyboard.press("Enter")
    await page.keyboard.insert_text("And\nbreathe.")
    await expect(field).to_have_value(
        "I’ll put both feet on the floor and look at the tree outside the window.And breathe."
    )


async def test_a_slider_is_not_set_before_it_is_moved_and_can_be_set_to_its_lowest(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=threat")
    slider = page.locator("#answer-threat_size")
    output = page.locator("[data-field=threat_size] output")
    await expect(slider).to_have_attribute("aria-valuetext", "Not set")

    await slider.press("Enter")

    await expect(slider).to_have_attribute("aria-valuetext", "0 of 10")
    await expect(output).to_have_text("0 of 10")


async def test_the_circles_grow_with_their_sliders_and_their_description_follows(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=threat")
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


async def test_an_item_of_a_group_comes_back_with_undo(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    for words in ("The bus", "The phone"):
        await page.click("[data-add]")
        await page.keyboard.type(words)
    await page.get_by_role("button", name="Remove this one").first.click()
    await expect(page.get_by_label("What happened?")).to_have_count(1)

    await page.get_by_role("button", name="Undo").click()

    inputs = page.get_by_label("What happened?")
    await expect(inputs).to_have_count(2)
    assert [await inputs.nth(index).input_value() for index in range(2)] == ["The bus", "The phone"]
    assert await page.locator("[data-number]:not(tspan)").all_text_contents() == [
        "Number 1",
        "Number 2",
    ]


async def test_the_items_of_a_group_are_put_in_order_by_keyboard(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    for words in ("one", "two", "three"):
        await page.click("[data-add]")
        await page.keyboard.type(words)
    inputs = page.get_by_label("What happened?")
    up_buttons = page.get_by_role("button", name="Move up")
    await up_buttons.nth(2).focus()

    await page.keyboard.press("Enter")
    await expect(up_buttons.nth(1)).to_be_focused()
    await expect(page.locator("[data-moved]")).to_have_text("Now number 2 of 3.")
    for _ in range(2):
        await page.keyboard.press("Enter")
    await expect(up_buttons.first).to_be_focused()
    await expect(up_buttons.first).to_have_attribute("aria-disabled", "true")
    await is_saved(page)
    await reload(page)

    assert [await inputs.nth(index).input_value() for index in range(3)] == ["three", "one", "two"]


async def test_on_a_phone_steps_follow_each_other_and_back_goes_one_back(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
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
    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)


async def test_all_steps_stand_on_one_page_when_it_is_wide_or_wanted(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    sections = page.locator("[data-step]:visible")
    await expect(sections).to_have_count(1)

    await page.get_by_role("button", name="Show all steps").click()
    await expect(sections).to_have_count(5)
    await reload(page)
    await expect(sections).to_have_count(5)
    await page.get_by_role("button", name="One step at a time").click()
    await expect(sections).to_have_count(1)
    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    await expect(sections).to_have_count(5)
    await page.mouse.wheel(0, 2500)
    await expect(page.locator("[data-picture]")).to_be_in_viewport()


async def test_the_end_says_where_the_words_are_only_if_there_are_any(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    await page.click("[data-finish]")
    await expect(page.get_by_role("heading", name="That’s everything")).to_be_focused()
    await page.click("[data-back]")

    await page.fill("#answer-step", "Feet on the floor.")
    await page.click("[data-finish]")

    await expect(page.get_by_role("heading", name="Thank you for writing")).to_be_focused()


async def test_the_end_shows_the_next_step_again_and_where_to_go_from_here(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=together")
    await page.fill("#answer-step", "Feet on the floor.")
    await page.click("[data-finish]")

    await expect(page.locator("[data-chosen-step]")).to_contain_text("Feet on the floor.")
    await expect(page.get_by_role("link", name="Settle for 2 minutes")).to_be_visible()
    button = page.get_by_role("button", name="Take to my appointment")
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text("Chosen for your appointment.")).to_be_visible()
    assert await violations(page) == []
    await page.click("[data-back]")
    await page.click("[data-finish]")
    await expect(button).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("link", name="Read what I wrote").click()
    await expect(page.locator(".note-text")).to_contain_text("Feet on the floor.")
    await expect(button).to_have_attribute("aria-pressed", "true")


async def test_no_word_of_an_answer_is_ever_sent(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(f"{request.url} {request.post_data}"))
    page = await opened(context, shared_server, "#step=threat")

    await page.fill(TRIGGERS, "lemonbalm")
    await page.keyboard.press("Enter")
    await page.fill("#answer-threat_thoughts", "lemonbalm")
    await is_saved(page)
    await reload(page)

    assert requests
    assert not [request for request in requests if "lemonbalm" in request or "e=" in request]


# Returns the start of the focused element's HTML if the save line covers it, otherwise null.
COVERED = """() => {
    const field = document.activeElement.getBoundingClientRect();
    const line = document.querySelector("[data-save-line]").getBoundingClientRect();
    return field.bottom > line.top && field.top < line.bottom
        ? document.activeElement.outerHTML.slice(0, 80) : null;
}"""


async def test_the_save_line_never_covers_what_has_the_keyboard(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await begun(await open_phone(), shared_server)
    await page.get_by_role("heading", name="Threat").focus()
    covered = []
    for _ in range(24):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.closest('.section') !== null"):
            covered.append(await page.evaluate(COVERED))

    assert len(covered) > 12
    assert [html for html in covered if html] == []


async def test_a_worksheet_can_be_filled_in_by_keyboard_alone(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#step=threat")
    await page.get_by_role("heading", name="Threat").focus()
    for key in ("Tab", "ArrowRight", "ArrowRight", "Tab", "Tab", *"tea", "Tab"):
        await page.keyboard.press(key)
    # Skip the example and the guidance, which are closed.
    while await page.evaluate("document.activeElement.tagName") == "SUMMARY":
        await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await is_saved(page)

    assert await answers(page) == ["2 of 10", "tea", "Afraid"]


@in_every_look
async def test_axe_finds_nothing_on_any_step_of_a_filled_worksheet(
    open_phone: OpenPhone, shared_server: Server, locale: str, scheme: str
) -> None:
    context = await open_phone(color_scheme=scheme, reduced_motion="reduce")
    page = await opened(context, shared_server, locale=locale)
    await page.click("[data-today]")
    all_violations = await violations(page)
    for _ in range(4):
        await page.click("[data-next]")
        for slider in await page.locator(".range:visible").all():
            await slider.press("ArrowUp")
        all_violations += await violations(page)
    await page.click("[data-add]")
    await page.keyboard.type("x")
    await page.locator(".example > summary:visible").first.click()
    await expect_saved_in_any_language(page)
    all_violations += await violations(page)
    await page.click("[data-finish]")
    all_violations += await violations(page)
    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    all_violations += await violations(page)

    assert all_violations == []


async def expect_saved_in_any_language(page: Page) -> None:
    await expect(page.locator("[data-save-line][data-state=saved]")).to_be_visible()


async def test_a_small_phone_with_large_text_needs_no_scrolling_sideways(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone(viewport={"width": 320, "height": 640})
    page = await opened(context, shared_server, "#step=together")
    await page.click("[data-add]")
    await page.keyboard.type("words" * 30)
    await is_saved(page)
    widths = []
    for size in ("100%", "200%"):
        await page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        widths.append(await page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [320, 320]


async def test_home_offers_to_carry_on_and_a_finished_worksheet_is_left_in_peace(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    home = await context.new_page()
    await home.goto(f"{shared_server.url}/en/")
    card = home.locator("[data-module=continue]")
    await expect(card).to_contain_text("Write something down")
    await begun(context, shared_server)

    await home.reload()
    await expect(card).to_contain_text("Carry on writing")
    await expect(card).to_contain_text("My three circles, begun today")
    await card.get_by_role("link").click()
    await is_ready(home)
    assert WORDS in await answers(home)
    new_sheet = await opened(context, shared_server)
    await expect(new_sheet.get_by_role("link", name="Carry on with what you began")).to_be_visible()
    await home.goto(home.url + "&step=together")
    await reload(home)
    await home.click("[data-finish]")
    await expect(home.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    await home.goto(f"{shared_server.url}/en/")

    await expect(card).to_contain_text("Write something down")


async def test_a_first_visit_loads_no_cryptography(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    # With a service worker, a page fetches every script of the app.
    page = await (await open_phone(service_workers="block")).new_page()
    await note_idle(page)
    requested = set()
    page.on("request", lambda request: requested.add(request.url))
    for path in ("", "help"):
        await page.goto(f"{shared_server.url}/en/{path}")
        await idle(page)

    addresses = [address for address in requested if address.endswith(".js")]
    scripts = {address: await (await page.request.get(address)).text() for address in addresses}
    assert scripts
    assert [address for address, script in scripts.items() if "AES-GCM" in script] == []


@pytest.mark.flight
async def test_my_own_kind_words_are_kept_and_there_offline(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await (await open_phone()).new_page()
    await page.goto(f"{server.url}/en/help")
    await page.get_by_role("button", name="Write my words").click()
    await expect(page.get_by_label("My own kind words")).to_be_focused()
    await page.keyboard.type("This is a wave.\nIt has passed before.")
    await is_saved(page)
    await page.get_by_role("button", name="Done").click()
    await ready_for_flight(page)
    server.stop()

    await page.reload()

    kind_words = page.locator("[data-said]")
    await expect(kind_words).to_have_text("This is a wave.\nIt has passed before.")
    await page.get_by_role("button", name="Change").click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" Text Sam.")
    await page.get_by_role("button", name="Done").click()
    await expect(kind_words).to_be_visible()
    await expect(kind_words).to_have_text("This is a wave.\nIt has passed before. Text Sam.")
    await page.reload()
    await expect(kind_words).to_contain_text("Text Sam.")
    assert await violations(page) == []


async def test_an_entry_that_is_not_here_leaves_a_fresh_sheet(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server, "#e=N5TFIggAbWsa8MDL1iVlig&step=threat")

    await expect(page.get_by_text("This note is not on this phone.")).to_be_visible()
    await page.fill(TRIGGERS, WORDS)
    await is_saved(page)
    assert "N5TFIggAbWsa8MDL1iVlig" not in page.url
