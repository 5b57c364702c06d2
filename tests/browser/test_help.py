"""Help: who to call is in sight and one tap away, the client's own people too."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.acts import (
    open_backup,
    page_of,
    restore,
    see_backed_up,
    told,
    turned_on,
)
from tests.browser.conftest import DIRECTIONS, OpenPhone, ready_for_flight, violations
from tests.browser.locking import set_lock, type_pin
from tests.server import Server

pytestmark = pytest.mark.browser
NAME = "My sister, evenings"
NUMBER = "07700 900123"


@pytest.mark.parametrize("height", [740, 640])
@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_the_emergency_number_is_in_sight_on_help(
    shared_server: Server, open_phone: OpenPhone, locale: str, height: int
) -> None:
    phone = await open_phone(viewport={"width": 360, "height": height})
    page = await page_of(phone, shared_server, "", locale)

    await page.locator(".bar a").last.click()

    line = page.locator("main a.row[href='tel:999']")
    await expect(line).to_be_visible()
    row, bar = await line.bounding_box(), await page.locator(".bar").bounding_box()
    assert row
    assert bar
    assert row["y"] + row["height"] <= bar["y"]


async def test_the_first_row_says_when_to_call_and_the_next_words_name_suicide(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "help")

    first = page.locator("main a.row").first
    await expect(first).to_have_attribute("href", "tel:999")
    await expect(first).to_contain_text("If you’ve hurt yourself or taken something: call 999 now")
    await expect(page.get_by_text("If you’re thinking about suicide")).to_be_visible()
    await expect(page.locator("main a[href='tel:08082000247']")).to_contain_text("Domestic Abuse")


async def test_other_ways_to_reach_help_open_without_scripts(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await (await open_phone(java_script_enabled=False)).new_page()
    await page.goto(f"{shared_server.url}/en/help")
    ways = page.locator(".other-ways")
    await expect(ways.get_by_text("press 55")).to_be_hidden()

    await ways.locator("summary").click()

    await expect(ways.get_by_text("press 55")).to_be_visible()
    await expect(ways.get_by_role("link", name="999bsl.co.uk")).to_be_visible()
    await expect(ways.get_by_role("link", name="Text register to 999")).to_be_visible()


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_help_is_accessible_with_the_other_ways_open(
    shared_server: Server, open_phone: OpenPhone, locale: str
) -> None:
    phone = await open_phone(viewport={"width": 360, "height": 740})
    page = await page_of(phone, shared_server, "help", locale)

    await page.locator(".other-ways summary").click()

    await expect(page.locator(".other-ways h3").last).to_be_visible()
    assert await violations(page) == []
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    scroll, inner = await page.evaluate(widths)
    assert scroll <= inner


async def test_the_safety_plan_is_one_tap_away_on_help(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "help")

    await page.locator("main a[href$='/worksheets/my-safety-plan']").click()

    await expect(page).to_have_url(f"{shared_server.url}/en/worksheets/my-safety-plan")


def people(page: Page) -> Locator:
    return page.locator("[data-people] a")


async def fill(page: Page, name: str = NAME, number: str = NUMBER) -> None:
    await page.get_by_label("Who is it?").fill(name)
    await page.get_by_label("Phone number").fill(number)
    await page.get_by_label("Phone number").press("Enter")


async def with_sister(phone: BrowserContext, server: Server) -> Page:
    page = await page_of(phone, server, "help")
    await page.get_by_role("button", name="Add someone").click()
    await fill(page)
    await expect(people(page)).to_have_count(1)
    return page


async def test_somebody_of_ones_own_is_added_and_called_with_one_tap(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await with_sister(phone, shared_server)

    await expect(people(page)).to_be_focused()
    await page.reload()

    await expect(people(page)).to_have_attribute("href", "tel:07700900123")
    await expect(people(page)).to_contain_text(NAME)
    await expect(people(page)).to_contain_text(NUMBER)
    assert await violations(page) == []


async def test_a_number_that_cannot_be_called_is_explained_in_plain_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "help")
    await page.get_by_role("button", name="Add someone").click()

    await fill(page, "", "call me")

    summary = page.locator(".people .nhsuk-error-summary")
    await expect(summary).to_be_focused()
    await expect(summary.get_by_role("link")).to_have_text(
        [
            "Say who this is: a name, or a word of your own.",
            "A phone number has only digits and spaces, and perhaps a + at the start.",
        ]
    )
    assert await violations(page) == []
    await fill(page, "Anna", "+49 (0)30 901820")
    await expect(people(page)).to_have_attribute("href", "tel:+4930901820")


async def test_people_are_moved_changed_taken_away_and_brought_back(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await with_sister(await open_phone(), shared_server)
    await page.get_by_role("button", name="Edit this list").click()
    await page.get_by_role("button", name="Add someone").last.click()
    await fill(page, "Sam", "111")

    up = page.get_by_role("button", name="Move up: Sam")
    await up.press("Enter")
    await expect(page.locator(".people [data-told]")).to_have_text("Sam is now number 1.")
    await page.get_by_role("button", name="Change: Sam").click()
    await fill(page, "Sam, any time", "112")
    await page.get_by_role("button", name=f"Remove: {NAME}").click()
    await expect(people(page)).to_have_count(1)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("button", name=f"Remove: {NAME}")).to_be_focused()
    await page.get_by_role("button", name="Done").first.click()

    await expect(people(page)).to_have_count(2)
    await expect(people(page).first).to_contain_text("Sam, any time")
    await expect(people(page).first).to_have_attribute("href", "tel:112")
    await expect(people(page).last).to_contain_text(NAME)


async def test_behind_the_lock_people_show_only_if_the_client_says_so(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    await (await with_sister(phone, shared_server)).close()
    await (await set_lock(phone, shared_server)).close()
    page = await page_of(phone, shared_server, "help")
    await expect(page.locator("[data-nobody]")).to_be_visible()
    await expect(people(page)).to_have_count(0)

    await page.get_by_role("button", name="Open the lock").click()
    await type_pin(page)
    await expect(people(page)).to_have_count(1)
    await page.get_by_role("button", name="Edit this list").click()
    await page.get_by_label("Show my people without unlocking").check()
    await page.close()

    page = await page_of(phone, shared_server, "help")
    await expect(people(page)).to_have_attribute("href", "tel:07700900123")
    # Somebody who hid the app may need to call.
    await page.get_by_role("link", name="Hide this page").click()
    await page.wait_for_url("**/hidden")
    page = await page_of(phone, shared_server, "help")
    await expect(people(page)).to_have_count(1)


async def test_people_come_back_with_the_backup(server: Server, open_phone: OpenPhone) -> None:
    first, second = await open_phone(), await open_phone()
    await (await with_sister(first, server)).close()
    page, words = await turned_on(first, server)
    await see_backed_up(page, server)

    page = await open_backup(second, server)
    await restore(page, " ".join(words))
    await told(page, "What you had chosen is back.")

    page = await page_of(second, server, "help")
    await expect(people(page)).to_have_attribute("href", "tel:07700900123")


@pytest.mark.flight
async def test_people_are_there_offline(shared_server: Server, open_phone: OpenPhone) -> None:
    phone = await open_phone()
    page = await with_sister(phone, shared_server)
    await ready_for_flight(page)
    await phone.set_offline(True)

    await page.reload()

    await expect(people(page)).to_have_attribute("href", "tel:07700900123")
