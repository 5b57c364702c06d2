"""The table that `hearth recordings list` prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.tools.recordings.check_sound import Measures
from hearth_cft.tools.recordings.listing import table
from tests.unit.recording_files import put, recorded
from tests.unit.test_recordings_commands import hearth

GOOD = Measures(seconds=60, loudness=-19.04, true_peak=-2.31, clipped=0, drift=0.034)


@pytest.fixture
def audio(tmp_path: Path) -> tuple[Audio, ...]:
    put(tmp_path, recorded(seconds=90))
    put(tmp_path, recorded(version="short", seconds=60))
    return tuple(replace(item, bytes=500_000) for item in load_audio([tmp_path])[0])


def test_each_recording_is_a_line_and_the_last_is_their_total(audio: tuple[Audio, ...]) -> None:
    lines = table(audio, [GOOD, replace(GOOD, loudness=-18.9, drift=0.05)]).splitlines()

    assert [line.split() for line in lines] == [
        [
            "Recording",
            "Version",
            "Language",
            "Voice",
            "Minutes",
            "MB",
            "LUFS",
            "dBTP",
            "Drift",
            "ms",
        ],
        ["calm", "full", "en", "Isabella", "1.5", "0.50", "-19.0", "-2.3", "34"],
        ["calm", "short", "en", "Isabella", "1.0", "0.50", "-18.9", "-2.3", "50"],
        ["2", "recordings", "2.5", "1.00", "-19.0", "to", "-18.9", "-2.3", "50"],
    ]


def test_columns_are_aligned(audio: tuple[Audio, ...]) -> None:
    lines = table(audio, [GOOD, GOOD]).splitlines()

    assert {line.index(cell) for line, cell in zip(lines[1:3], ("full", "short"), strict=True)} == {
        lines[0].index("Version")
    }


def test_what_cannot_be_measured_stays_empty(audio: tuple[Audio, ...]) -> None:
    without_cues = replace(GOOD, drift=None)

    lines = table(audio, ["it is not a sound file", without_cues]).splitlines()

    assert lines[1].split()[-2:] == ["1.5", "0.50"]
    assert lines[2].split()[-2:] == ["-19.0", "-2.3"]


def test_a_table_for_markdown_has_a_rule_under_its_head(audio: tuple[Audio, ...]) -> None:
    lines = table(audio, [GOOD, GOOD], markdown=True).splitlines()

    assert lines[1] == f"| {' | '.join(['---'] * 4 + ['---:'] * 5)} |"
    assert len({line.count("|") for line in lines}) == 1


def test_no_recordings_are_an_empty_table() -> None:
    assert table((), ()).splitlines()[-1].split() == ["0", "recordings", "0.0", "0.00"]


def test_without_the_extra_it_lists_the_rest_and_says_so(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(content / "recordings")

    def missing(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setattr("hearth_cft.tools.recordings.extras.importlib.import_module", missing)

    assert hearth("list", "--content-dir", content) == 0

    output = capsys.readouterr()
    assert "calm" in output.out
    assert "pip install 'hearth-cft[recordings]'" in output.err
