"""Typing into a worksheet, also while the server is stopped."""

from __future__ import annotations

from tests.engines.phone import Phone
from tests.server import Server

WORKSHEET = "/en/worksheets/three-circles#step=threat"
QUESTION = "What sets it off?"


def test_help_opens_without_a_server_and_words_typed_then_outlive_a_reload(
    phone: Phone, server: Server
) -> None:
    phone.open("/en/")
    phone.get_ready_for_flight()
    server.stop()

    phone.open("/en/help")
    phone.sees("Talk to someone now")
    phone.sees("Samaritans")
    phone.open(WORKSHEET)
    phone.type(QUESTION, "periwinkle thunderstorm")
    phone.sees(f"Saved on {phone.device}", "[data-save-line]")
    phone.reload()

    phone.until("document.title.startsWith('My three circles')")
    phone.sees(f"Saved on {phone.device}", "[data-save-line]")
    assert phone.field(QUESTION) == "periwinkle thunderstorm"


def test_words_typed_without_a_server_are_listed_among_the_notes(
    phone: Phone, server: Server
) -> None:
    phone.open("/en/")
    phone.get_ready_for_flight()
    server.stop()
    phone.open(WORKSHEET)
    phone.type(QUESTION, "periwinkle thunderstorm")
    phone.sees(f"Saved on {phone.device}", "[data-save-line]")

    phone.press("Write")
    phone.until("document.title.startsWith('Write')")
    phone.click("//main//a[.//b[.='My notes']]")

    phone.until("document.title.startsWith('My notes')")
    phone.sees("My three circles", "main")


def test_a_long_answer_grows_with_its_words(phone: Phone) -> None:
    phone.open(WORKSHEET)
    phone.until("document.querySelector('.sheet[data-ready]')")
    box = "document.querySelector('#answer-threat_triggers')"
    before = phone.ask(f"{box}.clientHeight")

    phone.type(QUESTION, "one word after another, " * 20)

    assert phone.ask(f"{box}.clientHeight") > 2 * before
    # The whole answer is visible without scrolling.
    assert phone.ask(f"{box}.scrollHeight - {box}.clientHeight") <= 2
