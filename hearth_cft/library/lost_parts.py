"""Find the parts of a text that clients don't see, or that lead them nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from markdown_it.token import Token

from hearth_cft.library.markdown import SAFE_SCHEMES, inline_blocks
from hearth_cft.library.messages import content_messages
from hearth_cft.library.models import EasyWords, Library, Page
from hearth_cft.reading.problem import ContentError, did_you_mean, nearest

_RULE_OF_TABLE = re.compile(
    r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|\s*"
)
_PLACEHOLDER = re.compile(r"%\((\w*)\)s?")
_MARKDOWN = re.compile(r"!?\[[^\]]+\]\([^)\s]+\)")
_WITH_LANGUAGE = re.compile(r"/[a-z]{2,3}(?:-[A-Za-z]{2,4})?(/.*)\Z")


def lost_parts(
    library: Library, folder: Path, addresses: Collection[str], names: Collection[str]
) -> Iterator[ContentError]:
    """Yield what is lost in the texts below a content folder.

    `addresses` are those that links may lead to, without a language; `names` are those that
    placeholders may have.
    """
    known = {address.rstrip("/") or "/" for address in addresses}
    texts = [text for page in library.pages for text in (page, page.easy) if text]
    for text in texts:
        if text.path.is_relative_to(folder):
            yield from _lost_in_text(text, known, names)
    for message in content_messages(library):
        found = _MARKDOWN.search(message.id)
        is_plain = not message.context.startswith(("page:", "easy:"))
        if found and is_plain and message.path.is_relative_to(folder):
            line = _line_of(message.path, message.id)
            words = f"'{found[0]}' is shown as it stands: only pages have links and pictures"
            yield ContentError(message.path, line, words)


def _lost_in_text(
    text: Page | EasyWords, addresses: Collection[str], names: Collection[str]
) -> Iterator[ContentError]:
    for line, content, children in inline_blocks(text.body, text.body_line):
        for number, words in enumerate(content.split("\n")):
            if _RULE_OF_TABLE.fullmatch(words):
                message = "a table can't be shown; write its rows as a list"
                yield ContentError(text.path, line + number, message)
            for found in _PLACEHOLDER.finditer(words):
                if found[1] not in names or not found[0].endswith("s"):
                    message = f"'{found[0]}' is shown as it stands; known are: {_braced(names)}"
                    hint = did_you_mean(found[1], names)
                    yield ContentError(text.path, line + number, message + hint)
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif lost := _lost(child, addresses):
                yield ContentError(text.path, line, lost)


def _braced(names: Collection[str]) -> str:
    return ", ".join(f"%({name})s" for name in sorted(names))


def _lost(token: Token, addresses: Collection[str]) -> str | None:
    """Return why a picture or a link is lost, or None."""
    if token.type == "image":
        words = (
            f"only its words are shown: '{token.content}'" if token.content else "it is left out"
        )
        return f"the picture '{token.attrs.get('src')}' can't be shown; {words}"
    if token.type != "link_open":
        return None
    target = str(token.attrs.get("href", ""))
    if target.startswith("/"):
        return _dead(target, addresses)
    if target.startswith("#"):
        return f"the link '{target}' leads nowhere: headings have no addresses"
    if target.startswith(SAFE_SCHEMES):
        return None
    return f"the link '{target}' leads nowhere; {_remedy(target, addresses)}"


def _remedy(target: str, addresses: Collection[str]) -> str:
    scheme, colon, rest = target.partition("://")
    if colon and scheme.lower() in ("http", "https"):
        return f"write https://{rest}"
    if target.lower().startswith("www."):
        return f"write https://{target}"
    if re.fullmatch(r"[^@\s/]+@[^@\s/]+", target):
        return f"write mailto:{target}"
    name = target.rpartition("/")[2].removesuffix(".md").removesuffix(".toml")
    near = nearest(name, [address.rpartition("/")[2] for address in addresses])
    at = next((each for each in sorted(addresses) if near and each.endswith(f"/{near}")), None)
    return f"write {at}" if at else "begin it with https://, mailto:, tel:, sms: or /"


def _dead(target: str, addresses: Collection[str]) -> str | None:
    path = re.split(r"[?#]", target)[0].rstrip("/") or "/"
    if path in addresses:
        return None
    within = _WITH_LANGUAGE.match(path)
    if within and within[1] in addresses:
        return f"the link '{target}' leads nowhere; leave the language out: {within[1]}"
    return f"the link '{target}' leads nowhere: there is no such page{_near(path, addresses)}"


def _near(path: str, addresses: Collection[str]) -> str:
    """Return the nearest address: in the same folder, if there is one like it."""
    folder, _, name = path.rpartition("/")
    beside = [each[len(folder) + 1 :] for each in addresses if each.startswith(f"{folder}/")]
    if near := nearest(name, beside):
        return f"; did you mean '{folder}/{near}'?"
    return "" if beside else did_you_mean(path, addresses)


def _line_of(path: Path, text: str) -> int | None:
    """Return the line of the file on which a text begins, where it stands there on one line."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((n for n, line in enumerate(lines, 1) if text.split("\n")[0] in line), None)
