"""The writer and reader of WebVTT captions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.tools.recordings.captions import (
    CaptionError,
    Cue,
    problems_of,
    read_captions,
    write_captions,
)

WORDS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]),
    min_size=1,
    max_size=40,
)


def test_cues_are_numbered_and_timed_to_the_millisecond() -> None:
    text = write_captions([Cue(4.25, 9.1234, "Sit."), Cue(3661.5, 3662, "Stand.")], "A note.")

    assert text == (
        "WEBVTT\n\nNOTE\nA note.\n\n"
        "1\n00:00:04.250 --> 00:00:09.123\nSit.\n\n"
        "2\n01:01:01.500 --> 01:01:02.000\nStand.\n"
    )


def test_words_that_look_like_markup_stay_words() -> None:
    text = write_captions([Cue(0, 1, "a <b> & --> c")])

    assert "<b>" not in text
    assert text.count("-->") == 1
    assert read_captions(text)[0].text == "a <b> & --> c"


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5), WORDS), max_size=8))
def test_what_is_written_is_read_again(cues: list[tuple[int, int, str]]) -> None:
    written = tuple(
        Cue(start / 1000, (start + length) / 1000, text) for start, length, text in cues
    )

    read = read_captions(write_captions(written))

    assert [cue.text for cue in read] == [cue.text for cue in written]
    assert [cue.start for cue in read] == pytest.approx([cue.start for cue in written])


def test_files_of_other_tools_are_read() -> None:
    lines = ["\ufeffWEBVTT - a title", "", "00:01.000 --> 00:02.500 align:start", "Sit", "down."]

    assert read_captions("\r\n".join(lines)) == (Cue(1, 2.5, "Sit down."),)


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("1\n00:01.000 --> 00:02.000\nSit.", 1), ("WEBVTT\n\n1 --> 2\nSit.", 3)],
)
def test_a_file_that_is_no_webvtt_is_refused(text: str, line: int) -> None:
    with pytest.raises(CaptionError) as caught:
        read_captions(text)

    assert caught.value.line == line


@pytest.mark.parametrize(
    ("cues", "message"),
    [
        ([Cue(2, 2, "a")], "cue 1 ends before it begins"),
        ([Cue(1, 3, "a"), Cue(2, 4, "b")], "cue 2 begins before"),
        ([Cue(1, 11, "a")], "the last cue ends at 11.0 s, the recording at 10.0 s"),
    ],
)
def test_impossible_times_are_named(cues: list[Cue], message: str) -> None:
    assert any(message in problem for problem in problems_of(cues, seconds=10))


def test_good_times_are_not_complained_about() -> None:
    assert problems_of([Cue(0, 1, "a"), Cue(1, 10, "b")], seconds=10) == []
