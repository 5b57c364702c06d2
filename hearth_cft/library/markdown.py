"""Markdown whose blocks are translated before they are rendered.

A heading, a list item, a paragraph is one message. The English gives the structure; each block's
inline text is looked up, and the translation is parsed in its place, so a translation can't add
blocks. Raw HTML is text here, in the source and in translations alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LOCAL_SCHEMES = ("/", "#")
SAFE_SCHEMES = ("https:", "mailto:", "tel:", "sms:")


@dataclass(frozen=True)
class Lookup:
    """What a block says in the reader's language; `translated` is false where it fell back."""

    text: str
    translated: bool


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def message_blocks(source: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Give (line, text) of each block that has words, in order."""
    for token in _parser().parse(source):
        if token.type == "inline" and token.content.strip():
            yield first_line + (token.map[0] if token.map else 0), token.content


def inline_blocks(source: str, first_line: int = 1) -> Iterator[tuple[int, str, list[Token]]]:
    """Give (line, text, tokens of the text) of each block that has words, in order."""
    for token in _parser().parse(source):
        if token.type == "inline" and token.content.strip():
            line = first_line + (token.map[0] if token.map else 0)
            yield line, token.content, token.children or []


def render(
    source: str,
    look_up: Callable[[str], Lookup],
    *,
    link: Callable[[str], str],
    values: Mapping[str, str],
) -> Markup:
    """Render `source` with each block's words replaced by what `look_up` gives.

    `link` turns a local target ("/learn/three-systems") into an address; `values` fills
    %(name)s placeholders, as text.
    """
    tokens = _parser().parse(source)
    for position, token in enumerate(tokens):
        if token.type == "inline" and token.content.strip():
            found = look_up(token.content)
            token.children = _inline(found.text, link, values)
            if not found.translated:
                _mark_english(tokens, position)
    return Markup(_parser().renderer.render(tokens, _parser().options, {}))  # noqa: S704


def _inline(text: str, link: Callable[[str], str], values: Mapping[str, str]) -> list[Token]:
    children = _parser().parseInline(text)[0].children or []
    for child in children:
        if child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            child.attrs["href"] = link(target) if target.startswith("/") else target
            if not target.startswith((*LOCAL_SCHEMES, *SAFE_SCHEMES)):
                child.attrs["href"] = "#"
        elif child.type == "image":
            # Pictures are drawings of ours, named in the head; an address could lead elsewhere.
            child.type, child.tag, child.children = "text", "", None
        if child.type == "text":
            child.content = fill(child.content, values)
    return children


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace %(name)s for each name in `values`; a bare % stays what it is."""
    for name, value in values.items():
        text = text.replace(f"%({name})s", value)
    return text


def _mark_english(tokens: list[Token], position: int) -> None:
    """Tell screen readers that this block fell back to English."""
    opening = tokens[position - 1]
    if opening.hidden:  # the paragraph of a tight list item has no tag of its own
        opening = tokens[position - 2]
    opening.attrs["lang"], opening.attrs["dir"] = "en", "ltr"
