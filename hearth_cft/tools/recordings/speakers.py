"""List the computer-generated voices of the demonstration recordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """A computer-generated voice in one language.

    `style` is the name of a voice of Kokoro-82M. `speed` 1 is its ordinary pace, which is not calm.
    `espeak` is espeak-ng's name for the language. It is empty for British English.
    """

    voice: str
    name: str
    locale: str
    style: str
    speed: float
    espeak: str = ""


# With the pauses that stops.py lengthens, these speeds give about 145 words a minute in English and
# an equally calm pace in the other languages.
SPEAKERS = (
    Speaker("isabella", "Isabella", "en", "bf_isabella", 0.72),
    Speaker("george", "George", "en", "bm_george", 0.85),
    Speaker("dora", "Dora", "es", "ef_dora", 0.72, "es"),
    Speaker("siwis", "Siwis", "fr", "ff_siwis", 0.8, "fr"),
    Speaker("dora", "Dora", "pt-BR", "pf_dora", 0.82, "pt-br"),
)
