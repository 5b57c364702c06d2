"""A real voice of the device reads a page: espeak-ng, which Firefox finds by speech-dispatcher."""

from __future__ import annotations

import pytest

from tests.engines.machine import Machine, is_loud
from tests.engines.phone import Phone

PART = "//*[@data-module='aloud']"
WORD = "String([...CSS.highlights.get('aloud-word')][0])"


@pytest.mark.parametrize("phone", ["firefox"], indirect=True)
def test_a_real_voice_reads_a_page_and_is_heard_followed_and_paused(
    phone: Phone, machine: Machine
) -> None:
    phone.open("/en/learn/three-systems")
    phone.click("//header//a[@data-module='reading-panel']")
    phone.click(f"//details[.{PART}]/summary")

    phone.click(f"{PART}//button[@data-read]")

    phone.until("document.querySelector('h1[data-spoken]')")
    # The heading has been read to its end.
    phone.until("document.querySelector('.lead[data-spoken]')")
    assert hears(machine, True)
    word = phone.until(WORD)
    phone.until(f"{WORD} !== arguments[0]", word)
    phone.press("Pause")
    assert hears(machine, False)
    phone.press("Play")
    assert hears(machine, True)


def hears(machine: Machine, loud: bool) -> bool:
    """Return whether the loudspeaker is loud, or silent, twice in a row within twenty snippets."""
    heard = [not loud]
    while heard[-2:] != [loud, loud] and len(heard) < 20:
        heard.append(is_loud(machine.listen()))
    return heard[-2:] == [loud, loud]
