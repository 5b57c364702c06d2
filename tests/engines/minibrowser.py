"""Find the installed MiniBrowser that WebKitWebDriver can control."""

from __future__ import annotations

import re
from pathlib import Path

BROWSER_PATH = re.compile(rb"/[\w./+-]*/MiniBrowser\b")


class NoMiniBrowserError(Exception):
    """The driver or its browser is missing. The message says what to install."""


def minibrowser(driver: Path) -> Path:
    """Return the browser whose path is compiled into the driver.

    Several versions of WebKitGTK can be installed side by side (4.0 with Poedit, 4.1 with the
    driver). A driver can't click or type in the browser of another version.
    Raises NoMiniBrowserError if the driver or its browser is missing.
    """
    if not driver.is_file():
        raise NoMiniBrowserError(f"{driver} is missing: run 'sh tests/system.sh browsers' as root")
    paths = sorted({path.decode() for path in BROWSER_PATH.findall(driver.read_bytes())})
    for path in map(Path, paths):
        if path.is_file():
            return path
    names = " or ".join(paths) or "no browser"
    raise NoMiniBrowserError(
        f"{driver} controls {names}, which is missing: install webkit2gtk-driver again, "
        "with the library that it depends on"
    )
