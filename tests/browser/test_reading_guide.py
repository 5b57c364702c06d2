"""The guide to the reading settings: from the panel, to each part of the form, and as it looks."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import page_of
from tests.browser.conftest import NARROW, OpenPhone, expect_narrow_and_accessible, in_every_look
from tests.browser.test_reading import open_panel, panel_of, reader_of
from tests.server import Server

pytestmark = pytest.mark.browser

PATH = "settings/reading-guide"
TITLE = "Ways to make reading easier"


async def test_the_panel_leads_to_the_guide_and_closes(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, "learn/three-systems")
    panel = await open_panel(page)

    await panel.get_by_role("link", name=TITLE).click()

    await expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    await expect(panel_of(page)).to_have_count(0)


async def test_the_guide_opens_the_part_of_the_form_that_it_is_about(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await page_of(await open_phone(), shared_server, PATH)

    await page.get_by_role("link", name="Try it: Reading aids").click()

    await expect(page.get_by_label("Reading window", exact=True)).to_be_visible()
    await expect(page.get_by_text("Reading aids", exact=True).first).to_be_in_viewport()
    await expect(page.get_by_label("Cream", exact=True)).to_be_hidden()


async def test_without_javascript_the_guide_leads_to_no_form(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(java_script_enabled=False)
    page = await phone.new_page()
    await page.goto(f"{shared_server.url}/en/settings/reading")

    await page.get_by_role("link", name="What your phone can do").click()

    await expect(page.get_by_role("heading", name="What your phone can do")).to_be_in_viewport()
    await expect(page.get_by_role("link", name="Try it")).to_have_count(0)


@in_every_look
@pytest.mark.parametrize("size", ["1", "3"])
async def test_the_guide_fits_and_is_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str, size: str
) -> None:
    options = {"viewport": NARROW, "color_scheme": scheme}
    page = await reader_of(open_phone, {"--size": size, "links": "marked"}, **options)

    await page.goto(f"{shared_server.url}/{locale}/{PATH}")

    await expect(page.locator(".way .drawing").first).to_be_visible()
    await expect_narrow_and_accessible(page)


async def test_plain_text_has_the_words_without_the_drawings(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reader_of(open_phone, {"plain": "on"})

    await page.goto(f"{shared_server.url}/en/{PATH}")

    await expect(page.get_by_text("Makes every word bigger or smaller.")).to_be_visible()
    await expect(page.locator(".drawing:visible")).to_have_count(0)
