"""Rules for every built-in worksheet, which its readers and the rest of the app rely on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearth_cft.library.loader import load_library
from hearth_cft.library.messages import content_messages
from hearth_cft.library.models import Field, Library, Section, Worksheet
from tests.reading_age import reading_age

FOLDER = Path(__file__).parents[2] / "hearth_cft" / "content"
SLUGS = sorted(path.stem for path in (FOLDER / "worksheets").glob("*.toml"))
# The pictures on the page “Over time” and the answers already stored rely on these names.
ROLES = {
    "three-circles": {"day": "day", "threat_triggers": "trigger", "step": "step"},
    "loop-spotter": {"day": "day", "trigger": "trigger", "next_time": "step"},
    "kinder-thought-record": {
        "day": "day",
        "situation": "trigger",
        "feeling_before": "before",
        "feeling_after": "after",
    },
    "practice-diary": {"day": "day", "before": "before", "after": "after", "easier": "step"},
    "action-plan": {"steps_list": "step"},
    "anger-with-a-backbone": {
        "day": "day",
        "happened": "trigger",
        "anger_before": "before",
        "anger_after": "after",
        "step": "step",
    },
    "between-sessions": {"act": "step"},
    "brave-steps": {"hard_before": "before", "hard_after": "after", "first": "step"},
    "building-my-compassionate-other": {"step": "step"},
    "building-my-compassionate-self": {"step": "step"},
    "compassionate-letter": {"next_step": "step"},
    "fears-and-blocks": {"experiment_what": "step"},
    "many-selves": {"step": "step"},
    "mine-and-not-mine": {
        "weight_before": "before",
        "weight_after": "after",
        "repair_step": "step",
    },
    "my-safety-plan": {"safer_step": "step"},
    "shame-outside-and-inside": {"step": "step"},
    "staying-well-plan": {"first_things": "step"},
    "three-seats": {"steady_before": "before", "steady_after": "after", "step": "step"},
    "where-my-systems-learned": {"next_hour": "step"},
}
# In years. The highest reading age measured was 7.6, for practice-diary. The formula favours
# short sentences, so this limit is well below the age of 11 that we write for.
OLDEST_READER = 8.5
# Easy words are for readers aged 9. The highest reading age measured was 8.0, for between-sessions.
OLDEST_EASY_READER = 9.0
LONGEST_EASY_SENTENCE = 15  # words; a longer sentence in the full text needs easy words
END = re.compile(r"(?<=[.!?])[”’)]*\s+")
# What keeps somebody safe stays in easy words.
SAFETY = ("999", "Help", "therapist", "GP", "doctor", "pharmacist", "police", "helpline")
# Words that belittle a difficulty.
BELITTLING = re.compile(r"\b(just|simply|obviously|only have to)\b", re.IGNORECASE)
LONGEST_END = 20  # letters, so that both labels fit under the slider at 320 px


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([FOLDER])


@pytest.fixture(params=SLUGS)
def sheet(request: pytest.FixtureRequest, library: Library) -> Worksheet:
    return next(worksheet for worksheet in library.worksheets if worksheet.slug == request.param)


def top_questions(sheet: Worksheet) -> Iterator[Field]:
    for section in sheet.sections:
        yield from section.fields


def questions(sheet: Worksheet) -> Iterator[Field]:
    """Yield every question, including those inside groups."""
    for question in top_questions(sheet):
        yield question
        yield from question.fields


def texts(library: Library, sheet: Worksheet) -> list[str]:
    names = {"third_system": "soothing system", "third_system_short": "Soothing"}
    return [
        message.id % names
        for message in content_messages(library)
        if message.context.startswith(f"worksheet:{sheet.slug}:")
    ]


def explanations(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield each introduction, hint and guidance: the full text and its easy words, if any."""
    for section in sheet.sections:
        yield section.intro, section.easy_intro
    for question in questions(sheet):
        yield question.hint, question.easy_hint
        yield question.guidance, question.easy_guidance


def longest_sentence(text: str) -> int:
    return max(len(sentence.split()) for sentence in END.split(text))


def test_every_worksheet_has_a_place_of_its_own_and_the_safety_plan_comes_first(
    library: Library,
) -> None:
    orders = [sheet.order for sheet in library.worksheets]

    assert sorted(sheet.slug for sheet in library.worksheets) == SLUGS
    assert orders == sorted(set(orders))
    assert library.worksheets[0].slug == "my-safety-plan"


def test_before_anything_else_the_safety_plan_says_when_to_call_and_that_nobody_reads_it(
    library: Library,
) -> None:
    plan = next(sheet for sheet in library.worksheets if sheet.slug == "my-safety-plan")

    opening = plan.sections[0].intro

    assert "call 999" in opening.partition(".")[0]
    assert "Nobody reads this plan here" in opening


def test_every_question_says_what_it_asks(sheet: Worksheet) -> None:
    assert [question.name for question in questions(sheet) if not question.label] == []


def test_somewhere_there_is_guidance_and_an_example(sheet: Worksheet) -> None:
    assert any(question.guidance for question in questions(sheet))
    assert any(question.example for question in questions(sheet))


def test_every_step_is_introduced_and_short_enough_for_a_phone(sheet: Worksheet) -> None:
    assert 3 <= len(sheet.sections) <= 6
    assert [section.name for section in sheet.sections if not section.intro] == []
    assert 8 <= len(list(top_questions(sheet))) <= 20


def test_the_pictures_find_their_questions(sheet: Worksheet) -> None:
    roles = {question.name: question.role for question in questions(sheet) if question.role}

    assert roles == ROLES.get(sheet.slug, {})


def test_the_feelings_before_and_after_are_asked_on_one_scale(sheet: Worksheet) -> None:
    scales = {
        (question.min, question.max, question.step, question.low, question.high)
        for question in questions(sheet)
        if question.role in ("before", "after")
    }

    assert len(scales) <= 1


def test_the_ends_of_a_slider_are_said_in_few_letters(sheet: Worksheet) -> None:
    labels = [
        label
        for question in questions(sheet)
        if question.type == "slider"
        for label in (question.low, question.high)
    ]

    assert [label for label in labels if not 0 < len(label) <= LONGEST_END] == []


def test_a_worksheet_can_be_read_by_an_eleven_year_old(library: Library, sheet: Worksheet) -> None:
    assert reading_age(texts(library, sheet)) <= OLDEST_READER


def test_its_easy_words_can_be_read_at_nine(sheet: Worksheet) -> None:
    easy = [text for _, text in explanations(sheet) if text]

    assert reading_age(easy) <= OLDEST_EASY_READER
    assert [text for text in easy if longest_sentence(text) > LONGEST_EASY_SENTENCE] == []


def test_a_long_sentence_has_easy_words(sheet: Worksheet) -> None:
    without = [full for full, easy in explanations(sheet) if not easy]

    assert [text for text in without if longest_sentence(text) > LONGEST_EASY_SENTENCE] == []


@pytest.mark.parametrize("word", SAFETY)
def test_easy_words_name_the_same_help(sheet: Worksheet, word: str) -> None:
    texts = [(full, easy) for full, easy in explanations(sheet) if easy]

    assert [easy for full, easy in texts if (word in full) != (word in easy)] == []


def test_no_word_makes_light_of_what_is_hard(library: Library, sheet: Worksheet) -> None:
    assert [text for text in texts(library, sheet) if BELITTLING.search(text)] == []


def section_of(library: Library, slug: str, name: str) -> Section:
    sheet = next(sheet for sheet in library.worksheets if sheet.slug == slug)
    return next(section for section in sheet.sections if section.name == name)


@pytest.mark.parametrize(
    ("slug", "step"),
    [("compassionate-letter", "hurts"), ("self-critic", "meet"), ("staying-well-plan", "people")],
)
def test_a_step_that_can_touch_on_suicide_says_where_help_is(
    library: Library, slug: str, step: str
) -> None:
    intro = section_of(library, slug, step).intro

    assert "Help" in intro
    assert "999" in intro


def test_the_sheet_about_childhood_says_who_waits_and_ends_in_today(library: Library) -> None:
    sheet = next(sheet for sheet in library.worksheets if sheet.slug == "where-my-systems-learned")

    assert "therapist" in sheet.summary
    assert "wait" in sheet.sections[0].intro
    assert sheet.sections[-1].name == "today"


def test_answers_to_earlier_questions_keep_their_questions(library: Library) -> None:
    earlier = {(sheet.slug, sheet.revision) for sheet in library.earlier}

    assert earlier >= {
        (sheet.slug, revision)
        for sheet in library.worksheets
        for revision in range(1, sheet.revision)
    }
