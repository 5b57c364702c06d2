"""The tints over the page and the ruler leave enough contrast (static/css/reading/_aids.scss)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from hearth_cft.config.colours import PARTS, TEXT, contrast
from tests.server import ROOT

CSS = ROOT / "static" / "css"
PALETTES = (CSS / "_palettes.scss").read_text("utf-8")
AIDS = (CSS / "reading" / "_aids.scss").read_text("utf-8")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
LIGHT, DARK = (dict(COLOUR.findall(part)) for part in PALETTES.split("@mixin dark"))
THEMES = {"light": LIGHT, "dark": LIGHT | DARK}
TINTS = dict(re.findall(r'\[data-tint="(\w+)"\] \{\s+--tint: (#[0-9a-f]{6});', AIDS))
[BOOST] = map(float, re.findall(r"--contrast: contrast\(([\d.]+)\);", AIDS))
[STRONGEST] = map(float, re.findall(r"opacity: min\(([\d.]+), var\(--tint-strength", AIDS))

# The pairs that _tokens.scss promises.
WASHES = [name for name in LIGHT if name.endswith("-wash")]
UNDER = ["paper", "card", "sunk", "tile", *WASHES]
TEXTS = [
    *((text, under) for text in ("ink", "soft") for under in UNDER),
    *(("act", under) for under in ("paper", "card", "sunk", "act-wash", "ember-wash")),
    *(("act-ink", under) for under in ("act", "act-strong")),
    *(("ember", under) for under in ("paper", "card", "ember-wash")),
    *(("danger", under) for under in ("paper", "card", "sunk", "danger-wash")),
    *((f"{name}-ink", name) for name in ("ember", "danger", "focus")),
    *(
        (f, under)
        for f in ("threat", "drive", "soothe")
        for under in ("paper", "card", f"{f}-wash")
    ),
]
EDGES = [("edge", under) for under in ("paper", "card", "sunk", "act-wash")]


def tinted(colour: str, tint: str) -> str:
    """Return what the screen shows of a colour: more contrast, then the tint at its strongest."""
    pairs = zip(boosted(colour, BOOST), channels(tint), strict=True)
    return as_hex(value * (1 - STRONGEST + STRONGEST * film) for value, film in pairs)


def ruled(colour: str, band: str) -> str:
    """Return what the screen shows of a colour in the ruler: more contrast, then the band."""
    [[boost, strength]] = re.findall(
        r"filter: contrast\(([\d.]+)\).*?ruler::before \{[^}]*opacity: ([\d.]+);", AIDS, re.DOTALL
    )
    pairs = zip(boosted(colour, float(boost)), channels(band), strict=True)
    return as_hex(value + (over - value) * float(strength) for value, over in pairs)


def boosted(colour: str, boost: float) -> list[float]:
    """Return a colour's channels under CSS's contrast()."""
    return [min(1, max(0, (value - 0.5) * boost + 0.5)) for value in channels(colour)]


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def as_hex(values: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * value):02x}" for value in values)


@pytest.mark.parametrize("tint", TINTS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, TEXT), (EDGES, PARTS)])
def test_a_tint_at_its_strongest_leaves_enough_contrast(
    tint: str, theme: str, pairs: list[tuple[str, str]], least: float
) -> None:
    colours = {name: tinted(colour, TINTS[tint]) for name, colour in THEMES[theme].items()}

    low = [pair for pair in pairs if contrast(*(colours[name] for name in pair)) < least]

    assert low == []


def test_the_form_offers_every_tint() -> None:
    form = (ROOT / "hearth_cft/templates/components/aids.jinja").read_text("utf-8")

    offered = re.findall(r'"value": "(\w+)", "text": pgettext\("tint"', form)

    assert offered == list(TINTS)


@pytest.mark.parametrize("theme", THEMES)
def test_the_band_of_the_ruler_leaves_enough_contrast(theme: str) -> None:
    band = THEMES[theme]["act"]
    colours = {name: ruled(colour, band) for name, colour in THEMES[theme].items()}

    low = [pair for pair in TEXTS if contrast(*(colours[name] for name in pair)) < TEXT]

    assert low == []
