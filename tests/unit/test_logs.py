"""One line an event in the log, whoever caused it."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from hearth_cft.logs import LineFormatter, escaped
from tests.server import ROOT


def line_of(message: str, *arguments: object, **details: object) -> str:
    record = logging.LogRecord("hearth.x", logging.WARNING, "x.py", 1, message, arguments, None)
    vars(record).update(details)
    return LineFormatter().format(record)


def test_a_line_has_time_level_name_message_and_facts() -> None:
    line = line_of("records %s", "pushed", count=3)

    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING ", line)
    assert line.endswith("WARNING hearth.x: records pushed count=3")


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Move this process to a time zone where the day begins 13 hours earlier."""
    monkeypatch.setenv("TZ", "XXX-13")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_the_time_is_utc_wherever_the_server_is() -> None:
    assert line_of("started", created=0.0).startswith("1970-01-01T00:00:00Z ")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        ("0.1.0+g12ab", "0.1.0+g12ab"),
        ("", '""'),
        ("3 count=4", '"3 count=4"'),
        ('a"b', r'"a\"b"'),
        (r"C:\n", r'"C:\\n"'),
        ("سلام", "سلام"),
        (None, "None"),
    ],
)
def test_a_fact_ends_where_its_value_ends(value: object, shown: str) -> None:
    assert line_of("done", fact=value, last=1).endswith(f": done fact={shown} last=1")


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


@pytest.mark.parametrize(
    "failure", ["fail()", "import threading; threading.Thread(target=fail).start()"]
)
def test_an_error_that_nobody_handles_is_a_line_too(failure: str) -> None:
    code = f"""
from hearth_cft.logs import log_to_stderr
def fail(): raise ValueError("first\\nsecond")
log_to_stderr()
{failure}
"""
    [line] = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    ).stderr.splitlines()

    assert " CRITICAL hearth: unexpected error" in line
    assert line.endswith(r"ValueError: first\nsecond")
