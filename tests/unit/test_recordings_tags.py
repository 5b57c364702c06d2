"""The writer and reader of ID3 tags."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.tools.recordings.labels import demonstration, iso_639_2
from hearth_cft.tools.recordings.tags import Tags, read_tags, tag_bytes

TAGS = Tags("Calm", "Isabella", "eng", "MIT", demonstration("en"))


def test_tags_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes(tag_bytes(TAGS) + b"\xff\xfb")

    assert read_tags(file) == TAGS


def test_a_long_title_keeps_the_lengths_right(tmp_path: Path) -> None:
    tags = Tags("تنفّس " * 60, "Z", "ara", "MIT")
    file = tmp_path / "a.mp3"
    file.write_bytes(tag_bytes(tags))

    assert read_tags(file) == tags


def test_an_mp3_without_tags_has_none(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes(b"\xff\xfb\x90")

    assert read_tags(file) is None


@given(st.binary(max_size=200))
def test_damaged_tags_never_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged.mp3"
    file.write_bytes(b"ID3\x04\x00\x00\x00\x00\x01\x7f" + content)

    assert read_tags(file) is not None


def test_languages_have_three_letters_in_a_tag() -> None:
    assert [iso_639_2(tag) for tag in ("en", "pt-BR", "cy", "fil", "xx")] == [
        "eng",
        "por",
        "cym",
        "fil",
        "und",
    ]
