"""Split a content file into its head and its text."""

from __future__ import annotations

from pathlib import Path

from hearth_cft.reading.problem import ContentError
from hearth_cft.reading.toml import TomlText, read_toml


def head_and_body(path: Path, text: str) -> tuple[TomlText, str, int]:
    """Split a Markdown file with a TOML head into head, body, and the body's first line.

    Raises ContentError.
    """
    lines = text.split("\n")
    if not text or lines[0].strip() != "+++":
        raise ContentError(path, 1, _first_line_words(lines[0].strip()))
    try:
        end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    except StopIteration:
        raise ContentError(path, 1, "the head has no closing '+++' line") from None
    head = read_toml(path, "\n".join(lines[1:end]), first_line=2)
    return head, "\n".join(lines[end + 1 :]), end + 2


def _first_line_words(line: str) -> str:
    words = "the first line must be '+++', the head comes before the text"
    return (
        f"{words}; write '+++' instead of '{line}'" if line and set(line) <= set("-—–=") else words
    )
