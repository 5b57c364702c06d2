"""Save and play a recording in a browser, and check the sound from the loudspeaker."""

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
# The width of the slider's thumb, as a share of the slider's.
THUMB = """(() => {
  const slider = document.querySelector("[data-seek]");
  const { fontSize } = getComputedStyle(document.documentElement);
  const thumb = parseFloat(getComputedStyle(slider).getPropertyValue("--thumb"));
  return (thumb * parseFloat(fontSize)) / slider.clientWidth;
})()"""
PLAY = "//*[@data-play]"
LIT = """[...document.querySelectorAll("[data-words=full] [data-phrase]")]
  .findIndex((phrase) => phrase.classList.contains("now"))"""
FAR_APART = [0.9, 0.1, 0.7, 0.3, 0.5]  # shares of the recording
BESIDE = 0.1  # this far around them, as a share
CHECKED = 10  # seconds in which a place is checked, on a busy machine
ALIKE = 0.5  # the least likeness of the sound to the recording; a wrong place gives 0.1
LATE = 1.5  # seconds from the player to the captured sound, on a busy machine


def open_saved(phone: Phone, server: Server) -> None:
    """Save the recording, stop the server, and open the recording's page."""
    phone.open(RECORDING)
    phone.get_ready_for_flight()
    phone.open(RECORDING)
    phone.press(f"Save on {phone.device}")
    phone.sees("It plays with no signal")
    server.stop()
    phone.open(RECORDING)
    phone.until("document.querySelector('[data-total]').innerText")


def played_file(phone: Phone) -> Path:
    """Wait until the phone plays its own copy of a recording. Return the copied file."""
    address = phone.until(f"{AUDIO}.currentSrc.includes('/saved/') && {AUDIO}.currentSrc")
    return SOUNDS / str(address).rpartition("/")[2]


def now(phone: Phone) -> float:
    return float(phone.ask(f"{AUDIO}.currentTime"))


def cues(sound: Path) -> list[tuple[float, float]]:
    """Return the start and the end of each spoken phrase, in seconds."""
    times = re.findall(
        r"(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)", sound.with_suffix(".vtt").read_text()
    )
    return [(_seconds(*numbers[:3]), _seconds(*numbers[3:])) for numbers in times]


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def spoken(sound: Path, since: float, until: float) -> list[int]:
    """Return the numbers of the phrases that are highlighted at some time between these seconds.

    Allow a tolerance of one second. A phrase stays highlighted during the silence after it.
    """
    begins = [start for start, _ in cues(sound)]
    ends = [*begins[1:], float("inf")]
    phrases = enumerate(zip(begins, ends, strict=True))
    return [number for number, (start, end) in phrases if start < until + 1 and end > since - 1]


def spoken_places(sound: Path, total: float) -> list[float]:
    """Return five places as shares of `total` seconds, where the voice has most to say.

    At others there may be half a minute of silence, in which nothing can be compared.
    """

    def speech(start: float) -> float:
        end = start + CHECKED
        return sum(max(0, min(until, end) - max(since, start)) for since, until in cues(sound))

    begins = [start for start, _ in cues(sound)]
    around = [[b for b in begins if abs(b / total - share) < BESIDE] for share in FAR_APART]
    return [max(near, key=speech) / total for near in around]


def goes_on(phone: Phone, start: float) -> None:
    """Wait until the recording plays on from the second `start`."""
    moves = f"{AUDIO}.currentTime > {start} + 0.3 && {AUDIO}.currentTime < {start} + 30"
    if phone.engine == "webkit":
        # After a seek, WebKitGTK sometimes stays at the new place although it plays (its bug
        # 300041). The workaround there is the same as here: seek again.
        try:
            return phone.until(moves, seconds=5)
        except AssertionError:
            phone.ask(f"void ({AUDIO}.currentTime += 0.1)")
    phone.until(moves)


def seek(phone: Phone, share: float) -> float:
    """Click the slider where its thumb shows this share. Return the second that it then shows."""
    # The middle of the thumb never gets nearer to the ends than half of the thumb's width.
    thumb = float(phone.ask(THUMB))
    phone.click(SLIDER, 0.5 + (share - 0.5) * (1 - thumb))
    return float(phone.ask("Number(document.querySelector('[data-seek]').value)"))


def is_heard(machine: Machine, phone: Phone, recording: Recording) -> None:
    """Wait until the sound from the loudspeaker matches the place that the player reports."""
    mismatches = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = now(phone)
        snippet = machine.listen()
        after = now(phone)
        # Try again after silence or a mismatch. Recordings contain silences, and sound can stutter
        # on a busy machine.
        if is_loud(snippet):
            place, likeness = recording.find(snippet)
            if likeness > ALIKE and before - LATE < place < after:
                return
            mismatches.append(f"{place:.1f} ({likeness:.2f}) at {before:.1f} to {after:.1f}")
    raise AssertionError(f"heard: {'; '.join(mismatches) or 'nothing'}")
