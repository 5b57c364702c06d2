"""Killing the browser while somebody writes: stored words are found again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.conftest import CHROMIUM, FLAGS, WHOLE_CHROMIUM
from tests.browser.writing import SHEET, TRIGGERS, WORDS, is_ready, is_saved, reload
from tests.server import Server

pytestmark = pytest.mark.browser

# Each turn measures five killed browsers. To kill more and to see how much was lost:
# BROWSERS_KILLED=50 pytest -s -k killed
TURNS = int(os.environ.get("BROWSERS_KILLED", "10")) // 5
RANDOM = random.Random()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Return a folder for the browser's profile, which stays on disk between its starts."""
    folder = tmp_path / "profile"
    folder.mkdir()
    return folder


@contextmanager
def chromium(
    profile: Path, program: str = CHROMIUM
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start a browser that can be killed, with its profile on disk.

    Yield its process and the URL of its debugging port.
    """
    port_file = profile / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    command = [program, *FLAGS, "--headless=new", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            deadline = time.monotonic() + 30
            while not port_file.exists() or not port_file.read_text().strip():
                assert time.monotonic() < deadline, "the browser did not start"
                time.sleep(0.05)
            yield process, f"http://127.0.0.1:{port_file.read_text().split()[0]}"
        finally:
            kill_browser(process)


@asynccontextmanager
async def killable(
    profile: Path, program: str = CHROMIUM
) -> AsyncIterator[tuple[subprocess.Popen[bytes], Browser]]:
    """Start a browser that can be killed. Yield its process and Playwright's connection to it."""
    with chromium(profile, program) as (process, url):
        async with async_playwright() as playwright:
            yield process, await playwright.chromium.connect_over_cdp(url)


def kill_browser(process: subprocess.Popen[bytes]) -> None:
    """Kill all processes of the browser at once, as when a phone runs out of memory."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def open_worksheet(browser: Browser, address: str) -> Page:
    page = await browser.contexts[0].new_page()
    await page.goto(address)
    await is_ready(page)
    return page


async def type_for(page: Page, seconds: float, mark: str) -> tuple[list[tuple[float, str]], float]:
    """Type `mark`, then random letters in bursts, as people do.

    Return each letter and its time, and the longest time that the browser took for one.
    """
    await page.focus(TRIGGERS)
    typed = []
    end = time.monotonic() + seconds
    letter, longest = mark, 0.0
    while time.monotonic() < end:
        typed.append((time.monotonic(), letter))
        await page.keyboard.insert_text(letter)
        longest = max(longest, time.monotonic() - typed[-1][0])
        await asyncio.sleep(RANDOM.choice((0.02, 0.04, 0.06, 0.08, 0.1, 0.35)))
        letter = RANDOM.choice("abcdefghijklmnopqrstuvwxyz     ")
    return typed, longest


async def restored_words(page: Page, mark: str) -> str:
    """Open the last worksheet, which the page offers, and return its words.

    Return an empty string if they don't begin with `mark`.
    """
    await page.get_by_role("link", name="Carry on with what you began").click()
    await expect(page.locator("[data-notice=earlier]")).to_have_count(0)
    words = await page.input_value(TRIGGERS)
    return words if words.startswith(mark) else ""


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(TURNS))
async def test_a_browser_killed_at_random_moments_loses_less_than_a_second_of_words(
    shared_server: Server, profile: Path, turn: int
) -> None:
    address = f"{shared_server.url}/en/{SHEET}#step=threat"
    typed: list[tuple[float, str]] = []
    killed, slowest, mark = 0.0, 0.0, ""
    lost: list[tuple[float, int]] = []
    async with killable(profile) as (process, browser):
        page = await open_worksheet(browser, address)
        await page.fill(TRIGGERS, "To begin with.")
        await is_saved(page)
        # Close this browser normally, so that it writes its localStorage to disk as well.
        await (await browser.new_browser_cdp_session()).send("Browser.close")
        process.wait()
    for sheet in range(6):
        async with killable(profile) as (process, browser):
            page = await open_worksheet(browser, address)
            if sheet:
                words = await restored_words(page, mark)
                # Nothing in between is missing: the words are the beginning of what was typed.
                assert "".join(letter for _, letter in typed).startswith(words)
                missing = typed[len(words) :]
                lost.append((killed - missing[0][0] if missing else 0.0, len(missing)))
                # Use a new worksheet each time: its first words have the longest way to storage.
                page = await open_worksheet(browser, address)
            mark = chr(ord("A") + sheet)
            typed, longest = await type_for(page, RANDOM.uniform(0.2, 4), mark)
            slowest = max(slowest, longest)
            killed = time.monotonic()
            kill_browser(process)

    print("\nlost, ms/letters:", *(f"{seconds * 1000:.0f}/{number}" for seconds, number in lost))
    assert len(lost) == 5
    # A machine that is slow to take a letter is as slow to store it.
    assert max(seconds for seconds, _ in lost) < 1 + slowest


async def test_a_browser_killed_right_after_its_first_words_finds_them_again(
    shared_server: Server, profile: Path
) -> None:
    async with killable(profile) as (process, browser):
        page = await open_worksheet(browser, f"{shared_server.url}/en/{SHEET}#step=threat")
        await page.fill(TRIGGERS, WORDS)
        await is_saved(page)
        kill_browser(process)
    async with killable(profile) as (_, browser):
        page = await browser.contexts[0].new_page()
        await page.goto(f"{shared_server.url}/en/notes/")
        await expect(page.get_by_role("link", name="My three circles")).to_be_visible()
        # The browser had no time to write its localStorage to disk. The list of notes has stored
        # the hint that there are entries again.
        page = await open_worksheet(browser, f"{shared_server.url}/en/{SHEET}#step=threat")
        await page.get_by_role("link", name="Carry on with what you began").click()
        await expect(page.locator(TRIGGERS)).to_have_value(WORDS)


async def test_a_database_that_the_browser_closes_while_somebody_types_costs_no_word(
    shared_server: Server, profile: Path
) -> None:
    # Only the whole browser has the page that cuts connections to databases.
    async with killable(profile, WHOLE_CHROMIUM) as (_, browser):
        page = await open_worksheet(browser, f"{shared_server.url}/en/{SHEET}#step=threat")
        await page.fill(TRIGGERS, "before ")
        await is_saved(page)
        # This page of Chromium can cut a connection to a database, as iOS does.
        internals = await browser.contexts[0].new_page()
        await internals.goto("chrome://indexeddb-internals/")
        cut = internals.locator(".control.force-close")

        await page.locator(TRIGGERS).press("Control+End")
        for letter in "and after":
            await page.keyboard.insert_text(letter)
            await cut.click()
        # If a connection is cut while it opens, Chromium answers no request for 20 s. Then it ends
        # the lost requests.
        await is_saved(page, seconds=60)
        await reload(page)
        words = await page.input_value(TRIGGERS)

    assert words == "before and after"
