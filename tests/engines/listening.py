"""A recording in a browser: saved, played, looked for in what comes out of the loudspeaker."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.engines.machine import Machine, Recording, is_loud
from tests.engines.phone import PATIENCE, Phone
from tests.server import ROOT, Server

RECORDING = "/en/recordings/soothing-rhythm-breathing"
SOUNDS = ROOT / "static" / "recordings" / "en"
AUDIO = "document.querySelector('audio')"
SLIDER = "//input[@data-seek]"
PLAY = "//*[@data-play]"
LIT = """[...document.querySelectorAll("[data-words=full] [data-phrase]")]
  .findIndex((phrase) => phrase.classList.contains("now"))"""
ALIKE = 0.5  # how like the recording the sound must be; another place gives 0.1
LATE = 1.5  # seconds from the player to the ear, on a busy machine


def open_saved(phone: Phone, server: Server) -> None:
    """Save the recording, stop the server, and open the recording's page."""
    phone.open(RECORDING)
    phone.get_ready_for_flight()
    phone.open(RECORDING)
    phone.press("Save on this phone")
    phone.sees("It plays with no signal")
    server.stop()
    phone.open(RECORDING)
    phone.until("document.querySelector('[data-total]').innerText")


def played_file(phone: Phone) -> Path:
    """The file behind what plays, once it is known that the phone's own copy does."""
    address = phone.until(f"{AUDIO}.currentSrc.includes('/saved/') && {AUDIO}.currentSrc")
    return SOUNDS / str(address).rpartition("/")[2]


def now(phone: Phone) -> float:
    return float(phone.ask(f"{AUDIO}.currentTime"))


def cues(sound: Path) -> list[tuple[float, float]]:
    """When each phrase is spoken: (from, to) in seconds."""
    times = re.findall(
        r"(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)", sound.with_suffix(".vtt").read_text()
    )
    return [(_seconds(*each[:3]), _seconds(*each[3:])) for each in times]


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def spoken(sound: Path, since: float, until: float) -> list[int]:
    """The numbers of the phrases that are lit at some time between these seconds, give or take one.

    A phrase stays lit through the silence that follows it.
    """
    begins = [start for start, _ in cues(sound)]
    ends = [*begins[1:], float("inf")]
    every = enumerate(zip(begins, ends, strict=True))
    return [number for number, (start, end) in every if start < until + 1 and end > since - 1]


def goes_on(phone: Phone, start: float) -> None:
    """Wait until the sound moves on from there."""
    moves = f"{AUDIO}.currentTime > {start} + 0.3 && {AUDIO}.currentTime < {start} + 30"
    if phone.engine == "webkit":
        # WebKitGTK now and then stays at the place that it was sent to although it plays: its bug
        # 300041, where the way on is the same as here, to seek again.
        try:
            return phone.until(moves, seconds=5)
        except AssertionError:
            phone.ask(f"void ({AUDIO}.currentTime += 0.1)")
    phone.until(moves)


def seek(phone: Phone, share: float) -> float:
    """Click on the slider so far across; give the second that it then shows."""
    phone.click(SLIDER, share)
    return float(phone.ask("Number(document.querySelector('[data-seek]').value)"))


def is_heard(machine: Machine, phone: Phone, recording: Recording) -> None:
    """Wait until what comes out of the loudspeaker is the place that the player says it is at."""
    heard = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = now(phone)
        snippet = machine.listen()
        after = now(phone)
        # There are silences in recordings, and a busy machine can make sound stutter.
        if is_loud(snippet):
            place, likeness = recording.find(snippet)
            if likeness > ALIKE and before - LATE < place < after:
                return
            heard.append(f"{place:.1f} ({likeness:.2f}) at {before:.1f} to {after:.1f}")
    raise AssertionError(f"heard: {'; '.join(heard) or 'nothing'}")
