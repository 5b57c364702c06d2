"""Files of a content folder that nothing reads: each is named, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.unread import unread
from tests.content_files import write


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Pages/a.md", "did you mean 'pages'?"),
        ("page/a.md", "did you mean 'pages'?"),
        ("pages /a.md", "did you mean 'pages'?"),
        ("worksheet/a.toml", "did you mean 'worksheets'?"),
        ("translation/ar/LC_MESSAGES/content.po", "did you mean 'translations'?"),
        ("content/pages/a.md", "perhaps 'content_dir' should name it"),
        ("pages/more/a.md", "put its files into 'pages' or 'easy' itself"),
        ("pages/easy/a.txt", "its name must end with .md"),
        ("pages/a.txt", "its name must end with .md"),
        ("pages/a.md.txt", "its name must end with .md, not .md.txt; Explorer hides it"),
        ("pages/a.MD", "its name must end with .md in small letters"),
        ("pages/a.docx", "it is a document; save its words as plain text, as a.md"),
        ("pages/a.jpg", "pictures can't be shown"),
        ("pages/a.toml", "put it into the folder worksheets"),
        ("pages/a", "its name must end with .md"),
        ("worksheets/a.md", "put it into the folder pages or recordings"),
        ("worksheets/a.toml.txt", "its name must end with .toml, not .toml.txt"),
        ("worksheets/earlier/a-1.txt", "its name must end with .toml"),
        ("a.md", "put it into the folder pages or recordings"),
        ("a.toml", "put it into the folder worksheets"),
        ("Programme.toml", "did you mean 'programme.toml'?"),
        ("program.toml", "did you mean 'programme.toml'?"),
        ("programme.docx", "did you mean 'programme.toml'?"),
        ("glosary.toml", "the meanings of words are in glossary.toml"),
        ("notes.docx", "content is in the folders pages, worksheets, recordings, translations"),
        ("recordings/calm.m4a", "add it with 'hearth recordings add'"),
        ("recordings/en/calm.wav", "add it with 'hearth recordings add'"),
        ("recordings/en/calm.vtt", "there is no recording of this name"),
        ("recordings/en/takes/calm.mp3", "put its files into 'en' itself"),
        ("recordings/English/calm.mp3", "is named for its language, such as en or pt-BR"),
        ("translations/arabic/LC_MESSAGES/content.po", "the languages are ar, en"),
        ("translations/content.po", "a catalogue is in <language>/LC_MESSAGES/content.po"),
        ("translations/ar/content.po", "catalogues are in ar/LC_MESSAGES"),
        ("translations/ar/LC_MESSAGES/contents.po", "catalogues are messages.po and content.po"),
    ],
)
def test_a_file_that_nothing_reads_is_said(tmp_path: Path, name: str, words: str) -> None:
    write(tmp_path, name, "x")

    (problem,) = unread(tmp_path, ["en", "ar"], tmp_path / "data")

    assert problem.message.startswith("is not read: ")
    assert words in problem.message
    assert problem.path == tmp_path / name or problem.path in (tmp_path / name).parents


def test_what_systems_and_editors_leave_is_not_said(tmp_path: Path) -> None:
    names = (
        "README.md",
        "pages/.DS_Store",
        "pages/._a.md",
        "pages/.#a.md",
        "pages/a.md~",
        "pages/~$a.docx",
        "pages/Thumbs.db",
        "desktop.ini",
        ".git/config",
        "recordings/en/a.mp3.part",
        "recordings/measured.json",
        "hearth.toml",
        "programme.toml",
        "glossary.toml",
    )
    for name in names:
        write(tmp_path, name, "x")

    assert unread(tmp_path, ["en", "ar"], tmp_path / "data") == []
