"""Rules for the information pages: reading age, length, and links to exercises and worksheets.

The meanings of the glossary have a reading age too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hearth_cft.library.loader import load_library
from hearth_cft.library.markdown import message_blocks
from hearth_cft.library.models import EasyWords, Library, Page
from tests.reading_age import reading_age

CONTENT = Path(__file__).parents[2] / "hearth_cft" / "content"
# In years. The pages were written for readers aged 11, and their reading ages are between 8 and 10.
# A page nearer to 11 has become difficult.
OLDEST_READER = 10.5
WORDS = range(250, 601)
# Easy words are for readers aged 9.
OLDEST_EASY_READER = 9.0
LONGEST_EASY_SENTENCE = 18
# These pages explain the app, so there is nothing to practise.
NOTHING_TO_DO = {"about-this-app", "your-privacy-here"}
REPLACEMENTS = {
    "%(third_system)s": "soothing system",
    "%(service_name)s": "Hearth",
    "…": ".",
}
HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
END = re.compile(r"(?<=[.!?:])[”’]*\s+")
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")

LIBRARY = load_library([CONTENT])
every_page = pytest.mark.parametrize("page", LIBRARY.pages, ids=lambda page: page.slug)


def sentences(page: Page | EasyWords) -> list[str]:
    """Return the running text as it is read.

    Headings are left out: they have few words, so the text would seem easier.
    """
    text = HEADING.sub("", page.body)
    for old, new in REPLACEMENTS.items():
        text = text.replace(old, new)
    return [LINK.sub(r"\1", block).replace("*", "") for _, block in message_blocks(text)]


def easy_words(page: Page) -> EasyWords:
    assert page.easy, "the page has no easy words"
    return page.easy


def slugs(library: Library, kind: str) -> set[str]:
    return {item.slug for item in getattr(library, kind)}


@every_page
def test_a_page_can_be_read_at_eleven(page: Page) -> None:
    assert reading_age(sentences(page)) <= OLDEST_READER


@every_page
def test_its_easy_words_can_be_read_at_nine(page: Page) -> None:
    texts = sentences(easy_words(page))

    assert reading_age(texts) <= OLDEST_EASY_READER
    lengths = {each: len(each.split()) for text in texts for each in END.split(text)}
    assert [each for each, words in lengths.items() if words > LONGEST_EASY_SENTENCE] == []


@every_page
def test_its_easy_words_are_fewer_and_lead_to_the_same_help(page: Page) -> None:
    easy = easy_words(page).body

    assert len(easy.split()) < len(page.body.split())
    assert ("(/help)" in easy) == ("(/help)" in page.body)
    assert {target for _, target in LINK.findall(easy)} <= {
        target for _, target in LINK.findall(page.body)
    }


@every_page
def test_a_page_takes_a_few_minutes(page: Page) -> None:
    assert len(page.body.split()) in WORDS


@every_page
def test_a_page_leads_to_an_exercise_and_a_worksheet(page: Page) -> None:
    leads_on = bool(page.recordings and page.worksheets)

    assert leads_on or page.slug in NOTHING_TO_DO


@every_page
def test_a_page_stands_in_a_group(page: Page) -> None:
    assert page.group


@every_page
def test_a_page_links_to_pages_that_are_there(page: Page) -> None:
    targets = [target for _, target in LINK.findall(page.body)]

    for target in targets:
        _, kind, *slug = target.split("/")
        known = {"learn": "pages", "recordings": "recordings", "worksheets": "worksheets"}
        if kind in known:
            assert slug[0] in slugs(LIBRARY, known[kind])
        else:
            assert target == "/help" or target.startswith("/settings/")


@pytest.mark.parametrize("kind", ["recordings", "worksheets"])
def test_every_exercise_and_worksheet_belongs_to_a_page(kind: str) -> None:
    named = {slug for page in LIBRARY.pages for slug in getattr(page, kind)}

    assert slugs(LIBRARY, kind) == named


def test_the_meanings_of_words_can_be_read_at_nine() -> None:
    assert reading_age(term.meaning for term in LIBRARY.glossary) <= OLDEST_EASY_READER


def test_every_word_of_the_glossary_can_be_tapped() -> None:
    assert [term.slug for term in LIBRARY.glossary if not term.forms] == []


def test_the_built_in_pages_are_all_there() -> None:
    assert [page.slug for page in LIBRARY.pages] == [
        "what-is-cft",
        "our-tricky-brain",
        "three-systems",
        "safe-or-only-quiet",
        "not-your-fault",
        "what-compassion-is",
        "the-three-flows",
        "the-self-critic",
        "what-my-critic-is-for",
        "shame-and-guilt",
        "anger-with-a-backbone",
        "grief",
        "fears-blocks-and-resistances",
        "making-practice-part-of-a-day",
        "when-minds-and-bodies-differ",
        "when-practice-is-hard",
        "your-privacy-here",
        "about-this-app",
    ]
