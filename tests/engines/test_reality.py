"""Updates, other tabs and lines that are cut, as each engine tells of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, Protocol, TypeVar

import pytest

from tests.browser.between import between_to
from tests.browser.line import line_to
from tests.engines.listening import AUDIO, PLAY, RECORDING, goes_on, now
from tests.engines.phone import Phone
from tests.server import Server


class Way(Protocol):
    """Something between browser and server, with a URL of its own."""

    @property
    def url(self) -> str: ...


AnyWay = TypeVar("AnyWay", bound=Way)
Run = Callable[[Coroutine[Any, Any, Any]], Any]


@contextmanager
def led_through(
    phone: Phone, way: AbstractAsyncContextManager[AnyWay]
) -> Iterator[tuple[AnyWay, Run]]:
    """Lead the phone to the server through a way, which runs in a thread.

    Yield the way, and a function that runs a coroutine of it.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    opened = run(way.__aenter__())
    phone.url = opened.url
    try:
        yield opened, run
    finally:
        run(way.__aexit__(None, None, None))
        # Connections end in the next turns of the loop.
        for _ in range(3):
            run(asyncio.sleep(0))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_script_that_is_gone_leads_to_opening_the_page_again(
    phone: Phone, server: Server
) -> None:
    with led_through(phone, between_to(server.port)) as (between, _):
        between.instead = lambda path: (404, "Not found") if "/chosen-editor" in path else None
        phone.open("/en/help")
        phone.until("!document.querySelector('main [data-module]:not([data-started])')")
        phone.press("Choose others")
        phone.sees("A part of this page could not be loaded.", ".announcements")
        between.instead = lambda path: None
        phone.until("window.isOld = true")

        phone.press("Open the page again")
        phone.until("!window.isOld && document.readyState === 'complete'")
        phone.press("Choose others")

        phone.sees("Choose up to three", "main")


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
    with led_through(phone, line_to(server.port)) as (line, run):
        phone.open(RECORDING)
        phone.until("document.querySelector('[data-total]').innerText")
        line.pace = 20_000
        phone.click(PLAY)
        goes_on(phone, 0)
        run(line.hang_up())
        phone.until("!document.querySelector('.player [data-problem]').hidden")
        place = now(phone)

        line.pace = None
        run(line.lay())

        goes_on(phone, place)
