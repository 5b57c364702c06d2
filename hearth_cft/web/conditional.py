"""Conditional requests (RFC 9110, section 13): does the visitor's copy still hold? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def http_date(moment: datetime) -> str:
    """A moment as HTTP writes it: ``Sun, 06 Nov 1994 08:49:37 GMT``."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def precondition_failed(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Whether If-Match or If-Unmodified-Since forbids the answer (412)."""
    if "if-match" in headers:
        wanted = _etags(headers["if-match"])
        return "*" not in wanted and etag not in wanted
    since = _moment(headers.get("if-unmodified-since"))
    return since is not None and modified.replace(microsecond=0) > since


def not_modified(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Whether the visitor's copy is the same (304): by If-None-Match, else by date."""
    if "if-none-match" in headers:
        wanted = {tag.removeprefix("W/") for tag in _etags(headers["if-none-match"])}
        return "*" in wanted or etag.removeprefix("W/") in wanted
    since = _moment(headers.get("if-modified-since"))
    return since is not None and modified.replace(microsecond=0) <= since


def range_applies(if_range: str | None, etag: str, modified: datetime) -> bool:
    """Whether a Range may be answered with a part: the copy it continues is this very file.

    Compares strongly: a weak tag, and a date that isn't exactly ours, get the whole file.
    """
    if if_range is None:
        return True
    value = if_range.strip(" \t")
    if value.endswith('"'):
        return value == etag and not value.startswith("W/")
    return _moment(value) == modified.replace(microsecond=0)


def _etags(value: str) -> set[str]:
    return {tag.strip(" \t") for tag in value.split(",")}


def _moment(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
