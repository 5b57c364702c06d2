"""Which of the installed MiniBrowsers WebKitWebDriver can steer: the one that it names itself."""

from __future__ import annotations

import re
from pathlib import Path

NAMED = re.compile(rb"/[\w./+-]*/MiniBrowser\b")


class NoMiniBrowserError(Exception):
    """The browser that belongs to the driver isn't there; the message says what to install."""


def minibrowser(driver: Path) -> Path:
    """Give the browser whose path is compiled into the driver.

    WebKitGTK comes in versions that live beside each other (4.0 with Poedit, 4.1 with the driver),
    and a driver can't click or type in the browser of another version.
    """
    if not driver.is_file():
        raise NoMiniBrowserError(f"{driver} is missing: run 'sh tests/system.sh browsers' as root")
    named = sorted({path.decode() for path in NAMED.findall(driver.read_bytes())})
    for path in map(Path, named):
        if path.is_file():
            return path
    wanted = " or ".join(named) or "no browser"
    raise NoMiniBrowserError(
        f"{driver} steers {wanted}, which is missing: install webkit2gtk-driver again, "
        "with the library that it depends on"
    )
