"""Splitting a text into search words. The browser's code is tested with the same vectors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hearth_cft.web.site.search_words import words

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "search-words.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "found"), VECTORS)
def test_a_text_has_these_words(text: str, found: list[str]) -> None:
    assert words(text) == found
