from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hearth_cft.web.ranges import RangeNotSatisfiableError, Span, requested_span

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "ranges.json").read_text())["cases"]
SIZES = st.integers(0, 10**7)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['range']} of {case['size']}")
def test_a_range_header_gives_what_rfc_9110_says(case: dict[str, object]) -> None:
    assert given_span(case["range"], case["size"]) == case["gives"]


@given(st.text(max_size=40) | st.from_regex(r"bytes=[0-9, -]*", fullmatch=True), SIZES)
@example("bytes=" + "9" * 10_000 + "-", 10)
@example("bytes=\u0664-\u0665", 10)
def test_no_header_asks_for_bytes_outside_the_file(header: str, size: int) -> None:
    span = given_span(header, size)

    if isinstance(span, list):
        first, last = span
        assert 0 <= first <= last < size


@given(st.integers(1, 10**7), st.data())
def test_every_part_of_a_file_can_be_asked_for(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))

    assert requested_span(f"bytes={first}-{last}", size) == Span(first, last)
    assert requested_span(f"bytes={first}-", size) == Span(first, size - 1)
    assert requested_span(f"bytes=-{size - first}", size) == Span(first, size - 1)


def test_a_span_counts_both_of_its_ends() -> None:
    span = Span(100, 199)

    assert span.length == 100
    assert span.content_range(1000) == "bytes 100-199/1000"


def test_an_impossible_range_tells_the_size() -> None:
    with pytest.raises(RangeNotSatisfiableError) as raised:
        requested_span("bytes=10-", 10)

    assert raised.value.size == 10


def given_span(header: object, size: object) -> object:
    assert header is None or isinstance(header, str)
    assert isinstance(size, int)
    try:
        span = requested_span(header, size)
    except RangeNotSatisfiableError:
        return "unsatisfiable"
    return "whole" if span is None else [span.first, span.last]
