"""English in place of a missing translation, and the page's own language around it.

A message without a translation is English between two marker characters. `mark_language` turns
them into ``<span lang="en" dir="ltr">`` in text, and drops them where no element can stand
(attributes, titles), so that no template has to think of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

OPEN, CLOSE = "\ue000", "\ue001"
MARKERS = str.maketrans("", "", OPEN + CLOSE)
TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL)
TEXT_ONLY = {"title", "desc", "option", "textarea", "script", "style"}


def rewrite(html: str, tag: Callable[[str], str], text: Callable[[str, str], str]) -> str:
    """Put each tag through `tag` and the text between through `text`, which is told where it is.

    The place is "silent" where no element may stand (titles, options), "drawing" in an SVG,
    else "page".
    """
    out, at, silent, drawing = [], 0, 0, 0

    def place() -> str:
        return "silent" if silent else "drawing" if drawing else "page"

    for found in TAG.finditer(html):
        out += [text(html[at : found.start()], place()), tag(found[0])]
        at = found.end()
        name, step = (found[2] or "").lower(), -1 if found[1] else 1
        if name in TEXT_ONLY:
            silent += step
        elif name == "svg":
            drawing += step
    return "".join([*out, text(html[at:], place())])


def mark_language(html: str) -> str:
    """Turn fallback markers into elements where an element may stand, drop them elsewhere."""
    if OPEN not in html:
        return html
    return rewrite(html, lambda tag: tag.translate(MARKERS), _marked)


def _marked(text: str, place: str) -> str:
    if OPEN not in text or place == "silent":
        return text.translate(MARKERS)
    name = "tspan" if place == "drawing" else "span"
    lang = '<tspan lang="en">' if place == "drawing" else '<span lang="en" dir="ltr">'
    return text.replace(OPEN, lang).replace(CLOSE, f"</{name}>")
