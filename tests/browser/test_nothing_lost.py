"""Nothing that the user writes is lost, and the app says where the text is stored."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import OpenPhone, ready_for_flight, violations
from tests.browser.writing import (
    SAVED,
    TRIGGERS,
    WORDS,
    begun,
    is_ready,
    is_saved,
    opened,
    reload,
)
from tests.server import Server

pytestmark = pytest.mark.browser


async def test_the_last_words_are_stored_when_somebody_goes_to_another_page_at_once(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await begun(await open_phone(), shared_server, "first")
    url = page.url
    # Type and leave in one script, faster than any person.
    await page.evaluate(
        """(selector) => {
            document.querySelector(selector).value = "last words";
            document.querySelector(selector).dispatchEvent(new Event("input", { bubbles: true }));
            document.querySelector(".bar a").click();
        }""",
        TRIGGERS,
    )
    await page.wait_for_url(f"{shared_server.url}/en/")
    await page.goto(url)
    await is_ready(page)

    await expect(page.locator(TRIGGERS)).to_have_value("last words")


@pytest.mark.flight
async def test_writing_goes_on_with_the_server_stopped(
    open_phone: OpenPhone, server: Server
) -> None:
    page = await begun(await open_phone(), server, "before")
    await ready_for_flight(page)
    server.stop()

    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value("before")
    await page.fill(TRIGGERS, "in the tunnel")
    await is_saved(page)
    await reload(page)

    await expect(page.locator(TRIGGERS)).to_have_value("in the tunnel")


async def open_two_tabs(
    context: BrowserContext, server: Server, words: str = WORDS
) -> tuple[Page, Page]:
    """Open two tabs with the same entry, which contains these words."""
    first_tab = await begun(context, server, words)
    second_tab = await context.new_page()
    await second_tab.goto(first_tab.url)
    await is_ready(second_tab)
    return first_tab, second_tab


async def test_two_tabs_on_one_entry_follow_each_other(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    first_tab, second_tab = await open_two_tabs(await open_phone(), shared_server)

    await second_tab.locator("#answer-threat_thoughts").fill("They are going to find out.")

    await expect(first_tab.locator("#answer-threat_thoughts")).to_have_value(
        "They are going to find out."
    )
    await expect(first_tab.locator(TRIGGERS)).to_have_value(WORDS)


async def test_two_versions_of_an_answer_are_shown_and_nothing_is_chosen_silently(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    first_tab, second_tab = await open_two_tabs(await open_phone(), shared_server, "first")
    # Both tabs type before either stores its text, so neither knows of the other's text.
    await asyncio.gather(first_tab.fill(TRIGGERS, "tea"), second_tab.fill(TRIGGERS, "the dog"))
    await first_tab.locator("#answer-threat_thoughts").focus()

    versions = first_tab.locator(".versions")
    await expect(versions.locator(".said")).to_have_count(2)
    texts = await versions.locator(".said").all_text_contents()
    assert await violations(first_tab) == []
    await first_tab.get_by_role("button", name="Keep both").click()
    await expect(first_tab.locator(TRIGGERS)).to_have_value("\n\n".join(texts))
    await first_tab.get_by_role("button", name="Undo").click()
    await expect(versions.locator(".said")).to_have_count(2)
    await versions.get_by_role("button", name="Keep this one").first.click()

    await expect(versions).to_have_count(0)
    assert await first_tab.input_value(TRIGGERS) in {"tea", "the dog"}
    assert set(texts) == {"tea", "the dog"}


async def test_a_browser_that_refuses_storage_says_so_before_much_is_written(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    await context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    page = await opened(context, shared_server, "#step=threat")

    await page.focus(TRIGGERS)

    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text("This browser can’t keep your words.")
    await page.fill(TRIGGERS, WORDS)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy my words").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == f"My three circles\n\nWhat sets it off?\n{WORDS}"


async def test_a_phone_without_room_says_so_and_saves_once_there_is_room(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    page = await opened(context, shared_server, "#step=threat")
    await page.evaluate(
        """() => {
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function () {
                throw new DOMException("full", "QuotaExceededError");
            };
            window.makeRoom = () => void (IDBObjectStore.prototype.put = put);
        }"""
    )
    await page.fill(TRIGGERS, WORDS)
    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text("Not saved: this phone has no room left.")
    await expect(page.locator("[data-save-news]")).to_contain_text("Not saved")

    await page.evaluate("makeRoom()")
    await page.locator(TRIGGERS).press("End")
    await page.keyboard.type(" And after.")

    await expect(line).to_contain_text(SAVED)
    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value(f"{WORDS} And after.")


async def test_a_database_that_is_out_of_reach_is_said_and_written_to_once_it_is_back(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    # Record every database connection, so that the test can close them all.
    await context.add_init_script(
        """const [begin, open] = [IDBDatabase.prototype.transaction, IDBFactory.prototype.open];
        const connections = new Set();
        IDBDatabase.prototype.transaction = function (...how) {
            connections.add(this);
            return begin.apply(this, how);
        };
        window.loseStorage = () => {
            IDBFactory.prototype.open = () => {
                throw new DOMException("Connection to the server lost", "UnknownError");
            };
            connections.forEach((each) => each.close());
        };
        window.findStorage = () => void (IDBFactory.prototype.open = open);"""
    )
    page = await opened(context, shared_server, "#step=threat")
    line = page.locator("[data-save-line]")
    await page.fill(TRIGGERS, "before")
    await is_saved(page)

    await page.evaluate("loseStorage()")
    await page.fill(TRIGGERS, WORDS)
    await expect(line).to_contain_text("Not saved. These words are only on this screen.")
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)
    await page.evaluate("findStorage()")
    await page.get_by_role("button", name="Try again").click()

    await is_saved(page)
    await reload(page)
    await expect(page.locator(TRIGGERS)).to_have_value(WORDS)


async def test_two_tabs_that_write_in_one_entry_at_once_keep_every_word_of_both(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    first_tab, second_tab = await open_two_tabs(await open_phone(), shared_server, "first")
    thoughts = second_tab.locator("#answer-threat_thoughts")

    async def write(box: Locator, words: str) -> None:
        for word in words.split():
            await box.press_sequentially(f"{word} ", delay=40)

    await asyncio.gather(
        write(first_tab.locator(TRIGGERS), "a message from work after six"),
        write(thoughts, "they are going to find out that I can not do it"),
    )
    await is_saved(first_tab)
    await is_saved(second_tab)

    await reload(first_tab)
    assert "a message from work after six" in await first_tab.input_value(TRIGGERS)
    assert await first_tab.input_value("#answer-threat_thoughts") == await thoughts.input_value()
    assert await first_tab.locator(".versions").count() == 0
