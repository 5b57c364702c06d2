"""What people type into the search, and what they are shown first. Node runs the phone's own code.

tests/vectors/search-queries has the lists: `en.csv` and `ar.csv` with the wanted first answer
("crisis": help and the crisis lines come first; several addresses: any of them), and everyday
queries for which help must not come first. The words were tuned to the first half of each list.
The second half was only measured at first. Right answers of 75 on 2026-11-30:

| | before | first half | second half, first run |
|---|---|---|---|
| English | 15 and 15 | 75 | 72 |
| Arabic | 18 and 13 | 75 | 74 |

One person wrote the lists and the words, so these figures flatter. Of phrases mostly from other
projects' lists, which the words had not been tuned to, help came first for 34 of 79, then 30 of 67,
then 37 of 47 (English), and for 52 of 76, then 19 of 34, then 48 of 67 (Arabic). The words were
extended after each measurement.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.application import Hearth

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "tests" / "vectors" / "search-queries"
LOCALES = ("en", "ar")


def rows_of(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers_to(app: Hearth, locale: str, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return what the phone answers to each query: `isHard`, and `found`, the best first."""
    served = json.loads(app.site.answers[f"/{locale}/search.json"].body)
    run = subprocess.run(
        [str(Path(sys.executable).parent / "node"), "tests/js/support/search-queries.js"],
        input=json.dumps({"served": served, "queries": [row["query"] for row in rows]}),
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
        encoding="utf-8",
    )
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def first_of(answer: dict[str, Any]) -> str:
    return "crisis" if answer["isHard"] else next(iter(answer["found"]), "nothing")


@pytest.mark.parametrize("half", ["first", "second"])
@pytest.mark.parametrize("locale", LOCALES)
async def test_the_wanted_answer_comes_first(app: Hearth, locale: str, half: str) -> None:
    rows = [row for row in rows_of(locale) if row["half"] == half]

    answers = answers_to(app, locale, rows)

    wrong = [
        f"{row['query']}: {first_of(answer)}, wanted {row['wanted']}"
        for row, answer in zip(rows, answers, strict=True)
        if first_of(answer) not in row["wanted"].split()
    ]
    assert len(rows) >= 75
    assert not wrong, f"{len(rows) - len(wrong)} of {len(rows)} are right"


@pytest.mark.parametrize("locale", LOCALES)
async def test_help_is_not_raised_by_everyday_words(app: Hearth, locale: str) -> None:
    rows = rows_of(f"{locale}-everyday")

    answers = answers_to(app, locale, rows)

    assert [answer["query"] for answer in answers if answer["isHard"]] == []


async def test_english_words_count_in_every_language(app: Hearth) -> None:
    rows = [row for row in rows_of("en") if row["wanted"] == "crisis"]

    answers = answers_to(app, "ar", rows)

    assert [answer["query"] for answer in answers if not answer["isHard"]] == []


async def test_the_emergency_number_comes_before_the_other_lines(app: Hearth) -> None:
    for locale in LOCALES:
        html = app.site.answers[f"/{locale}/search"].body.decode()

        assert re.findall(r'href="(?:tel|sms):(\d+)', html) == [
            "999",
            "116123",
            "111",
            "85258",
            "08082000247",
            "08088010327",
            "08009995428",
        ]


async def test_every_kind_of_answer_has_its_row(app: Hearth) -> None:
    page = app.site.answers["/en/search"].body.decode()
    index = json.loads(app.site.answers["/en/search.json"].body)["index"]

    kinds = {id_.split("/")[0] for id_ in index["documentIds"].values()}

    assert kinds == set(re.findall(r'data-kind="(\w+)"', page))
