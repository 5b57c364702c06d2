"""Renders the PNG icons from their SVG sources, with the Chromium that the browser tests use.

``python static/icons/make.py`` after a drawing has changed; the pictures are committed.
``HEARTH_CHROMIUM`` names another browser than /usr/bin/chromium.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from playwright.async_api import async_playwright

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("HEARTH_CHROMIUM", "/usr/bin/chromium")
# Name of the picture, its source, its width and height in pixels.
PICTURES = (
    ("icon-192", "icon", 192),
    ("icon-512", "icon", 512),
    ("maskable-192", "maskable", 192),
    ("maskable-512", "maskable", 512),
    ("apple-touch-180", "maskable", 180),
    ("artwork-512", "artwork", 512),
    ("badge-96", "badge", 96),
    ("neutral-192", "neutral", 192),
    ("neutral-512", "neutral", 512),
    ("neutral-maskable-192", "neutral-maskable", 192),
    ("neutral-maskable-512", "neutral-maskable", 512),
    ("neutral-touch-180", "neutral-maskable", 180),
)


async def main() -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page()
        for name, source, size in PICTURES:
            drawing = (HERE / f"{source}.svg").read_text()
            await page.set_viewport_size({"width": size, "height": size})
            await page.set_content(
                f"<style>body {{ margin: 0 }} svg {{ display: block; width: {size}px }}</style>"
                + drawing
            )
            await page.screenshot(path=HERE / f"{name}.png", omit_background=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
