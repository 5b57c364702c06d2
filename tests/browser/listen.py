"""Helpers that play a recording, for tests of what happens while it plays."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import until
from tests.server import ROOT, Server

SLUG = "soothing-rhythm-breathing"
RECORDING = f"recordings/{SLUG}"
SOUNDS = ROOT / "static" / "recordings" / "en"
MARK = "[es] "
PAUSED = "document.querySelector('audio').paused"


async def listening_to(
    context: BrowserContext, server: Server, path: str = RECORDING, locale: str = "en"
) -> Page:
    """Open a recording's page and play the recording."""
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{path}")
    await play(page)
    # Mark the document. The mark is gone as soon as the browser loads another document.
    await page.evaluate("window.sameDocument = true")
    return page


async def play(page: Page) -> None:
    """Press Play on a recording's page. Wait until the sound can go on through other pages."""
    await expect(page.locator("[data-total]")).not_to_be_empty()
    await page.locator(".player .play").click()
    await plays(page)
    # The router, which sets this, is loaded once the recording plays.
    await until(page, "history.scrollRestoration === 'manual'")


async def plays(page: Page) -> None:
    """Wait until the playback position moves forward."""
    await until(page, "document.querySelector('audio') !== null")
    before = await now(page)
    await until(page, f"document.querySelector('audio').currentTime > {before}")


async def now(page: Page) -> float:
    return float(await page.evaluate("document.querySelector('audio').currentTime"))


async def is_same_document(page: Page) -> bool:
    return bool(await page.evaluate("window.sameDocument === true"))


async def follow(page: Page, link: Locator, title: str) -> None:
    """Click a link and wait until its page is shown."""
    await link.click()
    await expect(page).to_have_title(re.compile(f"^{re.escape(title)} – "))


def bar(page: Page, name: str) -> Locator:
    return page.locator(".bar").get_by_role("link", name=name, exact=True)


def mini(page: Page) -> Locator:
    return page.get_by_role("region", name="Player")


def add_spanish(folder: Path) -> str:
    """Add Spanish recordings, made from the English ones, to a content folder.

    Return the settings with which a server uses the folder.
    """
    spanish_folder = folder / "recordings" / "es"
    spanish_folder.mkdir(parents=True)
    for version in ("full", "short"):
        english = SOUNDS / f"{SLUG}-{version}-george"
        spanish = spanish_folder / f"{SLUG}-{version}-dora"
        shutil.copy(english.with_suffix(".mp3"), spanish.with_suffix(".mp3"))
        captions = english.with_suffix(".vtt").read_text("utf-8")
        marked = re.sub(r"(-->.*\n)", rf"\1{MARK}", captions)
        spanish.with_suffix(".vtt").write_text(marked, encoding="utf-8")
        metadata = json.loads(english.with_suffix(".json").read_text("utf-8"))
        metadata |= {"locale": "es", "voice": "dora", "voice_name": "Dora"}
        spanish.with_suffix(".json").write_text(json.dumps(metadata), encoding="utf-8")
    return f'content_dir = "{folder}"\n'
