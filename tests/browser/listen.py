"""Listening, for tests about what goes on meanwhile."""

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
    """A recording's page, with the recording going on."""
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{path}")
    await play(page)
    # Marks the document: it is gone as soon as a page is really loaded.
    await page.evaluate("window.sameDocument = true")
    return page


async def play(page: Page) -> None:
    """Press Play on a recording's page; the sound would go on through other pages now."""
    await expect(page.locator("[data-total]")).not_to_be_empty()
    await page.locator(".player .play").click()
    await plays(page)
    # What follows links comes once something is heard.
    await until(page, "history.scrollRestoration === 'manual'")


async def plays(page: Page) -> None:
    """Wait until the sound moves on."""
    await until(page, "document.querySelector('audio') !== null")
    before = await now(page)
    await until(page, f"document.querySelector('audio').currentTime > {before}")


async def now(page: Page) -> float:
    return float(await page.evaluate("document.querySelector('audio').currentTime"))


async def is_same_document(page: Page) -> bool:
    return bool(await page.evaluate("window.sameDocument === true"))


async def follow(page: Page, link: Locator, title: str) -> None:
    """Tap a link and wait until that page is shown."""
    await link.click()
    await expect(page).to_have_title(re.compile(f"^{re.escape(title)} – "))


def bar(page: Page, name: str) -> Locator:
    return page.locator(".bar").get_by_role("link", name=name, exact=True)


def mini(page: Page) -> Locator:
    return page.get_by_role("region", name="Player")


def add_spanish(folder: Path) -> str:
    """Recordings in Spanish in a content folder, made of the English ones; give the settings."""
    place = folder / "recordings" / "es"
    place.mkdir(parents=True)
    for version in ("full", "short"):
        english = SOUNDS / f"{SLUG}-{version}-george"
        spanish = place / f"{SLUG}-{version}-dora"
        shutil.copy(english.with_suffix(".mp3"), spanish.with_suffix(".mp3"))
        words = english.with_suffix(".vtt").read_text("utf-8")
        marked = re.sub(r"(-->.*\n)", rf"\1{MARK}", words)
        spanish.with_suffix(".vtt").write_text(marked, encoding="utf-8")
        about = json.loads(english.with_suffix(".json").read_text("utf-8"))
        about |= {"locale": "es", "voice": "dora", "voice_name": "Dora"}
        spanish.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
    return f'content_dir = "{folder}"\n'
