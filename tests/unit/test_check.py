"""`hearth check` says everything that is wrong, and its exit code says whether anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft import application
from hearth_cft.cli import main
from tests.content_files import write
from tests.small import small_content
from tests.unit.recording_files import own, put
from tests.unit.test_library import PAGE


@pytest.fixture(autouse=True)
def small_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with a few of the built-in pages."""
    monkeypatch.chdir(tmp_path)
    built_in = small_content()
    monkeypatch.setattr(
        application.load_site,
        "__kwdefaults__",
        {
            **(application.load_site.__kwdefaults__ or {}),
            "built_in": built_in.content,
            "sounds": built_in.recordings,
        },
    )


def test_without_a_mistake_it_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0

    output = capsys.readouterr().out
    assert output.startswith("checked en, ar: 4 pages, 8 worksheets, 5 recordings")
    assert output.endswith("; 0 problems, 0 notes\n")


def test_every_mistake_in_settings_has_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "hearth.toml", 'prot = 1\nhost = "http://a"\n')

    assert main(["check"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["hearth.toml:1:", "hearth.toml:2:", "2"]


def test_a_language_that_is_not_ready_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "hearth.toml", 'languages = ["en", "xx"]\n')

    assert main(["check"]) == 1
    assert "'languages' has 'xx'; there are: en, ar" in capsys.readouterr().out


def test_a_store_that_there_is_not_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "hearth.toml", 'store = "mongodb://x"\n')

    assert main(["check"]) == 1
    assert "'mongodb://x' is not a store" in capsys.readouterr().out


def test_every_mistake_in_content_has_a_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "hearth.toml", 'content_dir = "content"\n')
    write(tmp_path, "content/pages/three-systems.md", PAGE.replace("order", "ordre"))
    write(tmp_path, "content/pages/ours.docx", "x")
    write(tmp_path, "content/pages/good.md", PAGE)
    sound = put(tmp_path / "content/recordings", own(slug="safe-place", script_sha256=""))
    sound.write_bytes(sound.read_bytes()[::-1])
    (tmp_path / "data").mkdir()

    assert main(["check"]) == 1

    output = capsys.readouterr().out
    assert "content/pages/three-systems.md:4: 'ordre' is not known here" in output
    assert "until then the built-in one is shown" in output
    assert "content/pages/ours.docx: is not read: it is a document" in output
    assert f"{sound.name}: has changed since it was added" in output
    assert output.endswith("; 3 problems, 0 notes\n")
    assert list((tmp_path / "data").iterdir()) == []


def test_what_loses_nothing_is_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '[contact]\nphone = "12"\nhours = { en = "Mondays", cy = "Dydd Llun" }\n'
    write(tmp_path, "hearth.toml", text)

    assert main(["check"]) == 0

    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("note: hearth.toml:3: 'contact.hours': the text in 'cy' is never shown")
    assert last.endswith("; 0 problems, 1 note")
