"""Describe what a check has found in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BUILD = "run 'hearth recordings build'"
ADD = "add it again with 'hearth recordings add'"


@dataclass(frozen=True)
class Finding:
    """What a check has found in a file. A note is only information; a problem needs fixing."""

    path: Path
    message: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {'note: ' if self.note else ''}{self.message}"
