"""Content folders with anything in them: each bad file is named, and the rest loads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth_cft.library.audio import load_audio
from hearth_cft.library.files import MOST_TEXT_BYTES, read_text
from hearth_cft.library.loader import load_library
from hearth_cft.reading.problem import ContentError
from tests.content_files import SHEET, write
from tests.unit.recording_files import put, recorded
from tests.unit.test_library import PAGE, RECORDING

LONG_NUMBER = "9" * 5_000
DEEP = "[" * 5_000

# What stands at a file's path instead of a good file.
BAD: dict[str, bytes] = {
    "deep nesting": f"+++\na = {DEEP}\n+++\nx".encode(),
    "deep nesting in TOML": f"a = {DEEP}".encode(),
    "deep nesting in JSON": DEEP.encode(),
    "a long number": f"+++\norder = {LONG_NUMBER}\n+++\nx".encode(),
    "a long number in TOML": f"order = {LONG_NUMBER}".encode(),
    "a long number in JSON": f'{{"bytes": {LONG_NUMBER}}}'.encode(),
    "a long pause": f"+++\n+++\n## full\n\n[pause {LONG_NUMBER}]\n".encode(),
    "a zero byte": PAGE.encode() + b"\0",
    "zero bytes": bytes(5_000),
    "no UTF-8": b"\xff\xfe",
    "nothing": b"",
    "too much": b"x" * (MOST_TEXT_BYTES + 1),
}
TEXTS = {
    "pages/bad.md": "pages/good.md",
    "worksheets/bad.toml": "worksheets/good.toml",
    "worksheets/earlier/bad-1.toml": "worksheets/good.toml",
    "recordings/bad.md": "recordings/good.md",
    "programme.toml": "pages/good.md",
}


def good_folder(folder: Path) -> Path:
    write(folder, "pages/good.md", PAGE)
    write(folder, "worksheets/good.toml", SHEET)
    write(folder, "recordings/good.md", RECORDING)
    return folder


def problems_of(folder: Path) -> set[Path]:
    """Check that the good files load. Return the paths of the others."""
    library = load_library([folder])
    assert [page.slug for page in library.pages] == ["good"]
    assert [sheet.slug for sheet in library.worksheets] == ["good"]
    assert [recording.slug for recording in library.recordings] == ["good"]
    return {problem.path for problem in library.problems}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", TEXTS)
def test_a_file_of_any_content_is_named_and_the_rest_loads(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = write(good_folder(tmp_path), name, "")
    path.write_bytes(content)

    named = problems_of(tmp_path)

    # An empty programme is a programme of no weeks.
    assert named == (set() if name == "programme.toml" and not content else {path})


def as_folder(path: Path) -> None:
    path.mkdir()


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def as_loop(path: Path) -> None:
    path.symlink_to(path.name)


def as_link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


def as_link_outside(path: Path) -> None:
    path.symlink_to(__file__)


def as_huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


STRANGE = [
    as_folder, as_pipe, as_device, as_loop, as_link_to_nothing, as_link_outside, as_huge_file
]  # fmt: skip


@pytest.mark.parametrize("make", STRANGE)
@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_ordinary_file_of_the_folder_is_named_and_the_rest_loads(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    path = good_folder(tmp_path) / name
    path.parent.mkdir(exist_ok=True)
    make(path)

    assert problems_of(tmp_path) == {path}


@pytest.mark.parametrize("make", STRANGE)
@pytest.mark.parametrize("ending", [".json", ".mp3", ".vtt"])
def test_what_is_no_ordinary_file_of_a_recording_is_named_and_the_rest_loads(
    tmp_path: Path, ending: str, make: Callable[[Path], None]
) -> None:
    good, bad = put(tmp_path), put(tmp_path, recorded(voice="george", voice_name="George"))
    path = bad.with_suffix(ending)
    path.unlink()
    make(path)

    audio, problems = load_audio([tmp_path])

    assert [each.path for each in audio] == [good]
    assert {problem.path for problem in problems} == {path}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_description_of_any_content_is_named_and_the_rest_loads(
    tmp_path: Path, content: bytes
) -> None:
    good, bad = put(tmp_path), put(tmp_path, recorded(voice="george", voice_name="George"))
    bad.with_suffix(".json").write_bytes(content)

    audio, problems = load_audio([tmp_path])

    assert [each.path for each in audio] == [good]
    assert {problem.path for problem in problems} == {bad.with_suffix(".json")}


def test_a_file_outside_is_refused_with_its_name_and_what_to_do(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.md", PAGE)
    folder = good_folder(tmp_path / "content")
    (folder / "pages" / "bad.md").symlink_to(secret)

    [problem] = load_library([folder]).problems

    assert problem.path == folder / "pages" / "bad.md"
    assert problem.message == f"leads outside {folder}; put the file itself there"


def test_a_folder_of_the_content_that_leads_outside_is_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path, "elsewhere/bad.md", PAGE)
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "pages").symlink_to(secret.parent)

    library = load_library([folder])

    assert library.pages == ()
    assert [problem.path for problem in library.problems] == [folder / "pages" / "bad.md"]


def test_the_content_folder_itself_may_be_a_link_and_have_links_inside(tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "content")
    (folder / "pages" / "other.md").symlink_to("good.md")
    put(folder / "recordings")
    (tmp_path / "link").symlink_to(folder)

    library = load_library([tmp_path / "link"])
    audio, problems = load_audio([tmp_path / "link" / "recordings"])

    assert [page.slug for page in library.pages] == ["good", "other"]
    assert (len(audio), library.problems, problems) == (1, (), ())


def test_a_file_that_vanishes_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(good_folder(tmp_path), "pages/bad.md", PAGE)
    real = os.open

    def vanishing(name: Path, *options: int) -> int:
        path.unlink(missing_ok=True)
        return real(name, *options)

    monkeypatch.setattr("os.open", vanishing)

    with pytest.raises(ContentError, match="can't be read: No such file"):
        read_text(path, tmp_path)


def test_a_file_that_can_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(good_folder(tmp_path), "pages/bad.md", PAGE)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")  # root may read any file

    monkeypatch.setattr("os.open", refuse)

    with pytest.raises(ContentError, match="can't be read: Permission denied"):
        read_text(path, tmp_path)


def test_a_file_that_becomes_a_pipe_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(good_folder(tmp_path), "pages/bad.md", PAGE)
    real = os.open

    def swapped(name: Path, *options: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(name, *options)

    monkeypatch.setattr("os.open", swapped)

    with pytest.raises(ContentError, match="is not an ordinary file"):
        read_text(path, tmp_path)


@settings(max_examples=30)
@given(data=st.binary(max_size=200), head=st.booleans())
def test_random_bytes_never_stop_the_library(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bool
) -> None:
    folder = tmp_path_factory.mktemp("content")
    content = b"+++\n" + data + b"\n+++\n" + data if head else data
    for name in TEXTS:
        write(folder, name, "").write_bytes(content)

    load_library([folder])
    shutil.rmtree(folder)
