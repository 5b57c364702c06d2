"""Mark the English text that a page shows in place of a missing translation.

A message without a translation is shown in English, between two marker characters.
`mark_language` turns the markers into ``<span lang="en" dir="ltr">`` in text. It removes them
where HTML doesn't allow an element (attributes, titles). Templates need no code for this.
"""

from __future__ import annotations

import re
from collections.abc import Callable

OPEN, CLOSE = "\ue000", "\ue001"
MARKERS = str.maketrans("", "", OPEN + CLOSE)
TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL)
TEXT_ONLY = {"title", "desc", "option", "textarea", "script", "style"}


def rewrite(html: str, tag: Callable[[str], str], text: Callable[[str, str], str]) -> str:
    """Pass each tag of `html` to `tag` and each text between tags to `text`, and join the results.

    The second argument of `text` is the place: "silent" where HTML doesn't allow an element
    (titles, options), "drawing" in an SVG, otherwise "page".
    """
    parts, position, silent, drawing = [], 0, 0, 0

    def place() -> str:
        return "silent" if silent else "drawing" if drawing else "page"

    for match in TAG.finditer(html):
        parts += [text(html[position : match.start()], place()), tag(match[0])]
        position = match.end()
        name, step = (match[2] or "").lower(), -1 if match[1] else 1
        if name in TEXT_ONLY:
            silent += step
        elif name == "svg":
            drawing += step
    return "".join([*parts, text(html[position:], place())])


def mark_language(html: str) -> str:
    """Turn the markers into elements where HTML allows an element; remove them elsewhere."""
    if OPEN not in html:
        return html
    return rewrite(html, lambda tag: tag.translate(MARKERS), _marked)


def _marked(text: str, place: str) -> str:
    if OPEN not in text or place == "silent":
        return text.translate(MARKERS)
    name = "tspan" if place == "drawing" else "span"
    start = '<tspan lang="en">' if place == "drawing" else '<span lang="en" dir="ltr">'
    return text.replace(OPEN, start).replace(CLOSE, f"</{name}>")
