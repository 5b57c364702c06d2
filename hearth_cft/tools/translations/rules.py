"""Compare the Markdown and the white space of a translation with those of its English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt

MARKERS = {
    "em_open": "emphasis (*…* or _…_)",
    "strong_open": "strong text (**…** or __…__)",
    "code_inline": "a code mark (`)",
    "hardbreak": "a line break (\\ or two spaces at the end of a line)",
}
LINK = "the link to "
TARGET = re.compile(r"\]\([^)]*\)|<[^>]*>")
END_MARKS = ".,;:!?،؛؟۔।"
# Inside a message, the marker of a list or a heading has no effect: the page would show it as text.
BLOCK_MARKER = re.compile(r"^ {0,3}(#{1,6} |[-+*] |>|```|~~~)", re.MULTILINE)
ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|sms|javascript|data):|www\.)"
    r"[^\s<>()\[\]\"“”\u061c\u200e\u200f]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+",
    re.IGNORECASE,
)


def markdown_mistakes(sources: tuple[str, ...], form: str) -> Iterator[str]:
    """Yield each tag, link or marker that only `form` has, and each link that it lacks.

    `sources` are the English text and its plural, `form` is the translation.
    """
    english = [_structure(source) for source in sources]
    translated = _structure(form)
    for name in sorted(translated.difference(*english)):
        yield f"{name} is not in the English"
    for name in sorted(set.intersection(*english) - translated):
        if name.startswith(LINK):
            yield f"{name} is missing"


@cache
def _parser() -> MarkdownIt:
    # Parse HTML tags, so that the problems can name them. Pages show tags as text.
    return MarkdownIt("commonmark", {"html": True})


def _structure(text: str) -> set[str]:
    """Return a name for each tag, link, picture and Markdown marker in a text."""
    names = set()
    for token in _parser().parseInline(text)[0].children or ():
        if token.type == "link_open":
            names.add(f"{LINK}{token.attrs.get('href', '')}")
        elif token.type == "image":
            names.add(f"the picture {token.attrs.get('src', '')}")
        elif token.type == "html_inline":
            names.add(f"the tag {token.content}")
        elif token.type in MARKERS:
            names.add(MARKERS[token.type])
    for marker in BLOCK_MARKER.findall(text):
        names.add(f"“{marker.strip()}” at the start of a line")
    for address in ADDRESS.findall(TARGET.sub(" ", text)):
        names.add(f"{LINK}{address.rstrip(END_MARKS)}")
    return names


def white_space_mistakes(source: str, form: str) -> Iterator[str]:
    """Yield a mistake for each end where the white space of `form` and `source` differs."""
    ends = {
        "start": (
            source[: len(source) - len(source.lstrip())],
            form[: len(form) - len(form.lstrip())],
        ),
        "end": (source[len(source.rstrip()) :], form[len(form.rstrip()) :]),
    }
    for end, (expected, actual) in ends.items():
        if expected != actual:
            yield f"it must {end} with {_named(expected)} as the English does, not {_named(actual)}"


def _named(space: str) -> str:
    names = {" ": "a space", "\n": "a line end", "\t": "a tab", "\u00a0": "a no-break space"}
    return " and ".join(names.get(c, f"U+{ord(c):04X}") for c in space) or "no white space"
