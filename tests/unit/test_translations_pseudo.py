"""Pseudo-locales change the text that people read, but nothing that programs read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.i18n.safety import placeholders
from hearth_cft.tools.translations.pseudo import accented, mirrored, pseudo_translations
from hearth_cft.tools.translations.rules import markdown_mistakes

PIECES = [
    "Stop",
    "whenever you like",
    "100 %",
    "*now*",
    "**not**",
    "_here_",
    "`code`",
    "[what helps](/help)",
    '[more](https://example.org/a?b=c "title")',
    "<https://example.org>",
    "https://example.org/x",
    "mailto:a@example.org",
    "%(third_system)s",
    "%(num)s",
    "%%",
    "&amp;",
    "\\*",
    "it’s",
    "\n",
    "  ",
]
blocks = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize("change", [accented, mirrored])
@given(text=blocks)
def test_placeholders_links_and_markers_stay_as_they_are(change, text: str) -> None:  # type: ignore[no-untyped-def]
    result = change(text)

    assert placeholders(result) == placeholders(text)
    assert result.count("%%") == text.count("%%")
    assert list(markdown_mistakes((text,), result)) == []


@given(blocks)
def test_white_space_at_the_ends_stays(text: str) -> None:
    for result in (accented(text), mirrored(text)):
        assert (
            result[: len(result) - len(result.lstrip())] == text[: len(text) - len(text.lstrip())]
        )
        assert result[len(result.rstrip()) :] == text[len(text.rstrip()) :]


@given(st.text(st.characters(categories=["L"], max_codepoint=0x7F), min_size=10, max_size=60))
def test_accented_text_is_about_forty_percent_longer_and_has_no_plain_letter(text: str) -> None:
    result = accented(text)

    assert 1.4 <= len(result) / len(text) <= 1.75
    assert not re.search("[A-Za-z]", result)


def test_every_word_of_mirrored_text_runs_from_right_to_left() -> None:
    assert mirrored("Stop %(name)s!") == "\u200f\u202eStop\u202c %(name)s!\u200f"


def test_a_pseudo_catalogue_has_every_text() -> None:
    catalogue = pseudo_translations("en-XA")

    assert catalogue.gettext("Aa") == "⟦Àà ·⟧"
    assert catalogue.pgettext("a context", "Aa") == "⟦Àà ·⟧"
    assert catalogue.ngettext("Aa", "Bb", 1) == "⟦Àà ·⟧"
    assert catalogue.npgettext("a context", "Aa", "Bb", 2) == "⟦Ɓƀ ·⟧"
