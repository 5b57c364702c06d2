"""Join codes that are the same when they are said aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.config.join_code import folded, has_enough_letters


@pytest.mark.parametrize(
    "typed",
    [
        "Spring Garden-7",
        " spring garden-7 ",
        "SPRINGGARDEN-7",
        "spring\u00a0garden\u20117",
        "spring garden\u20137",
        "spring garden--7",
        "spring garden\u22127.",
        "\u200espring\u200f garden-\u0667\u061c",
        "spring gar\u00adden-\u06f7\ufeff",
        "ｓｐｒｉｎｇ　ｇａｒｄｅｎ－７。",
        "spring garden-7\u3002",
        "spring\ngarden-7!?",
    ],
)
def test_what_keyboards_make_of_a_code_is_the_same_code(typed: str) -> None:
    assert folded(typed) == folded("Spring Garden-7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spring 7", "spring 8"),
        ("spring", "sprung"),
        ("spring-7", "spring7"),
        ("كتاب", "كتابة"),
        ("café", "cafe"),
        ("αβγδ", "abgd"),
    ],
)
def test_codes_that_differ_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text("abcdefghij0123456789", min_size=1), st.text("abcdefghij0123456789", min_size=1))
def test_other_letters_or_digits_are_another_code(one: str, other: str) -> None:
    assert (folded(one) == folded(other)) == (one == other)


def test_a_code_of_punctuation_alone_is_none() -> None:
    assert has_enough_letters("a-b c.d")
    assert not has_enough_letters("----")
    assert not has_enough_letters("\u200b\u200b\u200bab")
