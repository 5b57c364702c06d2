"""The cache of measurements of recordings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.tools.recordings import measured as measured_module
from hearth_cft.tools.recordings.check_sound import Measures, Outcome
from hearth_cft.tools.recordings.measured import FILE, measured
from tests.unit.recording_files import put, recorded

MEASURES = Measures(seconds=60.0, loudness=-19.0, true_peak=-2.5, clipped=0, drift=0.04)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the measuring function. Return a list that collects the names of measured files."""
    names: list[str] = []

    def measure_all(audio: Sequence[Audio]) -> list[Outcome]:
        names.extend(item.name for item in audio)
        return [MEASURES] * len(audio)

    monkeypatch.setattr(measured_module, "measure_all", measure_all)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path)
    put(tmp_path, recorded(voice="george", voice_name="George"))
    return tmp_path


def outcomes_of(folder: Path, *, again: bool = False) -> list[Outcome]:
    audio, problems = load_audio([folder])
    assert problems == ()
    return measured(folder, audio, again=again)


GEORGE, ISABELLA = "calm-full-george", "calm-full-isabella"


def test_what_was_measured_is_not_measured_again(folder: Path, asked: list[str]) -> None:
    assert outcomes_of(folder) == [MEASURES, MEASURES]
    assert outcomes_of(folder) == [MEASURES, MEASURES]

    assert sorted(asked) == [GEORGE, ISABELLA]


def test_all_is_measured_again_where_that_is_asked(folder: Path, asked: list[str]) -> None:
    outcomes_of(folder)
    outcomes_of(folder, again=True)

    assert sorted(asked) == [GEORGE, GEORGE, ISABELLA, ISABELLA]


@pytest.mark.parametrize("ending", ["mp3", "vtt"])
def test_what_has_changed_is_measured_again(folder: Path, asked: list[str], ending: str) -> None:
    outcomes_of(folder)
    asked.clear()
    file = folder / "en" / f"{GEORGE}.{ending}"
    file.write_bytes(file.read_bytes().swapcase())

    outcomes_of(folder)
    outcomes_of(folder)

    assert asked == [GEORGE]


def test_what_is_wrong_is_looked_at_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: list[Outcome] = ["the recording is silent", MEASURES]
    monkeypatch.setattr(measured_module, "measure_all", lambda audio: outcomes[: len(audio)])
    outcomes_of(folder)
    monkeypatch.setattr(measured_module, "measure_all", lambda audio: [MEASURES] * len(audio))

    assert outcomes_of(folder) == [MEASURES, MEASURES]


def test_what_is_gone_is_forgotten(folder: Path, asked: list[str]) -> None:
    outcomes_of(folder)
    for file in (folder / "en").glob(f"{GEORGE}.*"):
        file.unlink()

    outcomes_of(folder)

    assert list(json.loads((folder / FILE).read_text())["recordings"]) == [f"en/{ISABELLA}"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"way": 0, "recordings": {}}',
        '{"way": 1, "recordings": {"en/a": {}}}',
        '{"way": 1, "recordings": {"en/a": {"sha256": "", "loud": 1}}}',
    ],
)
def test_a_file_that_is_not_ours_counts_as_none(folder: Path, asked: list[str], text: str) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")

    assert outcomes_of(folder) == [MEASURES, MEASURES]
    assert outcomes_of(folder) == [MEASURES, MEASURES]
    assert sorted(asked) == [GEORGE, ISABELLA]


def test_a_folder_that_cannot_be_written_to_is_measured_all_the_same(
    folder: Path, asked: list[str]
) -> None:
    (folder / FILE).mkdir()

    assert outcomes_of(folder) == [MEASURES, MEASURES]


def test_no_recordings_are_no_file(tmp_path: Path, asked: list[str]) -> None:
    assert outcomes_of(tmp_path) == []
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [('"loudness": -19.0', '"loudness": "loud"'), ('"seconds"', '"minutes"'), ("{", "[")],
)
def test_what_was_changed_by_hand_into_nonsense_is_measured_again(
    folder: Path, asked: list[str], old: str, new: str
) -> None:
    outcomes_of(folder)
    file = folder / "measured.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))

    assert outcomes_of(folder) == [MEASURES, MEASURES]
    assert len(asked) == 4
