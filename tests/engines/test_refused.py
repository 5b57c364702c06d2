"""Browsers that keep nothing: recordings can be heard, and writing tells the truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.browsers import chromium, firefox
from tests.engines.listening import PLAY, RECORDING, goes_on
from tests.engines.machine import Machine
from tests.engines.phone import Phone
from tests.engines.test_writing import QUESTION, WORKSHEET
from tests.server import Server

# WebKitGTK's MiniBrowser has no such settings.
BLOCKED = "This browser is set to keep nothing from this site"
SETTINGS = {
    "chromium": (chromium, {"profile.default_content_setting_values.cookies": 2}),
    "firefox": (firefox, {"network.cookie.cookieBehavior": 2}),
}


@pytest.fixture(params=SETTINGS)
def refusing_phone(
    request: pytest.FixtureRequest, machine: Machine, server: Server, tmp_path: Path
) -> Iterator[Phone]:
    start, preferences = SETTINGS[request.param]
    driver = start(machine, tmp_path, preferences)
    try:
        yield Phone(driver, request.param, server.url)
    finally:
        driver.quit()


def test_with_site_data_blocked_pages_are_read_and_recordings_heard(
    refusing_phone: Phone,
) -> None:
    phone = refusing_phone

    phone.open(RECORDING)
    phone.until("document.querySelector('[data-total]').innerText")
    phone.click(PLAY)
    goes_on(phone, 0)
    phone.press("Help")

    # The router works too: the sound goes on.
    phone.sees("Talk to someone now")
    goes_on(phone, 0)


def test_with_site_data_blocked_writing_says_why_nothing_is_kept(refusing_phone: Phone) -> None:
    phone = refusing_phone

    phone.open(WORKSHEET)
    phone.type(QUESTION, "periwinkle thunderstorm")
    phone.sees("This browser can’t keep your words.", "[data-save-line]")
    phone.open("/en/notes/")
    phone.sees(BLOCKED, "main")
    phone.open("/en/settings/storage")
    phone.sees(BLOCKED, "main")
