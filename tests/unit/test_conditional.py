from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.web.conditional import http_date, not_modified, precondition_failed, range_applies

ETAG = '"abc"'
MODIFIED = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)
DATE = "Fri, 01 May 2026 12:00:00 GMT"
EARLIER = "Fri, 01 May 2026 11:59:59 GMT"
LATER = "Fri, 01 May 2026 12:00:01 GMT"


def test_a_moment_is_written_as_http_dates_are() -> None:
    assert http_date(MODIFIED) == DATE


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"if-none-match": ETAG}, True),
        ({"if-none-match": 'W/"abc"'}, True),
        ({"if-none-match": '"x", "abc"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"x"'}, False),
        ({"if-modified-since": DATE}, True),
        ({"if-modified-since": LATER}, True),
        ({"if-modified-since": EARLIER}, False),
        ({"if-modified-since": "Friday, 01-May-26 12:00:00 GMT"}, True),
        ({"if-modified-since": "Fri May  1 12:00:00 2026"}, True),
        ({"if-modified-since": "Fri May  1 11:59:59 2026"}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-none-match": '"x"', "if-modified-since": LATER}, False),
    ],
)
def test_a_copy_is_unchanged_by_tag_and_else_by_date(
    headers: dict[str, str], expected: bool
) -> None:
    assert not_modified(headers, ETAG, MODIFIED) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"if-match": ETAG}, False),
        ({"if-match": "*"}, False),
        ({"if-match": 'W/"abc"'}, True),
        ({"if-match": '"x"'}, True),
        ({"if-unmodified-since": DATE}, False),
        ({"if-unmodified-since": EARLIER}, True),
        ({"if-unmodified-since": "yesterday"}, False),
        ({"if-match": ETAG, "if-unmodified-since": EARLIER}, False),
    ],
)
def test_a_precondition_fails_by_strong_tag_and_else_by_date(
    headers: dict[str, str], expected: bool
) -> None:
    assert precondition_failed(headers, ETAG, MODIFIED) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, True),
        (ETAG, True),
        ('"x"', False),
        ('W/"abc"', False),
        (DATE, True),
        (EARLIER, False),
        (LATER, False),
        ("Friday, 01-May-26 12:00:00 GMT", True),
        ("Fri May  1 12:00:00 2026", True),
        (f"{ETAG}, {ETAG}", False),
        ("*", False),
        ("", False),
        ("abc", False),
    ],
)
def test_a_range_applies_only_to_the_very_same_file(value: str | None, expected: bool) -> None:
    assert range_applies(value, ETAG, MODIFIED) is expected


@given(st.text(max_size=60))
def test_no_value_of_a_condition_is_an_error(value: str) -> None:
    headers = {"if-modified-since": value, "if-unmodified-since": value}

    not_modified(headers, ETAG, MODIFIED)
    precondition_failed(headers, ETAG, MODIFIED)
    range_applies(value, ETAG, MODIFIED)
