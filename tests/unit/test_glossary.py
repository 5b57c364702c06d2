"""The glossary of a service beside the built-in one, and mistakes in either."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hearth_cft.i18n.alphabet import dictionary_order
from hearth_cft.library.glossary import load_glossary
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.loader import load_library
from hearth_cft.library.messages import content_messages
from tests.content_files import write

PAGES = {"shame"}


def term(slug: str, **more: str) -> str:
    lines = {"slug": slug, "term": slug, "meaning": f"What {slug} means.", **more}
    return "[[terms]]\n" + "".join(f'{name} = "{text}"\n' for name, text in lines.items())


def forms(*texts: str) -> str:
    return f"forms = {json.dumps(texts)}\n"


def test_words_meanings_and_forms_are_messages_of_the_content(tmp_path: Path) -> None:
    write(tmp_path, "glossary.toml", term("gp") + forms("GP", "GPs"))

    library = load_library([tmp_path])

    assert [(message.context, message.id) for message in content_messages(library)] == [
        ("glossary:gp", "gp"),
        ("glossary:gp", "What gp means."),
        ("glossary forms:gp", "GP, GPs"),
    ]


def test_a_service_replaces_adds_and_removes_words(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write(ours, "glossary.toml", term("a") + term("b") + term("c"))
    write(theirs, "glossary.toml", 'remove = ["c"]\n' + term("a", meaning="Theirs.") + term("d"))

    words, problems = load_glossary([ours, theirs], PAGES)

    assert problems == ()
    assert [(each.slug, each.meaning) for each in words] == [
        ("a", "Theirs."),
        ("b", "What b means."),
        ("d", "What d means."),
    ]


def test_a_word_of_a_service_takes_its_forms_from_others(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write(ours, "glossary.toml", term("critic") + forms("critic", "Bully"))
    write(theirs, "glossary.toml", term("bully") + forms("bully"))

    words, _ = load_glossary([ours, theirs], PAGES)

    assert {each.slug: each.forms for each in words} == {"critic": ("critic",), "bully": ("bully",)}


def test_what_is_not_there_is_told_with_its_line_and_the_rest_stays(tmp_path: Path) -> None:
    text = 'remove = ["x"]\n' + term("a", page="shane") + term("b", page="shame")
    path = write(tmp_path, "glossary.toml", text)

    words, problems = load_glossary([tmp_path], PAGES)

    assert [(each.slug, each.page) for each in words] == [("a", ""), ("b", "shame")]
    assert [str(problem) for problem in problems] == [
        f"{path}:1: remove: there is no 'x'",
        f"{path}:6: page: there is no 'shane'; did you mean 'shame'?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (term("a") + 'form = ["A"]\n', 5, "'form' is not known here"),
        (term("a") + 'forms = "A"\n', 5, "'forms' must be a list"),
        ('[[terms]]\nslug = "a"\nterm = "A"\n', 1, "'meaning' is missing"),
        (term("A b"), 2, "'slug' is 'A b': small letters, digits and hyphens only"),
        (term("a") + term("a"), None, "two terms have the slug 'a'"),
        (term("a") + forms("x") + term("b") + forms("X"), None, "the form 'x' is there twice"),
        ("[[terms]\n", 1, "not valid TOML"),
    ],
)
def test_a_slip_is_told_and_the_built_in_words_stay(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write(ours, "glossary.toml", term("built-in"))
    path = write(theirs, "glossary.toml", text)

    words, (problem,) = load_glossary([ours, theirs], PAGES)

    assert [each.slug for each in words] == ["built-in"]
    assert message in problem.message
    assert (problem.path, problem.line) == (path, line)


def test_a_broken_file_gives_way_to_its_last_good_version(tmp_path: Path) -> None:
    own = tmp_path / "own"
    last_good = LastGood(own, tmp_path / "copies")
    write(own, "glossary.toml", term("a"))
    load_glossary([own], PAGES, last_good)
    write(own, "glossary.toml", "broken")

    words, (problem,) = load_glossary([own], PAGES, last_good)

    assert [each.slug for each in words] == ["a"]
    assert "until then its version of" in problem.message


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", ["999", "A&E", "grief", "the service", "shame"]),
        ("ar", ["الإنذار", "أنظمة", "البحر", "تعاطف", "الثبات"]),
        ("es", ["el camino", "éxito", "nz", "ñandú", "la vergüenza"]),
        ("fr", ["l’alarme", "État", "la honte", "le zèle"]),
    ],
)
def test_words_stand_in_the_order_of_a_dictionary(tag: str, words: list[str]) -> None:
    assert sorted(reversed(words), key=lambda word: dictionary_order(word, tag)) == words
