"""What a translation may not do that its English doesn't: the part that needs Markdown."""

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
# A list or heading sign can't make a list or heading inside a message, it would be shown.
BLOCK_MARKER = re.compile(r"^ {0,3}(#{1,6} |[-+*] |>|```|~~~)", re.MULTILINE)
ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|sms|javascript|data):|www\.)"
    r"[^\s<>()\[\]\"“”\u061c\u200e\u200f]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+",
    re.IGNORECASE,
)


def markdown_mistakes(sources: tuple[str, ...], form: str) -> Iterator[str]:
    """Tags, links and markers that `form` has and its English lacks, and links that it lost."""
    english = [_structure(source) for source in sources]
    found = _structure(form)
    for name in sorted(found.difference(*english)):
        yield f"{name} is not in the English"
    for name in sorted(set.intersection(*english) - found):
        if name.startswith(LINK):
            yield f"{name} is missing"


@cache
def _parser() -> MarkdownIt:
    # Tags are recognised here, so that they can be named; pages show them as text.
    return MarkdownIt("commonmark", {"html": True})


def _structure(text: str) -> set[str]:
    found = set()
    for token in _parser().parseInline(text)[0].children or ():
        if token.type == "link_open":
            found.add(f"{LINK}{token.attrs.get('href', '')}")
        elif token.type == "image":
            found.add(f"the picture {token.attrs.get('src', '')}")
        elif token.type == "html_inline":
            found.add(f"the tag {token.content}")
        elif token.type in MARKERS:
            found.add(MARKERS[token.type])
    for marker in BLOCK_MARKER.findall(text):
        found.add(f"“{marker.strip()}” at the start of a line")
    for address in ADDRESS.findall(TARGET.sub(" ", text)):
        found.add(f"{LINK}{address.rstrip(END_MARKS)}")
    return found


def white_space_mistakes(source: str, form: str) -> Iterator[str]:
    """A translation starts and ends with the same white space as its English."""
    ends = {
        "start": (
            source[: len(source) - len(source.lstrip())],
            form[: len(form) - len(form.lstrip())],
        ),
        "end": (source[len(source.rstrip()) :], form[len(form.rstrip()) :]),
    }
    for place, (meant, given) in ends.items():
        if meant != given:
            yield f"it must {place} with {_named(meant)} as the English does, not {_named(given)}"


def _named(space: str) -> str:
    names = {" ": "a space", "\n": "a line end", "\t": "a tab", "\u00a0": "a no-break space"}
    return " and ".join(names.get(sign, f"U+{ord(sign):04X}") for sign in space) or "no white space"
