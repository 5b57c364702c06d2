"""A recording plays on, with sound, while its listener moves from page to page."""

from __future__ import annotations

from tests.engines.listening import (
    AUDIO,
    PLAY,
    RECORDING,
    goes_on,
    is_heard,
    now,
    open_saved,
    played_file,
)
from tests.engines.machine import Machine, Recording
from tests.engines.phone import Phone
from tests.server import Server

BAR = '//nav[@class="bar"]//a'
SMALL = "//section[@data-mini]"
SAME = "window.sameDocument === true"


def titled(phone: Phone, title: str) -> None:
    phone.until(f"document.title.startsWith({title!r})")


def test_a_recording_is_heard_through_pages_and_back_without_a_server(
    phone: Phone, server: Server, machine: Machine
) -> None:
    open_saved(phone, server)
    phone.click(PLAY)
    recording = Recording(played_file(phone))
    goes_on(phone, 0)
    phone.until("history.scrollRestoration === 'manual'")
    phone.ask("void (window.sameDocument = true)")

    for number, title in [(5, "Help"), (4, "Write"), (1, "Home")]:
        phone.click(f"({BAR})[{number}]")
        titled(phone, title)
        goes_on(phone, now(phone))
    is_heard(machine, phone, recording)
    phone.driver.back()
    titled(phone, "Write")
    goes_on(phone, now(phone))
    assert phone.ask("document.activeElement === document.querySelector('main h1')")
    phone.click(f"{SMALL}//a")
    titled(phone, "Soothing rhythm breathing")

    assert phone.ask(SAME)
    goes_on(phone, now(phone))
    phone.click(PLAY)
    phone.until(f"{AUDIO}.paused")


def test_one_tap_on_home_begins_an_exercise_that_is_heard(phone: Phone, machine: Machine) -> None:
    phone.open("/en/")
    phone.until("document.querySelector('[data-module=do-now][data-started]') !== null")
    phone.ask("void (window.sameDocument = true)")

    phone.click("//a[@data-recording='grounding-without-breath']")
    titled(phone, "Grounding without the breath")

    phone.until(f"{AUDIO} && {AUDIO}.currentTime > 0.3")
    assert phone.ask(SAME)
    assert "-short-" in phone.ask(f"{AUDIO}.currentSrc")


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
