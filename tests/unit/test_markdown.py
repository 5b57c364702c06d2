"""Markdown is translated block by block, and no translation can add HTML or a script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.library.markdown import Lookup, message_blocks, render

SOURCE = "## Head\n\nOne *two*.\n\n- a\n- b\n\nSee [three](/learn/three).\n"


def rendered(source: str, translations: dict[str, str] | None = None, **values: str) -> str:
    def look_up(text: str) -> Lookup:
        return Lookup(
            (translations or {}).get(text, text), translations is None or text in translations
        )

    return str(render(source, look_up, link=lambda target: f"/en{target}", values=values))


def test_each_heading_item_and_paragraph_is_one_message_with_its_line() -> None:
    blocks = list(message_blocks(SOURCE, first_line=10))

    assert blocks == [
        (10, "Head"),
        (12, "One *two*."),
        (14, "a"),
        (15, "b"),
        (17, "See [three](/learn/three)."),
    ]


def test_a_translation_takes_the_place_of_its_block() -> None:
    html = rendered("One *two*.", {"One *two*.": "Eins *zwei*."})

    assert html == "<p>Eins <em>zwei</em>.</p>\n"


def test_a_block_without_a_translation_is_marked_as_english() -> None:
    html = rendered("One.\n\n- a\n", {})

    assert '<p lang="en" dir="ltr">One.</p>' in html
    assert '<li lang="en" dir="ltr">a</li>' in html


def test_local_links_get_the_language_and_strange_ones_lead_nowhere() -> None:
    html = rendered("[a](/help) [b](https://example.org) [c](javascript:alert(1)) [d](data:x)")

    assert 'href="/en/help"' in html
    assert 'href="https://example.org"' in html
    assert "javascript:alert" not in html.replace("[c](javascript:alert(1))", "")
    assert 'href="data:' not in html


def test_html_and_pictures_in_a_translation_stay_text() -> None:
    html = rendered("One.", {"One.": "<b>x</b> ![y](https://example.org/p.png) <script>"})

    assert "<b>" not in html
    assert "<img" not in html
    assert "<script>" not in html


def test_a_value_fills_its_placeholder_as_text() -> None:
    html = rendered("Your %(third_system)s, 100 %.", third_system="*<i>*")

    assert html == "<p>Your *&lt;i&gt;*, 100 %.</p>\n"


@given(st.text(max_size=200))
def test_no_translation_can_add_a_tag_that_runs(text: str) -> None:
    html = rendered("One.", {"One.": text}).lower()

    assert "<script" not in html
    assert "<img" not in html
