"""Bytes of a first visit, as they come over the wire, by kind.

The page's own are what it needs to be read and used; the snapshot that makes it ready for flight
mode comes afterwards and is counted apart. Response headers are included.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from tests.bench.phones import CHROMIUM, FLAGS, ready_for_flight
from tests.server import running

PAGES = {
    "home": "",
    "article": "learn/three-systems",
    "recording": "recordings/soothing-rhythm-breathing",
    "worksheet": "worksheets/three-circles",
    "notes": "notes/",
    "backup": "settings/backup",
}
KINDS = {
    "Document": "html",
    "Stylesheet": "css",
    "Script": "js",
    "Font": "fonts",
    "Image": "images",
    "Manifest": "images",
    "Media": "audio",
    "TextTrack": "audio",
}
COLUMNS = ["html", "css", "js", "fonts", "images", "json"]


async def visit(browser: Browser, url: str, locale: str) -> tuple[Counter[str], Counter[str]]:
    """Bytes and number of requests by kind, of a phone that has never been here."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(("data:", "blob:")):
            return
        kind = KINDS.get(event["type"], "snapshot")
        # The scripts' strings are fetched as the snapshot is, but before it.
        if "/messages" in event["request"]["url"] and not counts["snapshot"]:
            kind = "json"
        kinds[event["requestId"]] = kind
        counts[kind] += 1

    def came(event: dict[str, Any]) -> None:
        if kind := kinds.get(event["requestId"]):
            sizes[kind] += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    await session.send("Network.enable")
    await page.goto(url)
    await ready_for_flight(page, locale)
    await page.wait_for_timeout(500)
    await context.close()
    return sizes, counts


async def measure(folder: Path) -> None:
    with running(folder) as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            print("bytes of a first visit (requests); target 90,000 in all, 25,000 of JavaScript")
            print(f"{'':14}" + "".join(f"{kind:>13}" for kind in [*COLUMNS, "in all", "snapshot"]))
            for locale in ("en", "ar"):
                for name, path in PAGES.items():
                    sizes, counts = await visit(browser, f"{server.url}/{locale}/{path}", locale)
                    for each in (sizes, counts):
                        each["in all"] = sum(each[kind] for kind in COLUMNS)
                    cells = (
                        f"{sizes[kind]:,} ({counts[kind]})"
                        for kind in [*COLUMNS, "in all", "snapshot"]
                    )
                    print(f"{locale} {name:11}" + "".join(f"{cell:>13}" for cell in cells))
            await browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
