"""Evaluate conditional requests (RFC 9110, section 13): is the client's copy still valid?

All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def http_date(moment: datetime) -> str:
    """Return a time in HTTP's date format: ``Sun, 06 Nov 1994 08:49:37 GMT``."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def precondition_failed(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Return whether If-Match or If-Unmodified-Since fails, so that the response is a 412."""
    if "if-match" in headers:
        wanted = _etags(headers["if-match"])
        return "*" not in wanted and etag not in wanted
    since = _parsed_date(headers.get("if-unmodified-since"))
    return since is not None and modified.replace(microsecond=0) > since


def not_modified(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Return whether the client's copy is up to date, so that a 304 response is enough.

    If-None-Match decides; without it, If-Modified-Since does.
    """
    if "if-none-match" in headers:
        wanted = {tag.removeprefix("W/") for tag in _etags(headers["if-none-match"])}
        return "*" in wanted or etag.removeprefix("W/") in wanted
    since = _parsed_date(headers.get("if-modified-since"))
    return since is not None and modified.replace(microsecond=0) <= since


def range_applies(if_range: str | None, etag: str, modified: datetime) -> bool:
    """Return whether a Range request may be answered with a part of the file.

    That is so without If-Range, or if If-Range names exactly this version of the file. The
    comparison is strong: a weak tag, or a date other than `modified`, gets the whole file.
    """
    if if_range is None:
        return True
    value = if_range.strip(" \t")
    if value.endswith('"'):
        return value == etag and not value.startswith("W/")
    return _parsed_date(value) == modified.replace(microsecond=0)


def _etags(value: str) -> set[str]:
    return {tag.strip(" \t") for tag in value.split(",")}


def _parsed_date(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
