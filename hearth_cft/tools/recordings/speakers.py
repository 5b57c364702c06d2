"""List the computer-generated voices of the demonstration recordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """A computer-generated voice in one language.

    `style` is the name of a voice of Kokoro-82M. `speed` 1 is its ordinary pace, which is not calm.
    `espeak` is espeak-ng's name for the language. It is empty for British English. A phrase
    takes about `start` seconds, `letter` seconds for each letter, and the silences at punctuation
    marks.
    """

    voice: str
    name: str
    locale: str
    style: str
    speed: float
    start: float
    letter: float
    espeak: str = ""


# With the silences that stops.py lengthens, these speeds give about 110 words a minute in English
# and an equally calm pace in the other languages. The seconds are measured: a line through the
# lengths of all the phrases of the first edition, 100 to 350 a voice.
SPEAKERS = (
    Speaker("isabella", "Isabella", "en", "bf_isabella", 0.72, 0.61, 0.0764),
    Speaker("george", "George", "en", "bm_george", 0.85, 0.62, 0.0705),
    Speaker("dora", "Dora", "es", "ef_dora", 0.72, 0.47, 0.088, "es"),
    Speaker("siwis", "Siwis", "fr", "ff_siwis", 0.8, 0.0, 0.0765, "fr"),
    Speaker("dora", "Dora", "pt-BR", "pf_dora", 0.82, 0.48, 0.0701, "pt-br"),
)
