"""One line an event in the log, whoever caused it."""

from __future__ import annotations

import logging
import sys

import pytest

from hearth_cft.logs import LineFormatter, escaped


def line_of(message: str, *arguments: object, **details: object) -> str:
    record = logging.LogRecord("hearth.x", logging.WARNING, "x.py", 1, message, arguments, None)
    vars(record).update(details)
    return LineFormatter().format(record)


def test_a_line_has_time_level_name_message_and_facts() -> None:
    line = line_of("records %s", "pushed", count=3)

    assert line[4] == "-"
    assert line.endswith("WARNING hearth.x: records pushed count=3")


@pytest.mark.parametrize(
    "strange", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u202e", "\0", "\ud800"]
)
def test_nothing_begins_a_line_or_moves_the_cursor(strange: str) -> None:
    line = line_of(f"no page %s{strange}", f"/x{strange}WARNING forged", fact=strange)

    assert line.isprintable()
    assert line.encode("ascii")


def test_a_traceback_stays_on_its_line() -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        line = line_of("failed", exc_info=sys.exc_info())

    assert line.isprintable()
    assert "ValueError: first\\nsecond" in line


def test_words_of_any_script_stay_readable() -> None:
    assert escaped("مرحبا, zażółć \\n") == "مرحبا, zażółć \\n"
