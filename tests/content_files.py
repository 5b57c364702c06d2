"""Content for tests: the smallest worksheet, and a function that writes content files."""

from __future__ import annotations

from pathlib import Path

SHEET = """
title = "A"
summary = "B"
order = 1
revision = 1
[[sections]]
name = "one"
title = "One"
[[sections.fields]]
name = "words"
type = "text"
label = "Words?"
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Write the file `name` below the folder, and return its path."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
