"""The computer-generated voices of the demonstration recordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """`style` names a voice of Kokoro-82M, `speed` 1 is its ordinary pace, not a calm one.

    `espeak` is what espeak-ng calls the language; empty for British English.
    """

    voice: str
    name: str
    locale: str
    style: str
    speed: float
    espeak: str = ""


# The speeds give about 145 words a minute in English, and as calm a pace in the others, with the
# commas that speech.py lengthens.
SPEAKERS = (
    Speaker("isabella", "Isabella", "en", "bf_isabella", 0.72),
    Speaker("george", "George", "en", "bm_george", 0.85),
    Speaker("dora", "Dora", "es", "ef_dora", 0.72, "es"),
    Speaker("siwis", "Siwis", "fr", "ff_siwis", 0.8, "fr"),
    Speaker("dora", "Dora", "pt-BR", "pf_dora", 0.82, "pt-br"),
)
