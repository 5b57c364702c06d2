"""Measure the bytes that a first visit transfers, by kind.

The page's own bytes are those that it needs to be read and used. The snapshot makes the app ready
for flight mode. It is loaded afterwards and counted separately. Response headers are included.
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
    """Return the bytes and the number of requests by kind, for a phone's first visit."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()

    def on_request(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(("data:", "blob:")):
            return
        kind = KINDS.get(event["type"], "snapshot")
        # The scripts' strings have the same type of request as the snapshot, but come before it.
        if "/messages" in event["request"]["url"] and not counts["snapshot"]:
            kind = "json"
        kinds[event["requestId"]] = kind
        counts[kind] += 1

    def on_finished(event: dict[str, Any]) -> None:
        if kind := kinds.get(event["requestId"]):
            sizes[kind] += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", on_request)
    session.on("Network.loadingFinished", on_finished)
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
                    for counter in (sizes, counts):
                        counter["in all"] = sum(counter[kind] for kind in COLUMNS)
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
