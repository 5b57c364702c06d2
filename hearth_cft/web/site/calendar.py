"""Write a calendar file (RFC 5545) for a regular practice time, discreet on a shared calendar.

The file names neither the service nor this app. The event is private and shows the time as free.
It has a reminder only if the client chose one. Times are floating: eight o'clock stays eight
o'clock in another time zone. Without a connection, the page writes the same file from
`calendar_template` (static/js/features/practice/calendar-file.js).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import uuid4

from icalendar import Alarm, Calendar, Event
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from quart import Blueprint, Response, request
from werkzeug.exceptions import Forbidden, NotFound, UnprocessableEntity

from hearth_cft.config import Config

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_TITLE = 60
FILE = "practice-time.ics"
HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}\Z")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
SPACES = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
MOST_BYTES = 4096

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def clean_title(title: str) -> str:
    """Return the title as one line, without backslashes.

    icalendar would read a backslash before an N as a line break.
    """
    return SPACES.sub(" ", title.replace("\\", "/")).strip(" ")


def _time(value: str) -> time:
    # Accept only what browsers send. pydantic itself would also accept seconds and time zones.
    if not CLOCK.match(value):
        raise ValueError("must be a time such as 19:30")
    return time.fromisoformat(value)


def _in_week_order(days: tuple[Day, ...]) -> tuple[Day, ...]:
    return tuple(day for day in DAYS if day in days)


class PracticeTime(BaseModel):
    """The chosen practice time: days of the week, time, length, and what the calendar shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    title: Annotated[
        str, AfterValidator(clean_title), Field(min_length=1, max_length=LONGEST_TITLE)
    ]
    days: Annotated[tuple[Day, ...], Field(min_length=1), AfterValidator(_in_week_order)]
    at: time
    minutes: Literal[5, 10, 15, 20, 30] = 10
    reminder: bool = False
    link: str | None = None

    def first(self, today: date) -> datetime:
        """Return the first practice time on or after the date `today`."""
        days_ahead = min((DAYS.index(day) - today.weekday()) % 7 for day in self.days)
        return datetime.combine(today + timedelta(days=days_ahead), self.at)


def calendar_file(chosen: PracticeTime, *, today: date, uid: str, stamp: datetime) -> bytes:
    """Return the calendar file. `stamp` is the time of writing, in UTC."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", chosen.first(today))
    event.add("duration", timedelta(minutes=chosen.minutes))
    event.add("rrule", {"freq": "weekly", "byday": list(chosen.days)})
    event.add("summary", chosen.title)
    event.add("class", "PRIVATE")
    # Show the time as free to other people who plan with this calendar.
    event.add("transp", "TRANSPARENT")
    if chosen.link is not None:
        event.add("url", chosen.link)
    if chosen.reminder:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", chosen.title)
        alarm.add("trigger", timedelta(0))
        event.add_component(alarm)
    calendar = Calendar()
    # PRODID names the program that wrote the file. Keep it neutral.
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def calendar_template() -> str:
    """Return a file with every optional property, in which the page replaces the values."""
    chosen = PracticeTime(
        title="-", days=("MO",), at=time(8), reminder=True, link="https://example.org/"
    )
    stamp = datetime(2026, 1, 5, tzinfo=UTC)
    data = calendar_file(chosen, today=stamp.date(), uid="-", stamp=stamp)
    return data.decode().replace("\r\n", "\n").strip()


def create_calendar(config: Config) -> Blueprint:
    """Return the blueprint of POST /<locale>/practice-time.ics, for browsers without scripts."""
    pages = Blueprint("calendar", __name__)

    async def practice_time(locale: str) -> Response:
        if locale not in config.languages:
            raise NotFound
        _check_same_origin()
        chosen = await _practice_time(f"{_origin(config)}/{locale}/recordings/")
        now = datetime.now(UTC)
        data = calendar_file(chosen, today=now.date(), uid=str(uuid4()), stamp=now)
        response = Response(data, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
        return response

    pages.add_url_rule(f"/<locale>/{FILE}", view_func=practice_time, methods=["POST"])
    return pages


def _check_same_origin() -> None:
    """Raise Forbidden if the request's headers show that another site sent the form."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        # Our pages send no referrer. Some browsers then send the origin "null".
        own = origin in (None, "null") or origin.partition("://")[2] == request.host
    if not own:
        raise Forbidden


async def _practice_time(link: str) -> PracticeTime:
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnprocessableEntity
    if (request.content_length or 0) > MOST_BYTES:
        raise UnprocessableEntity
    form = await request.form
    try:
        return PracticeTime.model_validate(
            {
                "title": form.get("title", ""),
                "days": tuple(form.getlist("day")),
                "at": _time(form.get("time", "")),
                "minutes": int(form.get("minutes", "10")),
                "reminder": form.get("reminder") == "yes",
                "link": link if form.get("link") == "yes" else None,
            }
        )
    except (ValidationError, ValueError):
        raise UnprocessableEntity from None


def _origin(config: Config) -> str:
    if not HOST.match(request.host):
        raise UnprocessableEntity
    return f"{'https' if config.behind_tls else request.scheme}://{request.host}"
