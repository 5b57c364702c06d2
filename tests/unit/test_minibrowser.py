"""The choice of the WebKit browser that belongs to the driver among all that are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.minibrowser import NoMiniBrowserError, minibrowser


def make_browser(folder: Path, version: str) -> Path:
    browser = folder / f"webkit2gtk-{version}" / "MiniBrowser"
    browser.parent.mkdir()
    browser.touch()
    return browser


def make_driver(folder: Path, browser: Path) -> Path:
    driver = folder / "WebKitWebDriver"
    driver.write_bytes(b"\x7fELF\0--port\0" + str(browser).encode() + b"\0--automation\0")
    return driver


def test_an_older_browser_beside_it_is_left_alone(tmp_path: Path) -> None:
    make_browser(tmp_path, "4.0")
    own = make_browser(tmp_path, "4.1")

    assert minibrowser(make_driver(tmp_path, own)) == own


def test_a_missing_browser_is_named_with_what_to_install(tmp_path: Path) -> None:
    make_browser(tmp_path, "4.0")
    missing = tmp_path / "webkit2gtk-4.1" / "MiniBrowser"

    with pytest.raises(NoMiniBrowserError, match=rf"{missing}, which is missing: install"):
        minibrowser(make_driver(tmp_path, missing))


def test_a_missing_driver_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoMiniBrowserError, match=r"WebKitWebDriver is missing: run"):
        minibrowser(tmp_path / "WebKitWebDriver")
