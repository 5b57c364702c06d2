"""The calendar file: its content, what it leaves out, and that browser and server agree."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component
from pydantic import ValidationError
from quart import Response
from quart.typing import TestClientProtocol as Client

from hearth_cft.web.site.calendar import (
    DAYS,
    PracticeTime,
    calendar_file,
    calendar_template,
    clean_title,
)

ROOT = Path(__file__).parents[2]
NODE = str(Path(sys.executable).parent / "node")
MONDAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 23, 9, 15, 7, tzinfo=UTC)
FORM = {"title": "Practice", "day": ["TU", "FR"], "time": "19:30", "minutes": "10"}
# Write the calendar file of each case with the module that the page uses.
WRITE = """
import { calendarFile } from "./static/js/features/practice/calendar-file.js";
let text = "";
for await (const part of process.stdin) text += part;
const { template, cases } = JSON.parse(text);
const files = cases.map(({ chosen, now, uid }) => {
  const [year, month, day] = now;
  const made = new Date(year, month - 1, day, 9, 15, 7);
  return calendarFile(template, chosen, { now: made, uid });
});
console.log(JSON.stringify(files));
"""


def post(
    client: Client, locale: str = "en", headers: dict[str, str] | None = None, **own: Any
) -> Awaitable[Response]:
    """Send the form as a browser does."""
    return client.post(
        f"/{locale}/practice-time.ics",
        data=urlencode({**FORM, **own}, doseq=True),
        headers={"Content-Type": "application/x-www-form-urlencoded", **(headers or {})},
    )


def practice_time(**own: Any) -> PracticeTime:
    usual = {"title": "Practice", "days": ("TU", "FR"), "at": time(19, 30), "minutes": 10}
    return PracticeTime.model_validate({**usual, **own})


def written(chosen: PracticeTime, today: date = MONDAY) -> bytes:
    return calendar_file(chosen, today=today, uid="b6a0", stamp=STAMP)


def event_of(file: bytes) -> Component:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event


def by_browser(cases: list[dict[str, Any]]) -> list[bytes]:
    process = subprocess.run(
        [NODE, "--input-type=module", "-e", WRITE],
        cwd=ROOT,
        env={"TZ": "UTC"},
        input=json.dumps({"template": calendar_template(), "cases": cases}).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [file.encode() for file in json.loads(process.stdout)]


def as_case(chosen: PracticeTime, today: date) -> dict[str, Any]:
    fields = {
        "title": chosen.title,
        "days": list(chosen.days),
        "at": chosen.at.strftime("%H:%M"),
        "minutes": chosen.minutes,
        "reminder": chosen.reminder,
        "link": chosen.link,
    }
    return {"chosen": fields, "now": [today.year, today.month, today.day], "uid": "b6a0"}


def test_a_practice_time_repeats_each_week_on_the_days_that_were_chosen() -> None:
    event = event_of(written(practice_time()))

    assert event["SUMMARY"] == "Practice"
    assert event["RRULE"] == {"FREQ": ["WEEKLY"], "BYDAY": ["TU", "FR"]}
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 19, 30)
    assert event["DURATION"].dt == timedelta(minutes=10)


def test_the_time_belongs_to_no_time_zone() -> None:
    file = written(practice_time())

    assert b"DTSTART:20261124T193000\r\n" in file
    assert b"TZID" not in file
    assert b"VTIMEZONE" not in file


@pytest.mark.parametrize(
    ("days", "first"),
    [(("MO",), 23), (("TU",), 24), (("SU",), 29), (("SU", "WE"), 25), (DAYS, 23)],
)
def test_it_begins_on_the_first_chosen_day_from_today_on(days: tuple[str, ...], first: int) -> None:
    event = event_of(written(practice_time(days=days)))

    assert event["DTSTART"].dt.date() == date(2026, 11, first)


def test_the_file_tells_nothing_about_the_service_or_the_app() -> None:
    file = written(practice_time()).decode().lower()

    for word in ("hearth", "therapy", "cft", "compassion", "http", "alarm", "@"):
        assert word not in file


def test_it_is_private_and_takes_no_time_from_others() -> None:
    event = event_of(written(practice_time()))

    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")


def test_it_rings_and_links_only_when_asked_to() -> None:
    link = "https://practice.example.org/en/recordings/"

    event = event_of(written(practice_time(reminder=True, link=link)))

    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(0))
    assert alarm["DESCRIPTION"] == "Practice"
    assert event["URL"] == link


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Practice \t time ", "Practice time"),
        ("One\r\nATTENDEE:mailto:a@b.c", "One ATTENDEE:mailto:a@b.c"),
        ("A\\Nb", "A/Nb"),
        ("وقت\u200cهادئ", "وقت\u200cهادئ"),
    ],
)
def test_a_title_is_one_line(given: str, kept: str) -> None:
    assert clean_title(given) == kept
    assert event_of(written(practice_time(title=given)))["SUMMARY"] == kept


@pytest.mark.parametrize(
    "wrong",
    [{"days": ()}, {"days": ("XX",)}, {"title": " \n"}, {"title": "x" * 61}, {"minutes": 7}],
)
def test_what_makes_no_practice_time_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        practice_time(**wrong)


def test_browser_and_server_write_the_same_bytes() -> None:
    practice_times = [
        practice_time(),
        practice_time(days=DAYS, reminder=True),
        practice_time(link="https://practice.example.org/en/recordings/", minutes=30),
        practice_time(title='Tea, then; "quiet" \\N time', at=time(0, 5), days=("SU", "MO")),
        practice_time(title="وقت هادئ " * 6, reminder=True),
        practice_time(title="🫖" * 60, reminder=True),
        practice_time(title=";" * 60),
        practice_time(title="x" * 59 + ","),
    ]

    files = by_browser([as_case(chosen, MONDAY) for chosen in practice_times])

    assert files == [written(chosen) for chosen in practice_times]


def test_browser_and_server_agree_on_any_title_and_day() -> None:
    found: list[tuple[PracticeTime, date]] = []

    @settings(max_examples=300)
    @given(
        title=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(clean_title),
        days=st.sets(st.sampled_from(DAYS), min_size=1),
        at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        today=st.dates(date(2020, 1, 1), date(2060, 12, 31)),
        reminder=st.booleans(),
    )
    def collect(title: str, days: set[str], at: time, today: date, reminder: bool) -> None:
        chosen = practice_time(title=title, days=tuple(days), at=at, reminder=reminder)
        assert event_of(written(chosen, today))["SUMMARY"] == chosen.title
        found.append((chosen, today))

    collect()
    files = by_browser([as_case(chosen, today) for chosen, today in found])

    for (chosen, today), file in zip(found, files, strict=True):
        stamp = datetime(today.year, today.month, today.day, 9, 15, 7, tzinfo=UTC)
        assert file == calendar_file(chosen, today=today, uid="b6a0", stamp=stamp)


@pytest.mark.asyncio(loop_scope="session")
class TestWithoutScripts:
    """The form, sent by a browser that runs no scripts."""

    async def test_the_form_gives_a_file_to_add_to_a_calendar(self, client: Client) -> None:
        response = await post(client)

        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "attachment" in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store, no-transform"
        event = event_of(await response.get_data())
        assert event["RRULE"]["BYDAY"] == ["TU", "FR"]
        assert "URL" not in event

    async def test_two_files_are_two_entries(self, client: Client) -> None:
        files = [await (await post(client)).get_data() for _ in range(2)]

        first, second = (event_of(file)["UID"] for file in files)
        assert first != second

    async def test_the_address_is_the_one_the_reader_uses(self, client: Client) -> None:
        response = await post(client, "ar", {"Host": "a.example"}, link="yes")

        assert event_of(await response.get_data())["URL"] == "http://a.example/ar/recordings/"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day": []},
            {"day": ["XX"]},
            {"time": "25:00"},
            {"time": "19:30Z"},
            {"time": ""},
            {"title": "  "},
            {"title": "x" * 61},
            {"minutes": "7"},
            {"minutes": "ten"},
            {"title": "x" * 5000},
        ],
    )
    async def test_what_is_missing_is_said_in_plain_words(
        self, client: Client, wrong: dict[str, Any]
    ) -> None:
        response = await post(client, **wrong)

        assert response.status_code == 422
        assert b"Something is missing" in await response.get_data()

    async def test_a_body_that_is_no_form_is_refused(self, client: Client) -> None:
        response = await client.post("/en/practice-time.ics", json=FORM)

        assert response.status_code == 422

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://elsewhere.example"},
        ],
    )
    async def test_another_sites_form_is_refused(
        self, client: Client, headers: dict[str, str]
    ) -> None:
        response = await post(client, headers=headers)

        assert response.status_code == 403

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Origin": "null"}],
    )
    async def test_our_own_form_is_taken(self, client: Client, headers: dict[str, str]) -> None:
        response = await post(client, headers=headers)

        assert response.status_code == 200

    async def test_a_language_that_is_not_offered_has_no_file(self, client: Client) -> None:
        response = await post(client, "xx")

        assert response.status_code == 404

    async def test_the_address_alone_leads_nowhere(self, client: Client) -> None:
        response = await client.get("/en/practice-time.ics")

        assert response.status_code == 405
        assert "POST" in response.headers["Allow"]

    async def test_the_page_carries_the_template_and_a_discreet_title(self, client: Client) -> None:
        page = await (await client.get("/en/settings/practice-time")).get_data(as_text=True)

        assert calendar_template() in page
        assert 'value="Practice"' in page
