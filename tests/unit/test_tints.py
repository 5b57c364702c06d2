"""The tints over the page leave enough contrast (static/css/_aids.scss)."""

from __future__ import annotations

import re

import pytest

from hearth_cft.config.colours import PARTS, TEXT, contrast
from tests.server import ROOT

CSS = ROOT / "static" / "css"
TOKENS = (CSS / "_tokens.scss").read_text("utf-8")
AIDS = (CSS / "_aids.scss").read_text("utf-8")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
LIGHT, DARK = (dict(COLOUR.findall(part)) for part in TOKENS.split("@mixin dark"))
THEMES = {"light": LIGHT, "dark": LIGHT | DARK}
TINTS = dict(re.findall(r'\[data-tint="(\w+)"\] \{\s+--tint: (#[0-9a-f]{6});', AIDS))
[BOOST] = map(float, re.findall(r"contrast\(([\d.]+)\);", AIDS))
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
    channels = []
    for at in (1, 3, 5):
        value, film = (int(each[at : at + 2], 16) / 255 for each in (colour, tint))
        boosted = min(1, max(0, (value - 0.5) * BOOST + 0.5))
        channels.append(round(255 * boosted * (1 - STRONGEST + STRONGEST * film)))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


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
