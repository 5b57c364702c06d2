"""The search index in search.json, which a phone searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hearth_cft.web.site.search import both, common_words, first_heading, serialized
from hearth_cft.web.site.search_words import words

# tests/js/features/search/finder.test.js checks that MiniSearch makes the same index from these
# documents.
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "search-index.json").read_text(encoding="utf-8")
)


def test_the_index_is_what_minisearch_would_write() -> None:
    documents = VECTORS["documents"]
    stored = [
        {"title": title, "summary": summary, "small": "5 min"}
        for _, title, summary, *_ in documents
    ]
    split = [[words(text) for text in texts] for _, *texts in documents]

    index = serialized([document[0] for document in documents], stored, split)

    assert index == VECTORS["served"]["index"]


def test_words_that_most_texts_have_are_left_out_of_them() -> None:
    texts = [["the", "breath"], ["the", "critic"], ["the", "letter"], ["the", "breath", "the"]]

    assert common_words(texts) == {"the"}


def test_among_a_few_texts_no_word_is_common() -> None:
    assert common_words([["the", "breath"], ["the", "critic"]]) == frozenset()


def test_other_words_are_in_the_readers_language_and_in_english_once() -> None:
    assert both("\ue000panic, fear\ue001", "panic, fear") == "panic, fear"
    assert both("هلع", "panic, fear") == "هلع, panic, fear"


def test_a_place_is_called_what_its_page_is_called() -> None:
    assert first_heading(b'<h1 tabindex="-1">When it&#39;s <i>hard</i></h1><h1>No</h1>') == (
        "When it's hard"
    )
    assert first_heading(b'<h1><span lang="en" dir="ltr">Lock</span></h1>') == "\ue000Lock\ue001"
    assert first_heading(b"<p>Nothing</p>") == ""
