"""The words of a recording in another language, and which of them have no translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.messages import content_messages
from hearth_cft.library.models import Library
from hearth_cft.library.script import Pause, phrases_of
from hearth_cft.tools.recordings.words import Wording
from tests.unit.recording_files import SPANISH, put_catalogue, recording


def texts(folder: Path, version: str = "full", locale: str = "es") -> list[str]:
    words = Wording([folder]).words(recording(), version, locale)
    return [phrase.text for phrase in phrases_of(words.steps)]


def test_english_is_said_as_it_is_written(tmp_path: Path) -> None:
    words = Wording([tmp_path]).words(recording(), "full", "en")

    assert words.steps == recording().scripts["full"]
    assert words.places["Sit down."].endswith("recordings/calm.md:3")
    assert words.missing == ()


def test_each_phrase_is_looked_up_and_the_pauses_stay(tmp_path: Path) -> None:
    put_catalogue(tmp_path, SPANISH)

    words = Wording([tmp_path]).words(recording(), "full", "es")

    assert texts(tmp_path) == ["Siéntate.", "Ponte de pie."]
    assert [step.seconds for step in words.steps if isinstance(step, Pause)] == [2]
    assert words.missing == ()


def test_a_slip_can_be_found_in_the_catalogue(tmp_path: Path) -> None:
    file = put_catalogue(tmp_path, SPANISH)

    place = Wording([tmp_path]).words(recording(), "full", "es").places["Siéntate."]

    path, _, line = place.rpartition(":")
    assert path == str(file)
    assert file.read_text(encoding="utf-8").splitlines()[int(line) - 1] == 'msgid "Sit down."'


def test_the_title_of_a_short_version_is_in_the_language(tmp_path: Path) -> None:
    put_catalogue(tmp_path, SPANISH)

    assert Wording([tmp_path]).title(recording(), "short", "es") == "Calma (versión corta)"


def test_without_a_translation_the_title_is_english(tmp_path: Path) -> None:
    assert Wording([tmp_path]).title(recording(), "short", "es") == "Calm (short)"


def test_what_is_not_translated_is_named_once(tmp_path: Path) -> None:
    put_catalogue(tmp_path, {"Calm": "Calma", "Sit down.": "Siéntate."})

    words = Wording([tmp_path]).words(recording(), "full", "es")

    assert words.missing == ("Stand up.",)


def test_one_version_may_be_translated_without_the_other(tmp_path: Path) -> None:
    put_catalogue(tmp_path, {"Calm": "Calma", "Sit.": "Siéntate."})

    assert Wording([tmp_path]).words(recording(), "short", "es").missing == ()


def test_a_translation_in_doubt_is_not_spoken(tmp_path: Path) -> None:
    file = put_catalogue(tmp_path, SPANISH)
    doubtful = 'msgctxt "recording:calm"\nmsgid "Sit down."'
    text = file.read_text(encoding="utf-8").replace(doubtful, f"#, fuzzy\n{doubtful}")
    file.write_text(text, encoding="utf-8")

    assert Wording([tmp_path]).words(recording(), "full", "es").missing == ("Sit down.",)


def test_words_of_another_recording_are_not_taken(tmp_path: Path) -> None:
    put_catalogue(tmp_path, SPANISH, context="recording:other")

    words = Wording([tmp_path]).words(recording(), "short", "es")

    assert words.missing == ("Calm", "Sit.")


def test_a_services_own_words_come_first(tmp_path: Path) -> None:
    own, built_in = tmp_path / "own", tmp_path / "built-in"
    put_catalogue(own, {"Sit.": "Tome asiento."})
    put_catalogue(built_in, SPANISH)

    words = Wording([own, built_in]).words(recording(), "short", "es")

    assert [phrase.text for phrase in phrases_of(words.steps)] == ["Tome asiento."]
    assert words.missing == ()


def test_the_sum_is_that_of_the_words_spoken(tmp_path: Path) -> None:
    put_catalogue(tmp_path, SPANISH)
    before = Wording([tmp_path]).words(recording(), "full", "es").sha256
    put_catalogue(tmp_path, {**SPANISH, "Sit down.": "Toma asiento."})

    assert Wording([tmp_path]).words(recording(), "full", "es").sha256 != before
    assert before != Wording([tmp_path]).words(recording(), "full", "en").sha256


def test_an_unreadable_catalogue_is_named_and_nothing_is_made_of_it(tmp_path: Path) -> None:
    put_catalogue(tmp_path, SPANISH).write_text('msgid "Calm\n', encoding="utf-8")
    wording = Wording([tmp_path])

    assert wording.words(recording(), "short", "es").missing == ("Calm", "Sit.")
    assert [problem.line for problem in wording.problems] == [1]


def test_the_context_is_the_one_that_translators_see() -> None:
    (context,) = {
        message.context for message in content_messages(Library((), (), (recording(),), ()))
    }

    assert context == "recording:calm"


def test_a_version_that_is_not_written_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Wording([tmp_path]).words(recording("## full\n\nSit.\n"), "short", "es")
