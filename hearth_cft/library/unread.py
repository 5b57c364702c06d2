"""Find the files of a service's content folder that nothing reads, and say why."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from hearth_cft.library.audio import SET_ASIDE
from hearth_cft.reading.problem import ContentError, did_you_mean, nearest

FOLDERS = ("pages", "worksheets", "recordings", "translations")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
CATALOGUES = ("messages.po", "content.po")
# Files beside the folders, and what they hold.
FILES = {"programme": "the order of the weeks is", "glossary": "the meanings of words are"}
# A folder that a folder may have.
_INNER = {"pages": "easy", "worksheets": "earlier"}
_ENDINGS = {
    "pages": ".md",
    "worksheets": ".toml",
    "earlier": ".toml",
    "easy": ".md",
    "recordings": ".md",
}
# What belongs to a system, an editor or the operator, whatever folder it is in.
_OTHERS = (
    "readme",
    "thumbs.db",
    "desktop.ini",
    "icon\r",
    "license",
    "hearth.toml",
    "approvals.toml",
)
_SOUNDS = (
    ".mp3",
    ".m4a",
    ".wav",
    ".aac",
    ".ogg",
    ".opus",
    ".flac",
    ".aif",
    ".aiff",
    ".wma",
    ".mp4",
)
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".heic", ".bmp")
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages", ".html", ".htm")
_ADD = "add it with 'hearth recordings add'"


def unread(folder: Path, languages: Collection[str], ignored: Path) -> list[ContentError]:
    """Return an error for each file and folder that nothing reads.

    `languages` are those that translations may be for. `ignored` is the data folder, which may be
    in the content folder too.
    """
    return [
        ContentError(path, None, f"is not read: {message}")
        for path, message in _unread(folder, languages)
        if path != ignored
    ]


def _unread(folder: Path, languages: Collection[str]) -> Iterator[tuple[Path, str]]:
    for path in _listed(folder):
        if path.is_dir() and path.name in ("pages", "worksheets"):
            yield from _in_kind(path, path.name)
        elif path.is_dir() and path.name == "recordings":
            yield from _in_recordings(path)
        elif path.is_dir() and path.name == "translations":
            yield from _in_translations(path, languages)
        elif path.is_dir():
            yield path, _folder_words(path)
        elif path.name not in [f"{name}.toml" for name in FILES]:
            yield path, _top_words(path)


def _listed(folder: Path) -> list[Path]:
    """Return what is in a folder, without what editors and systems leave there."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        folder / name
        for name in names
        if not name.startswith((".", "~$"))
        and not name.endswith(("~", ".part"))
        and not name.lower().startswith(_OTHERS)
    ]


def _folder_words(path: Path) -> str:
    inside = [each.name for each in _listed(path) if each.name in FOLDERS]
    known = f"the folders are {', '.join(FOLDERS)}{did_you_mean(path.name, FOLDERS)}"
    if inside:
        return f"{known}; it has '{inside[0]}' in it, so perhaps 'content_dir' should name it"
    return known


def _top_words(path: Path) -> str:
    if near := nearest(path.stem, FILES):
        return f"{FILES[near]} in {near}.toml; did you mean '{near}.toml'?"
    ending = path.suffix.lower()
    if ending == ".md":
        return "put it into the folder pages or recordings"
    if ending == ".toml":
        return "put it into the folder worksheets"
    if ending in _SOUNDS:
        return _ADD
    return f"content is in the folders {', '.join(FOLDERS)}"


def _in_kind(folder: Path, kind: str) -> Iterator[tuple[Path, str]]:
    ending = _ENDINGS[kind]
    for path in _listed(folder):
        if path.is_dir() and path.name == _INNER.get(kind):
            yield from _in_kind(path, path.name)
        elif path.suffix == ending:
            continue
        elif path.is_dir():
            near = f" or '{_INNER[kind]}'" if kind in _INNER else ""
            yield path, f"put its files into '{folder.name}'{near} itself"
        else:
            yield path, _ending_words(path, ending)


def _ending_words(path: Path, ending: str) -> str:
    """Return why a file with this name isn't read in a folder of files with the right ending."""
    given = path.suffix.lower()
    must = f"its name must end with {ending}"
    if given == ending:
        return f"{must} in small letters"
    inner = Path(path.stem).suffix.lower()
    if inner == ending:
        hidden = "; Explorer hides it until 'File name extensions' is switched on under View"
        return f"{must}, not {inner}{given}{hidden}"
    if given in _DOCUMENTS:
        return f"it is a document; save its words as plain text, as {path.stem}{ending}"
    if given in _PICTURES:
        return "pictures can't be shown"
    if given in _SOUNDS:
        return _ADD
    other = {".md": "pages or recordings", ".toml": "worksheets"}.get(given)
    return f"put it into the folder {other}" if other else must


def _in_recordings(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in _listed(folder):
        if path.is_dir():
            if not LANGUAGE.match(path.name):
                yield path, "a folder of recordings is named for its language, such as en or pt-BR"
            else:
                yield from _in_language(path)
        elif path.suffix != ".md" and path.name != "measured.json":
            yield path, _ending_words(path, ".md")


def _in_language(folder: Path) -> Iterator[tuple[Path, str]]:
    # A recording may be a link to a file further down.
    linked = {os.path.realpath(each) for each in _listed(folder) if each.is_symlink()}
    for path in _listed(folder):
        if path.is_dir() and not path.is_symlink():
            inside = {os.path.realpath(each) for each in path.rglob("*") if each.is_file()}
            if inside - linked:
                yield path, f"put its files into '{folder.name}' itself, with {_ADD[12:]}"
        elif path.suffix in (".json", ".mp3"):
            continue
        elif path.suffix == ".vtt":
            if not SET_ASIDE.search(path.name) and not path.with_suffix(".json").exists():
                yield path, "there is no recording of this name; captions come with '--transcript'"
        else:
            yield path, _ADD if path.suffix.lower() in _SOUNDS else _ending_words(path, ".mp3")


def _in_translations(folder: Path, languages: Collection[str]) -> Iterator[tuple[Path, str]]:
    for path in _listed(folder):
        if not path.is_dir():
            yield path, "a catalogue is in <language>/LC_MESSAGES/content.po"
        elif path.name not in languages:
            near = did_you_mean(path.name, languages)
            yield path, f"the languages are {', '.join(sorted(languages))}{near}"
        else:
            yield from _in_catalogues(path)


def _in_catalogues(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in _listed(folder):
        if not path.is_dir() or path.name != "LC_MESSAGES":
            yield path, f"catalogues are in {folder.name}/LC_MESSAGES"
            continue
        for file in _listed(path):
            if file.name not in CATALOGUES and file.suffix != ".mo":
                yield file, f"catalogues are {' and '.join(CATALOGUES)}"
