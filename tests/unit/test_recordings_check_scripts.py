"""Missing recordings that `hearth recordings check` reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.tools.recordings.check_scripts import missing_audio, missing_voice
from hearth_cft.tools.recordings.words import Wording
from tests.unit.recording_files import SPANISH, own, put, put_catalogue, recorded, recording

SHORT = recording("## short\n\nSit.\n")


def audio_in(folder: Path) -> tuple[Audio, ...]:
    return load_audio([folder / "recordings"])[0]


def missing(folder: Path) -> list[str]:
    wording = Wording([folder / "translations"])
    return [str(finding) for finding in missing_audio([SHORT], wording, audio_in(folder))]


def test_every_voice_of_a_built_in_script_is_expected(tmp_path: Path) -> None:
    put(tmp_path / "recordings", recorded(version="short"))

    (finding,) = missing(tmp_path)

    assert "'## short' has no recording in the voice of George (en)" in finding
    assert "hearth recordings build" in finding


@pytest.mark.parametrize(("locale", "name"), [("es", "Dora"), ("fr", "Siwis"), ("pt-BR", "Dora")])
def test_a_translated_script_is_expected_in_its_language(
    tmp_path: Path, locale: str, name: str
) -> None:
    put_catalogue(tmp_path / "translations", SPANISH, locale=locale)

    assert any(f"in the voice of {name} ({locale})" in finding for finding in missing(tmp_path))


def test_a_script_translated_in_part_is_a_note(tmp_path: Path) -> None:
    put_catalogue(tmp_path / "translations", {"Calm": "Calma"})

    (finding,) = (text for text in missing(tmp_path) if "es:" in text)

    assert "note: es: 1 texts of '## short' have no translation" in finding
    assert "the first is “Sit.”" in finding


def test_a_language_without_a_word_of_the_script_is_not_complained_about(tmp_path: Path) -> None:
    put_catalogue(tmp_path / "translations", SPANISH, context="recording:other")

    assert not any("es" in finding.split() for finding in missing(tmp_path))


def test_a_services_own_script_without_a_voice_is_a_note(tmp_path: Path) -> None:
    (finding,) = missing_voice([SHORT], audio_in(tmp_path))

    assert finding.note
    assert "hearth recordings add" in finding.message


def test_a_services_own_script_needs_one_voice_of_its_own(tmp_path: Path) -> None:
    put(tmp_path / "recordings", own(version="short"))

    assert list(missing_voice([SHORT], audio_in(tmp_path))) == []
