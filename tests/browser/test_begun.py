"""The list of worksheets: what each worksheet is for, and which ones were begun."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.acts import QUESTION, page_of, requests_of
from tests.browser.conftest import NARROW, OpenPhone, expect_narrow_and_accessible
from tests.browser.kept import answered, page_with
from tests.server import Server

pytestmark = pytest.mark.browser


async def test_without_a_note_no_cryptography_is_loaded(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await phone.new_page()
    urls = requests_of(page)

    await page.goto(f"{shared_server.url}/en/worksheets/")

    await expect(page.locator("[data-module=begun][data-started]")).to_be_visible()
    row = page.locator("a[data-worksheet=three-circles]")
    await expect(row).to_contain_text("About 10 minutes")
    await expect(row).to_contain_text("find one small step")
    assert not any("vault" in url for url in urls)


async def test_what_was_begun_says_when_and_leads_on(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_with(await open_phone(), shared_server, "worksheets/", answered("marmalade"))
    row = page.locator("a[data-worksheet=three-circles]")
    await expect(row).to_contain_text(re.compile(r"Begun \w+day \d\d:\d\d"))

    await row.click()

    await page.goto(f"{page.url}&step=threat")
    await expect(page.get_by_label(QUESTION)).to_have_value("marmalade")


async def test_what_is_deleted_meanwhile_is_not_offered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_with(phone, shared_server, "worksheets/", answered("marmalade"))
    row = page.locator("a[data-worksheet=three-circles]")
    await expect(row).to_contain_text("Begun")

    notes = await page_of(phone, shared_server, "notes/")
    await notes.locator("[data-more]").click()
    await notes.get_by_role("button", name="Delete").click()

    await expect(row).to_contain_text("About 10 minutes")
    await expect(row).to_have_attribute("href", "/en/worksheets/three-circles")


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_axe_finds_nothing_in_the_list_of_worksheets(
    shared_server: Server, open_phone: OpenPhone, locale: str
) -> None:
    phone = await open_phone(viewport=NARROW)

    page = await page_with(
        phone, shared_server, "worksheets/", answered("marmalade"), locale=locale
    )

    await expect(page.locator("[data-begun]")).to_be_visible()
    await expect_narrow_and_accessible(page)
