"""Contrast of a service's theme, by WCAG 2.2's relative luminance."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
TEXT, PARTS = 4.5, 3.0

# What the rest of the look puts beside a service's colours (static/css/_tokens.scss).
BESIDE = {
    "": {"ink": "#2a2722", "soft": "#5f574c", "act_ink": "#ffffff", "card": "#ffffff"},
    "_dark": {"ink": "#efe8dc", "soft": "#b9ae9e", "act_ink": "#0d2622", "card": "#24211d"},
}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of "#rrggbb" (https://www.w3.org/TR/WCAG22/)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, of two "#rrggbb" colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_theme(theme: Mapping[str, str]) -> str | None:
    """Say what is wrong with a theme, with the figure; None when every pair is readable."""
    for name, colour in theme.items():
        if not HEX.match(colour):
            return f"'theme.{name}' is {colour!r}: must be a colour such as #1d5b50"
    for ending, beside in BESIDE.items():
        act, ember, paper = (theme[name + ending] for name in ("act", "ember", "paper"))
        pairs = [
            (f"theme.paper{ending}", paper, "the text", beside["ink"], TEXT),
            (f"theme.paper{ending}", paper, "the soft text", beside["soft"], TEXT),
            (f"theme.act{ending}", act, "the text on it", beside["act_ink"], TEXT),
            (f"theme.act{ending}", act, "the paper", paper, TEXT),
            (f"theme.act{ending}", act, "a card", beside["card"], TEXT),
            (f"theme.ember{ending}", ember, "the paper", paper, PARTS),
            (f"theme.ember{ending}", ember, "a card", beside["card"], PARTS),
        ]
        for name, colour, against, other, least in pairs:
            figure = contrast(colour, other)
            if figure < least:
                return (
                    f"'{name}' is {colour}: its contrast with {against} ({other}) is "
                    f"{figure:.2f}:1, and must be {least}:1 or more"
                )
    return None
