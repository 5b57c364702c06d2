"""A client must not be deceived: about whose backup it is, what it holds and who can read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.acts import (
    notes_with,
    open_backup,
    open_notes,
    problem,
    shown_words,
    told,
    turned_on,
    type_words,
)
from tests.browser.conftest import OpenPhone, violations
from tests.browser.kept import answered, keep_entries
from tests.browser.locking import PIN, put_lock, type_pin
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.browser


async def backed_up(open_phone: OpenPhone, server: Server, *words: str) -> tuple[Page, list[str]]:
    """Open a phone with these notes and turn its backup on. Return the page and the words."""
    phone = await open_phone()
    await keep_entries(phone, server, *map(answered, words))
    page, phrase = await turned_on(phone, server)
    await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
    return page, phrase


async def damage(phone: BrowserContext, count: int) -> None:
    """Alter the first `count` records that the phone fetches."""
    left = count

    async def alter(route: Route) -> None:
        nonlocal left
        response = await route.fetch()
        body = await response.json()
        for record in body["records"][:left]:
            last = record["sealed"][-10]
            record["sealed"] = record["sealed"][:-10] + ("B" if last == "A" else "A") * 10
            left -= 1
        await route.fulfill(response=response, json=body)

    await phone.route("**/api/v1/records/fetch", alter)


async def test_a_strangers_words_take_no_notes_along_without_a_yes(
    server: Server, open_phone: OpenPhone
) -> None:
    strangers_page, words = await backed_up(open_phone, server, "marmalade")
    phone = await open_phone()
    await keep_entries(phone, server, answered("rhubarb"), answered("ginger"))
    page = await open_backup(phone, server, "#restore")
    await type_words(page, " ".join(words))

    await told(page, "Add your notes to that backup?")
    await expect(page.get_by_text("2 notes on this phone would be added")).to_be_visible()
    await expect(page.get_by_text("Whoever has those twelve words can read them.")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="No, change nothing").click()

    await expect(page.get_by_label("Twelve words")).to_be_visible()
    await strangers_page.get_by_role("button", name="Back up now").click()
    await expect(strangers_page.get_by_text("Everything is backed up.")).to_be_visible()
    await notes_with(phone, server, "rhubarb", "ginger")
    await expect(
        (await open_notes(strangers_page.context, server)).locator(".entry")
    ).to_have_count(1)


async def test_notes_that_cant_be_opened_are_counted_and_never_called_everything(
    server: Server, open_phone: OpenPhone
) -> None:
    _, words = await backed_up(open_phone, server, "marmalade", "rhubarb", "ginger")
    phone = await open_phone()
    await damage(phone, 2)
    page = await open_backup(phone, server, "#restore")

    await type_words(page, " ".join(words))

    await expect(page.get_by_role("heading", name="Backup is on.")).to_be_visible()
    await expect(page.locator("[data-status]")).to_contain_text("can’t be opened here")
    await expect(page.locator("[data-notice=warn]")).to_contain_text("in the backup")
    await page.get_by_role("button", name="Back up now").click()
    await page.reload()
    await expect(page.locator("[data-status]")).to_contain_text("can’t be opened here")
    await expect(page.get_by_text("Everything is backed up.")).to_be_hidden()


async def test_with_a_lock_the_words_are_shown_only_after_the_pin(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await backed_up(open_phone, server, "marmalade")
    await put_lock(page)
    await page.get_by_role("button", name="Show my twelve words").click()
    await page.get_by_role("button", name="Show the words").click()

    await told(page, "First, your lock")
    assert await violations(page) == []
    await type_pin(page, "000000")
    await expect(problem(page)).to_contain_text("The words stay hidden.")
    await expect(page.locator("ol.phrase > li")).to_have_count(0)
    await type_pin(page, PIN)

    items = page.locator("ol.phrase > li")
    await expect(items).to_have_count(12)
    assert await items.all_inner_texts() == words
    await page.get_by_role("button", name="Hide the words").click()
    await (
        page.get_by_role("button", name="Done")
        .or_(page.get_by_role("button", name="Back"))
        .first.click()
    )
    await page.get_by_role("button", name="Use on another phone").click()
    await page.get_by_role("button", name="Show the words").click()
    await told(page, "First, your lock")


async def test_the_page_asks_for_the_code_when_the_server_has_lost_the_backup(
    serve: Serve, tmp_path: Path, open_phone: OpenPhone
) -> None:
    server = serve(tmp_path, 'join_code = "kettle 42"\n')
    with ready(server):
        phone = await open_phone()
        await keep_entries(phone, server, answered("marmalade"))
        page = await open_backup(phone, server)
        await page.get_by_role("button", name="Turn on backup").click()
        await page.get_by_label("Code from your service").fill("kettle 42")
        await page.get_by_role("button", name="Turn on backup").click()
        await shown_words(page)
        await page.get_by_role("button", name="I have written them down").click()
        await page.get_by_role("button", name="Not now").click()
        await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
        server.stop()
        # The service loses its data and chooses another code.
        shutil.rmtree(tmp_path / "data")
        settings = tmp_path / "hearth.toml"
        settings.write_text(settings.read_text().replace("kettle 42", "tea-pot 17"))
        server.start()

        await page.get_by_role("button", name="Back up now").click()
        await expect(
            page.get_by_text("The server is asking for your service’s code.")
        ).to_be_visible()
        await page.get_by_label("Code from your service").fill("kettle 42")
        await page.get_by_role("button", name="Send the code").click()
        await expect(problem(page)).to_contain_text("That code isn’t right.")
        # Another dash, full-width digits, a direction mark and a full stop.
        await page.get_by_label("Code from your service").fill("\u200fTea‐Pot １７.")
        await page.get_by_role("button", name="Send the code").click()

        await expect(page.get_by_text("Everything is backed up.")).to_be_visible()
        await expect(page.get_by_label("Code from your service")).to_be_hidden()


async def test_a_new_phone_is_announced_on_the_others_until_it_is_known(
    server: Server, open_phone: OpenPhone
) -> None:
    page, words = await backed_up(open_phone, server, "marmalade")
    phone = await open_phone()
    other_page = await open_backup(phone, server, "#restore")
    await type_words(other_page, " ".join(words))
    await expect(other_page.get_by_text("1 note is back.")).to_be_visible()
    await expect(other_page.locator("[data-phone-list] > li")).to_have_count(2)
    await expect(other_page.locator("[data-new-phone]")).to_be_hidden()

    await page.get_by_role("button", name="Back up now").click()
    notes = await open_notes(page.context, server)
    await expect(notes.get_by_text("Another phone uses your backup now.")).to_be_visible()
    await notes.get_by_role("link", name="See which one").click()
    await expect(notes.get_by_text("Another phone uses this backup now:")).to_be_visible()
    assert await violations(notes) == []
    await notes.get_by_role("button", name="I recognise this phone").click()

    await expect(notes.locator("[data-new-phone]")).to_be_hidden()
    notes = await open_notes(page.context, server)
    await expect(notes.get_by_text("Another phone uses your backup now.")).to_be_hidden()
