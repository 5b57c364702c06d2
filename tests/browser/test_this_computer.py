"""Words that name the device: "this computer" on a wide screen with a mouse, else "this phone"."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import QUESTION, STEP, page_of, started
from tests.browser.conftest import PHONE, WIDE, OpenPhone
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"viewport": WIDE, "has_touch": False}, "computer"),
        ({"viewport": WIDE}, "phone"),
        ({"viewport": PHONE}, "phone"),
    ],
)
async def test_what_is_written_is_saved_on_this(
    shared_server: Server, open_phone: OpenPhone, options: dict[str, object], name: str
) -> None:
    page = await page_of(
        await open_phone(**options), shared_server, f"worksheets/three-circles#{STEP}"
    )
    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text(f"saved on this {name}")

    await page.get_by_label(QUESTION).fill("marmalade")

    await expect(line).to_contain_text(f"Saved on this {name}")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recordings/",
        "recordings/safe-place",
        "learn/",
        "worksheets/",
        "search",
        "help",
        "settings/",
        "settings/privacy",
        "settings/reading",
    ],
)
async def test_on_a_computer_a_page_speaks_of_no_phone(
    shared_server: Server, open_phone: OpenPhone, path: str
) -> None:
    phone = await open_phone(viewport=WIDE, has_touch=False)

    page = await page_of(phone, shared_server, path)
    await started(page)

    assert "this phone" not in (await page.locator("body").inner_text()).lower()


async def test_without_scripts_a_page_names_the_device_too(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(viewport=WIDE, has_touch=False, java_script_enabled=False)

    page = await page_of(phone, shared_server, "settings/reading")

    await expect(page.get_by_text("stay on this computer")).to_be_visible()
    await expect(page.get_by_text("stay on this phone")).to_be_hidden()
