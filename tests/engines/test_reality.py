"""Updates, other tabs and lines that are cut, as each engine tells of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.browser.line import Line
from tests.engines.listening import AUDIO, PLAY, RECORDING, goes_on, now
from tests.engines.phone import Phone
from tests.server import Server


class SteeredLine:
    """A line to the server that runs in a thread of its own."""

    def __init__(self, port: int) -> None:
        self.line = Line(port)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        self.run(self.line.hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)


@contextmanager
def line_of(phone: Phone, server: Server) -> Iterator[SteeredLine]:
    """Lead the phone through a line to the server."""
    steered = SteeredLine(server.port)
    steered.run(steered.line.lay())
    phone.url = steered.line.url
    try:
        yield steered
    finally:
        steered.close()


def test_a_script_that_is_gone_leads_to_opening_the_page_again(phone: Phone) -> None:
    phone.open("/en/help")
    phone.until("!document.querySelector('main [data-module]:not([data-started])')")

    phone.ask("void import('/static/js/chosen-editor-GONE.js')")
    phone.sees("A part of this page could not be loaded.", ".announcements")
    phone.ask("void (window.isOld = true)")
    phone.press("Open the page again")
    phone.until("!window.isOld && document.readyState === 'complete'")

    phone.sees("Talk to someone now", "main")


def test_one_tab_plays_at_a_time(phone: Phone) -> None:
    phone.open(RECORDING)
    phone.until("document.querySelector('[data-total]').innerText")
    phone.click(PLAY)
    goes_on(phone, 0)
    first = phone.driver.current_window_handle
    phone.driver.switch_to.new_window("window")
    phone.open(RECORDING)
    phone.until("document.querySelector('[data-total]').innerText")

    phone.click(PLAY)
    goes_on(phone, 0)

    phone.driver.switch_to.window(first)
    phone.until(f"{AUDIO}.paused")


# WebKitGTK's player says nothing while its line is down.
@pytest.mark.parametrize("phone", ["chromium", "firefox"], indirect=True)
def test_a_sound_whose_line_was_cut_goes_on_by_itself(phone: Phone, server: Server) -> None:
    with line_of(phone, server) as steered:
        phone.open(RECORDING)
        phone.until("document.querySelector('[data-total]').innerText")
        steered.line.pace = 20_000
        phone.click(PLAY)
        goes_on(phone, 0)
        steered.run(steered.line.hang_up())
        phone.until("!document.querySelector('.player [data-problem]').hidden")
        place = now(phone)

        steered.line.pace = None
        steered.run(steered.line.lay())

        goes_on(phone, place)
