"""Scripts that are gone and lines that are cut, as each engine tells of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.between import between_to
from tests.browser.line import line_to
from tests.engines.listening import AUDIO, PLAY, RECORDING, goes_on, now, seek
from tests.engines.phone import Phone
from tests.engines.ways import led_through
from tests.server import Server

STARTED = """document.readyState === "complete" &&
  !document.querySelector("main [data-module]:not([data-started])")"""
OFFER = """[...document.querySelectorAll("main button")].map((button) => button.innerText)
  .find((words) => words.startsWith("Resume at"))"""


def gone(script: str) -> Callable[[str], tuple[int, str] | None]:
    """Return what answers that each script is gone whose address contains this."""
    return lambda path: (404, "Not found") if script in path else None


@pytest.mark.parametrize(
    ("button", "script", "shown"),
    [
        ("Choose others", "/chosen-editor-", "Choose up to three"),
        ("Write my words", "/kind-words-", "My own kind words"),
    ],
)
def test_a_button_whose_script_is_gone_works_once_the_page_is_opened_again(
    phone: Phone, server: Server, button: str, script: str, shown: str
) -> None:
    with led_through(phone, between_to(server.port)) as (between, _):
        between.instead = gone(script)
        phone.open("/en/help")
        phone.until(STARTED)
        phone.press(button)
        phone.sees("A part of this page could not be loaded.", ".announcements")
        between.instead = lambda path: None
        phone.until("window.isOld = true")

        phone.press("Open the page again")
        phone.until(f"!window.isOld && {STARTED}")
        phone.press(button)

        phone.sees(shown, "main")


def test_a_sound_whose_line_was_cut_goes_on_by_itself(phone: Phone, server: Server) -> None:
    with led_through(phone, line_to(server.port)) as (line, run):
        phone.open(RECORDING)
        phone.until("document.querySelector('[data-total]').innerText")
        line.pace = 60_000
        phone.click(PLAY)
        goes_on(phone, 0)
        run(line.hang_up())
        # What has arrived plays on. Played fast, it runs out soon.
        phone.ask(f"void ({AUDIO}.playbackRate = 8)")
        phone.until("!document.querySelector('.player [data-problem]').hidden")
        place = now(phone)

        line.pace = None
        run(line.lay())

        goes_on(phone, place)


def test_the_place_that_is_offered_stays_until_it_is_passed(phone: Phone) -> None:
    phone.open(RECORDING)
    phone.keep_site_open()
    phone.open(RECORDING)
    offered = played_on(phone, 0.4)

    assert played_on(phone, 0.1) == offered

    assert played_on(phone, 0.7) != offered


def played_on(phone: Phone, share: float) -> str:
    """Play on from a share of the recording. Return what is offered when the page opens again."""
    phone.until("document.querySelector('[data-total]').innerText")
    phone.click(PLAY)
    phone.until(f"{AUDIO}.currentTime > 0")
    goes_on(phone, seek(phone, share))
    phone.reload()
    return str(phone.until(OFFER))
