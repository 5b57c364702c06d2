"""Write the log of the whole process: one line an event, whoever caused it.

A stranger's words may be part of an event, in an address or an exception. They never begin a line.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time

log = logging.getLogger("hearth")

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
# What every LogRecord has. The rest are the facts of `extra`.
_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """A formatter that puts time, level, name, message, facts and traceback on one line.

    The time is in UTC.
    """

    def __init__(self) -> None:
        super().__init__(_FORMAT, _TIME)
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line of printable characters."""
        return escaped(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """Return the line without the traceback."""
        facts = [
            f" {name}={_quoted(str(value))}"
            for name, value in vars(record).items()
            if name not in _STANDARD
        ]
        return super().formatMessage(record) + "".join(facts)


def _quoted(value: str) -> str:
    """Return the value as it is, or as a JSON string if it could end early or hold another fact."""
    is_plain = value.isprintable() and not set(value) & set(' ="\\')
    return value if value and is_plain else json.dumps(value, ensure_ascii=False)


def escaped(text: str) -> str:
    """Return the text with everything that isn't printable as an escape, such as \\n or \\x1b."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def log_to_stderr() -> None:
    """Send events, warnings and errors that nobody handled to standard error, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.captureWarnings(True)
    sys.excepthook = lambda _kind, error, _traceback: _log_uncaught(error)
    threading.excepthook = lambda thrown: _log_uncaught(thrown.exc_value)


def _log_uncaught(error: BaseException | None) -> None:
    # An operator needs the traceback, and so does whoever mends the fault.
    log.critical("unexpected error", exc_info=error)
