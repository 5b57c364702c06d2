"""The recordings' sound files: which there are, in which language and voice, and what is wrong.

Beside each MP3 stands a .json of the same name that `hearth recordings` wrote. Only sizes are
compared here, since reading every MP3 would slow each start; `hearth recordings check` reads all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearth_cft.library.content_file import ContentError
from hearth_cft.library.loader import SLUG
from hearth_cft.library.script import VERSIONS

LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_AGAIN = "make it again with 'hearth recordings build' or 'hearth recordings add'"


@dataclass(frozen=True)
class Audio:
    """One recording in one language, version and voice.

    `script_sha256` is empty where nobody said which words were recorded.
    """

    slug: str
    version: str
    locale: str
    voice: str
    voice_name: str
    generated: bool
    seconds: float
    bytes: int
    sha256: str
    script_sha256: str
    licence: str
    path: Path
    captions_path: Path | None

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return audio_name(self.slug, self.version, self.voice)


def audio_name(slug: str, version: str, voice: str) -> str:
    """The name that MP3, captions and .json share, without ending."""
    return f"{slug}-{version}-{voice}"


def load_audio(folders: Sequence[Path]) -> tuple[tuple[Audio, ...], tuple[ContentError, ...]]:
    """Read `<folder>/<locale>/*.json`; a file in a later folder stands in for an earlier one.

    What can't be used is left out and named among the errors.
    """
    found: dict[tuple[str, str], Audio] = {}
    problems: list[ContentError] = []
    for folder in folders:
        for place in sorted(path for path in folder.glob("*") if path.is_dir()):
            for file in sorted(place.glob("*.json")):
                try:
                    found[place.name, file.stem] = read_audio(file)
                except ContentError as problem:
                    problems.append(problem)
            problems += _without_json(place)
    order = {version: number for number, version in enumerate(VERSIONS)}
    listed = sorted(
        found.values(), key=lambda a: (a.locale, a.slug, order[a.version], a.generated, a.voice)
    )
    return tuple(listed), tuple(problems)


def read_audio(file: Path) -> Audio:
    """Read one .json and look at its neighbours. Raises ContentError."""
    values = _json_object(file)
    texts = {
        key: _taken(file, values, key, str)
        for key in ("slug", "version", "locale", "voice", "voice_name", "sha256", "licence")
    }
    audio = Audio(
        **texts,
        script_sha256=_taken(file, values, "script_sha256", str, may_be_empty=True),
        generated=_taken(file, values, "generated", bool),
        seconds=float(_taken(file, values, "seconds", (int, float))),
        bytes=_taken(file, values, "bytes", int),
        path=file.with_suffix(".mp3"),
        captions_path=_existing(file.with_suffix(".vtt")),
    )
    _check_values(file, audio)
    _check_size(file, audio)
    return audio


def _json_object(file: Path) -> Mapping[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ContentError(file, error.lineno, f"not valid JSON: {error.msg}; {_AGAIN}") from None
    except (UnicodeDecodeError, RecursionError):
        raise ContentError(file, None, f"not valid JSON; {_AGAIN}") from None
    except OSError as error:
        raise ContentError(file, None, f"can't be read: {error.strerror}") from None
    if not isinstance(values, dict):
        raise ContentError(file, 1, f"must be one JSON object; {_AGAIN}")
    return values


def _taken(
    file: Path,
    values: Mapping[str, Any],
    key: str,
    kind: type | tuple[type, ...],
    *,
    may_be_empty: bool = False,
) -> Any:
    value = values.get(key)
    wrong_bool = isinstance(value, bool) and kind is not bool
    if not isinstance(value, kind) or wrong_bool:
        raise ContentError(file, None, f"'{key}' is missing or of the wrong kind; {_AGAIN}")
    if value == "" and not may_be_empty:
        raise ContentError(file, None, f"'{key}' is empty; {_AGAIN}")
    return value


def _check_values(file: Path, audio: Audio) -> None:
    right = {
        "slug": SLUG.match(audio.slug),
        "version": audio.version in VERSIONS,
        "locale": LOCALE.match(audio.locale),
        "voice": SLUG.match(audio.voice),
        "seconds": 0 < audio.seconds < 86_400,
        "sha256": _SHA256.match(audio.sha256),
        "script_sha256": not audio.script_sha256 or _SHA256.match(audio.script_sha256),
    }
    for key, good in right.items():
        if not good:
            raise ContentError(file, None, f"'{key}' has an impossible value; {_AGAIN}")
    if audio.locale != file.parent.name or audio.name != file.stem:
        belongs = f"{audio.locale}/{audio.name}"
        raise ContentError(file, None, f"the file says that it is {belongs}; name it so")


def _check_size(file: Path, audio: Audio) -> None:
    try:
        size = audio.path.stat().st_size
    except OSError:
        message = f"{audio.path.name} is missing; put it back or {_AGAIN}"
        raise ContentError(file, None, message) from None
    if size != audio.bytes:
        message = f"is {size} bytes long, not {audio.bytes}: cut off or changed; {_AGAIN}"
        raise ContentError(audio.path, None, message)


def _existing(path: Path) -> Path | None:
    return path if path.is_file() else None


def _without_json(place: Path) -> list[ContentError]:
    message = "has no .json beside it; put it in with 'hearth recordings add'"
    return [
        ContentError(file, None, message)
        for file in sorted(place.glob("*.mp3"))
        if not file.with_suffix(".json").exists()
    ]
