"""The computer-generated voices of the demonstration recordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """`style` names a voice of Kokoro-82M, `speed` 1 is its ordinary pace, not a calm one."""

    voice: str
    name: str
    locale: str
    style: str
    speed: float


# The speeds give about 145 words a minute with the commas that speech.py lengthens.
SPEAKERS = (
    Speaker("isabella", "Isabella", "en", "bf_isabella", 0.72),
    Speaker("george", "George", "en", "bm_george", 0.85),
)
