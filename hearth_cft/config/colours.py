"""Check the contrast of a service's theme, using the relative luminance of WCAG 2.2."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
# The lowest contrast ratios allowed: for text, and for parts of the page that are not text.
TEXT, PARTS = 4.5, 3.0

# The fixed colours that appear next to a service's colours (static/css/_tokens.scss).
BESIDE = {
    "": {"ink": "#2a2722", "soft": "#5f574c", "act_ink": "#ffffff", "card": "#ffffff"},
    "_dark": {"ink": "#efe8dc", "soft": "#b9ae9e", "act_ink": "#0d2622", "card": "#24211d"},
}


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (https://www.w3.org/TR/WCAG22/)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two "#rrggbb" colours, 1 to 21."""
    darker, lighter = sorted((luminance(colour), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_theme(theme: Mapping[str, str]) -> str | None:
    """Return a message about the first problem of a theme, or None if there is no problem.

    A problem is a value that is not a colour, or a pair of colours with too little contrast. The
    message about a pair gives the contrast ratio.
    """
    for name, colour in theme.items():
        if not HEX.match(colour):
            return f"'theme.{name}' is {colour!r}: must be a colour such as #1d5b50"
    for suffix, fixed in BESIDE.items():
        act, ember, paper = (theme[name + suffix] for name in ("act", "ember", "paper"))
        pairs = [
            (f"theme.paper{suffix}", paper, "the text", fixed["ink"], TEXT),
            (f"theme.paper{suffix}", paper, "the soft text", fixed["soft"], TEXT),
            (f"theme.act{suffix}", act, "the text on it", fixed["act_ink"], TEXT),
            (f"theme.act{suffix}", act, "the paper", paper, TEXT),
            (f"theme.act{suffix}", act, "a card", fixed["card"], TEXT),
            (f"theme.ember{suffix}", ember, "the paper", paper, PARTS),
            (f"theme.ember{suffix}", ember, "a card", fixed["card"], PARTS),
        ]
        for name, colour, against, other, minimum in pairs:
            ratio = contrast(colour, other)
            if ratio < minimum:
                return (
                    f"'{name}' is {colour}: its contrast with {against} ({other}) is "
                    f"{ratio:.2f}:1, and must be {minimum}:1 or more"
                )
    return None
