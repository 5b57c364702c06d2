"""The lock: the app asks for a PIN before it shows anything that the user wrote."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.acts import (
    QUESTION,
    STEP,
    held_back,
    page_of,
    problem,
    stop_time,
    told,
    turned_on,
)
from tests.browser.conftest import DIRECTIONS, THEMES, OpenPhone, ready_for_flight, violations
from tests.browser.kept import answered, keep_entries, vault_address
from tests.browser.locking import (
    LOCKED,
    PIN,
    expect_locked,
    keys_in_storage,
    locked_phone,
    put_lock,
    set_lock,
    type_pin,
)
from tests.server import Server

pytestmark = pytest.mark.browser

# On the help page, two components read entries: the kind words, and the one with this script. A
# service worker would serve the script from its cache, so tests that intercept it block workers.
CHOICES_SCRIPT = "**/static/js/chosen-entry-*"


def open_lock_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Open the lock")


async def test_a_pin_is_asked_in_every_new_page_and_opens_the_notes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)

    notes = await page_of(phone, shared_server, "notes/")

    await expect_locked(notes)
    assert await keys_in_storage(notes) == [["wrapped"]]
    await type_pin(notes)
    await expect(notes.locator(".entry")).to_have_count(1)
    await notes.reload()
    await expect_locked(notes)


async def test_the_wrong_pin_says_so_kindly_and_after_some_tries_asks_for_patience(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    notes = await page_of(phone, shared_server, "notes/")
    for _ in range(5):
        await type_pin(notes, "000000")
        await expect(notes.get_by_role("alert").first).to_contain_text("That didn’t open it.")
        await expect(notes.get_by_role("button", name="Open", exact=True)).to_be_visible()
    await expect(notes.get_by_text("You can try again in")).to_be_visible()

    await notes.reload()

    await expect(notes.get_by_text("You can try again in")).to_be_visible()
    await type_pin(notes)
    await expect_locked(notes)


async def test_links_inside_the_app_do_not_ask_again(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    page = await page_of(phone, shared_server, "notes/")
    await type_pin(page)
    await expect(page.locator(".entry")).to_have_count(1)

    for name in ("Home", "Read", "Help", "Write"):
        await page.locator(".bar a").filter(has_text=name).click()
    await page.get_by_role("main").get_by_role("link", name="My notes").click()

    await expect(page.locator(".entry")).to_have_count(1)


async def test_reading_listening_and_help_never_ask(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    page = await phone.new_page()

    for path in ("help", "", "learn/three-systems", "recordings/soothing-rhythm-breathing"):
        await page.goto(f"{shared_server.url}/en/{path}")
        await expect(page.locator("main h1")).to_be_visible()
        await expect(page.get_by_role("heading", name=LOCKED)).to_have_count(0)


async def test_from_a_page_that_does_not_ask_the_lock_can_be_opened(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(partial(open_phone, service_workers="block"), shared_server)
    # The lock uses the clock to decide whether a component reads entries by itself or after a tap.
    await stop_time(phone)
    page = await phone.new_page()
    release_script = await held_back(page, CHOICES_SCRIPT)
    await page.goto(f"{shared_server.url}/en/help")
    await expect(open_lock_button(page)).to_be_visible()
    # The user reads for a while, so the lock no longer treats the page as newly opened.
    await phone.clock.run_for(2_000)

    await open_lock_button(page).click()
    await expect(page.get_by_role("heading", name=LOCKED)).to_be_visible()
    release_script.set()
    await page.get_by_role("button", name="Not now").click()
    await expect(open_lock_button(page)).to_be_visible()
    # The lock waits 500 ms at most for the components to start.
    await phone.clock.run_for(500)
    await expect(page.get_by_role("heading", level=1, name="Help")).to_be_focused()
    # Open the vault, as a component does that reads entries only now. The last tap was for the page
    # and not for the entries.
    await page.evaluate("async (address) => void (await import(address)).vault()", vault_address())
    await expect(page.get_by_role("heading", level=1, name="Help")).to_be_focused()
    await open_lock_button(page).click()
    await type_pin(page)

    await expect(page.get_by_role("heading", level=1, name="Help")).to_be_focused()
    await expect(open_lock_button(page)).to_have_count(0)


async def test_another_tab_is_open_as_long_as_this_one_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, shared_server)
    first_tab = await page_of(phone, shared_server, "notes/")
    await type_pin(first_tab)
    await expect(first_tab.locator(".entry")).to_have_count(1)

    second_tab = await page_of(phone, shared_server, "notes/")

    await expect(second_tab.locator(".entry")).to_have_count(1)
    await first_tab.goto(f"{shared_server.url}/en/settings/lock")
    await first_tab.get_by_role("button", name="Lock now").click()
    await expect_locked(first_tab)
    await expect_locked(second_tab)


@pytest.mark.flight
async def test_the_twelve_words_open_what_a_forgotten_pin_keeps_shut(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await keep_entries(phone, server, answered("marmalade"))
    page, words = await turned_on(phone, server)
    await put_lock(page)
    await ready_for_flight(page)
    await page.close()
    server.stop()
    notes = await page_of(phone, server, "notes/")
    await notes.get_by_text("I’ve forgotten my PIN").click()
    await expect(notes.get_by_text("bring your notes back from the backup")).to_be_visible()

    await notes.locator("#phrase").fill(" ".join(["abandon"] * 11 + ["about"]))
    await notes.get_by_role("button", name="Open with the words").click()
    await expect(notes.get_by_text("These words belong to another phone.")).to_be_visible()
    await notes.locator("#phrase").fill(" ".join(words))
    await notes.get_by_role("button", name="Open with the words").click()

    await expect(notes.locator(".entry")).to_have_count(1)
    assert await keys_in_storage(notes) == [["secret"]]
    await notes.reload()
    await expect(notes.locator(".entry")).to_have_count(1)


@pytest.mark.flight
async def test_with_no_signal_the_lock_opens_and_who_forgot_the_pin_can_remove_everything(
    server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(open_phone, server)
    notes = await page_of(phone, server, "notes/")
    await ready_for_flight(notes)
    server.stop()

    await notes.reload()
    await expect_locked(notes)
    await type_pin(notes)
    await expect(notes.locator(".entry")).to_have_count(1)

    await notes.reload()
    await notes.get_by_text("I’ve forgotten my PIN").click()
    await notes.get_by_role("link", name="Remove everything from this phone").click()
    await notes.get_by_label("I understand that this can’t be undone").check()
    await notes.get_by_role("button", name="Remove everything").click()
    await expect(notes.get_by_role("heading", name="Everything has been removed")).to_be_visible()
    server.start()
    reopened = await page_of(phone, server, "notes/")
    await expect(reopened.get_by_role("heading", name=LOCKED)).to_have_count(0)
    assert await reopened.evaluate("localStorage.getItem('lock')") is None


async def test_it_is_changed_and_taken_away_only_by_who_knows_it(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await keep_entries(phone, shared_server, answered("marmalade"))
    page = await set_lock(phone, shared_server)
    await page.get_by_role("button", name="Change the PIN or passphrase").click()
    await page.get_by_label("Your current one").fill("000000")
    await page.get_by_label("A passphrase").check()
    await page.get_by_label("New passphrase").fill("short")
    await page.get_by_role("button", name="Change it").click()
    await expect(problem(page)).to_contain_text("eight letters or more")
    await page.get_by_label("New passphrase").fill("Pass word")
    await page.get_by_role("button", name="Change it").click()
    await expect(problem(page)).to_contain_text("People would try this one first.")
    await page.get_by_label("A six-digit PIN").check()
    await page.get_by_label("New PIN").fill("١٢٣٤٥٦")
    await page.get_by_role("button", name="Change it").click()
    await expect(problem(page)).to_contain_text("People would try this one first.")
    await page.get_by_label("A passphrase").check()
    await page.get_by_label("New passphrase").fill("correct horse")
    await page.get_by_label("The same again").fill("correct horse")
    await page.get_by_role("button", name="Change it").click()
    await expect(problem(page)).to_contain_text("That isn’t your current one.")
    await page.get_by_label("Your current one").fill(PIN)
    await page.get_by_role("button", name="Change it").click()
    await told(page, "The old one opens nothing.")
    await page.reload()
    await page.get_by_label("Your passphrase").fill("correct horse")
    await page.get_by_role("button", name="Open", exact=True).click()

    await page.get_by_role("button", name="Turn off the lock").click()
    await page.get_by_label("Your current one").fill("correct horse")
    await page.get_by_role("button", name="Turn it off").click()

    await told(page, "The lock is off.")
    assert await keys_in_storage(page) == [["secret"]]
    await page.goto(f"{shared_server.url}/en/notes/")
    await expect(page.locator(".entry")).to_have_count(1)


async def test_a_tab_that_was_open_when_the_pin_was_set_goes_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    writing = await page_of(phone, shared_server, f"worksheets/three-circles#{STEP}")
    await writing.get_by_label(QUESTION).fill("marmalade")
    await expect(writing.locator("[data-save-line]")).to_contain_text("Saved on this phone")

    page = await set_lock(phone, shared_server)
    await writing.get_by_label(QUESTION).fill("marmalade on toast")

    await expect(writing.locator("[data-save-line]")).to_contain_text("Saved on this phone")
    await page.get_by_role("button", name="Lock now").click()
    await expect_locked(writing)


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_axe_finds_nothing_in_the_lock(
    shared_server: Server, open_phone: OpenPhone, locale: str
) -> None:
    phone = await open_phone(reduced_motion="reduce")
    page = await set_lock(phone, shared_server, locale=locale)
    all_violations: list[str] = []

    async def check_in_each_theme() -> None:
        for theme in THEMES:
            await page.emulate_media(color_scheme=theme)
            all_violations.extend(f"{theme}: {violation}" for violation in await violations(page))

    await check_in_each_theme()
    for action in ("change", "remove"):
        await page.locator(f"[data-do={action}]").click()
        await page.locator(".nhsuk-button[type=submit]").click()
        await expect(problem(page)).to_be_visible()
        await check_in_each_theme()
        await page.locator("[data-do=back]").click()
    await page.locator("[data-do=close]").click()
    await expect(page.locator("#lock-pin")).to_be_focused()
    await page.locator("summary").click()
    await check_in_each_theme()

    assert all_violations == []


async def test_the_arabic_digits_are_the_same_pin(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await set_lock(phone, shared_server, locale="ar")
    await page.reload()

    await page.locator("#lock-pin").fill("٢٧١٨٢٨")
    await page.locator("#lock-pin").press("Enter")

    await expect(page.locator("[data-do=close]")).to_be_visible()


async def test_who_taps_for_their_kind_words_is_asked_for_the_pin(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone, _ = await locked_phone(partial(open_phone, service_workers="block"), shared_server)
    await stop_time(phone)
    page = await phone.new_page()
    # Block the other component. It reads entries at a time of its own, and after 1,500 ms the lock
    # could take that for a tap.
    await page.route(CHOICES_SCRIPT, lambda route: route.abort())
    await page.goto(f"{shared_server.url}/en/help")
    await expect(page.get_by_text("What you wrote is locked.")).to_be_visible()
    # During the first 1,500 ms of a page, the lock assumes that nobody has tapped.
    await phone.clock.run_for(1_500)

    await page.get_by_role("button", name="Write my words").click()

    await expect_locked(page)


@pytest.mark.flight
async def test_while_it_is_closed_the_rest_of_the_app_goes_on(
    server: Server, open_phone: OpenPhone
) -> None:
    # The service worker isn't installed yet, and nothing is cached.
    phone, _ = await locked_phone(open_phone, server)

    page = await page_of(phone, server, "help")

    await expect(page.get_by_text("What you wrote is locked.")).to_be_visible()
    await ready_for_flight(page)
    await page.goto(f"{server.url}/en/settings/storage")
    await expect(page.get_by_text("Locked", exact=True)).to_be_visible()
