"""A saved recording plays while the server is stopped. The tests check player and sound."""

from __future__ import annotations

import pytest

from tests.engines.listening import (
    AUDIO,
    LIT,
    PLAY,
    cues,
    goes_on,
    is_heard,
    now,
    open_saved,
    played_file,
    seek,
    spoken,
    spoken_places,
)
from tests.engines.machine import Machine, Recording, is_loud
from tests.engines.phone import Keys, Phone
from tests.server import Server

SAVED = f"""(async () => {{
  const path = new URL({AUDIO}.currentSrc).pathname;
  const headers = arguments[0] ? {{ Range: arguments[0] }} : {{}};
  const answer = await fetch(path, {{ headers, cache: "no-store" }});
  const {{ length }} = new Uint8Array(await answer.arrayBuffer());
  return [answer.status, answer.headers.get("content-range"), length];
}})()"""
MIB = 1024 * 1024


@pytest.mark.slow
def test_a_saved_recording_plays_is_heard_and_followed_at_five_places_without_a_server(
    phone: Phone, server: Server, machine: Machine
) -> None:
    open_saved(phone, server)

    phone.click(PLAY)
    sound = played_file(phone)
    recording = Recording(sound)
    goes_on(phone, 0)
    is_heard(machine, phone, recording)
    total = float(phone.ask(f"{AUDIO}.duration"))
    for share in spoken_places(sound, total):
        place = seek(phone, share)

        assert place / total == pytest.approx(share, abs=0.05)
        goes_on(phone, place)
        is_heard(machine, phone, recording)
        # The sound is a voice, so a line is highlighted: the one that is being spoken.
        since = now(phone)
        lit = int(phone.until(f"1 + {LIT}")) - 1
        assert lit in spoken(sound, since, now(phone))
    assert phone.ask(f"{AUDIO}.textTracks[0].cues.length") == len(cues(sound))
    phone.click(PLAY)
    phone.until(f"{AUDIO}.paused")
    assert falls_silent(machine)


def falls_silent(machine: Machine) -> bool:
    """Return whether the loudspeaker is silent, twice in a row, within twenty snippets.

    What was on its way to it when the sound was stopped is still heard.
    """
    loud = [True]
    while loud[-2:] != [False, False] and len(loud) < 20:
        loud.append(is_loud(machine.listen()))
    return loud[-2:] == [False, False]


def test_a_saved_recording_is_answered_in_parts_without_a_server(
    phone: Phone, server: Server
) -> None:
    open_saved(phone, server)
    size = played_file(phone).stat().st_size

    whole = [200, None, size]
    for range_header, expected in {
        "": whole,
        "bytes=0-1": [206, f"bytes 0-1/{size}", 2],
        "bytes=0-": [206, f"bytes 0-{size - 1}/{size}", size],
        f"bytes={MIB - 2}-{MIB + 1}": [206, f"bytes {MIB - 2}-{MIB + 1}/{size}", 4],
        "bytes=-100": [206, f"bytes {size - 100}-{size - 1}/{size}", 100],
        f"bytes=5-{2 * size}": [206, f"bytes 5-{size - 1}/{size}", size - 5],
        f"bytes={size}-": [416, f"bytes */{size}", 0],
        "bytes=5-2": whole,
        "bytes=0-1,5-6": whole,
    }.items():
        assert phone.ask(SAVED, range_header) == expected, range_header


def test_the_keyboard_plays_skips_and_stops_without_a_server(
    phone: Phone, server: Server, machine: Machine
) -> None:
    open_saved(phone, server)

    phone.keys(Keys.SPACE)
    goes_on(phone, 0)
    is_heard(machine, phone, Recording(played_file(phone)))
    phone.keys(Keys.SPACE)
    phone.until(f"{AUDIO}.paused")
    stopped = now(phone)
    phone.keys(Keys.ARROW_RIGHT)

    assert now(phone) == pytest.approx(stopped + 15, abs=0.5)
