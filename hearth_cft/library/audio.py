"""Read which sound files there are, in which language and voice, and what is wrong with them.

Beside each MP3 is a .json file of the same name, written by `hearth recordings`. Only sizes are
compared here, because reading every MP3 would slow down each start. `hearth recordings check` reads
the files themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic.types import Strict

from hearth_cft.library.files import (
    MOST_CAPTIONS_BYTES,
    MOST_SOUND_BYTES,
    read_text,
    real_file,
)
from hearth_cft.library.models import SLUG, Flag, Text, Whole
from hearth_cft.library.script import VERSIONS
from hearth_cft.reading.problem import ContentError
from hearth_cft.reading.words import describe

MARK_LETTERS = 8
# What a file that was replaced ends with.
SET_ASIDE = re.compile(r"\.([0-9a-f]{8})\.(?:mp3|vtt)\Z")
LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_AGAIN = "make it again with 'hearth recordings build' or 'hearth recordings add'"

Slug = Annotated[str, Strict(), StringConstraints(pattern=SLUG)]
Tag = Annotated[str, Strict(), StringConstraints(pattern=LOCALE)]
Sha256 = Annotated[str, Strict(), StringConstraints(pattern=r"^[0-9a-f]{64}$")]
NoSha256 = Annotated[str, Strict(), StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


@dataclass(frozen=True, config=ConfigDict(extra="ignore"))
class Audio:
    """One recording in one language, version and voice.

    `seconds` is its length, `bytes` the size of the MP3. `script_sha256` is empty if the words that
    were recorded aren't known. The paths have no symbolic links.
    """

    slug: Slug
    version: Literal["full", "short"]
    locale: Tag
    voice: Slug
    voice_name: Text
    generated: Flag
    seconds: Annotated[float, Strict(), Field(gt=0, lt=86_400)]
    bytes: Whole
    sha256: Sha256
    script_sha256: NoSha256
    licence: Text
    path: Path
    captions_path: Path | None

    @property
    def mark(self) -> str:
        """What an address carries to mean this very file, and none that replaced it."""
        return self.sha256[:MARK_LETTERS]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return audio_name(self.slug, self.version, self.voice)


def set_aside(path: Path, sha256: str) -> Path:
    """Return the path that a recording's file gets when another one takes its place.

    `sha256` is that of the MP3, also for its captions.
    """
    return path.with_name(f"{path.stem}.{sha256[:MARK_LETTERS]}{path.suffix}")


def earlier_files(audio: Audio) -> Iterator[tuple[str, Path]]:
    """Yield (mark, path) of each MP3 that this recording replaced."""
    for path in sorted(audio.path.parent.glob(f"{audio.name}.*.mp3")):
        if found := SET_ASIDE.search(path.name):
            yield found[1], path


def audio_name(slug: str, version: str, voice: str) -> str:
    """Return the name that MP3, captions and .json share, without its ending."""
    return f"{slug}-{version}-{voice}"


def load_audio(folders: Sequence[Path]) -> tuple[tuple[Audio, ...], tuple[ContentError, ...]]:
    """Read `<folder>/<locale>/*.json`; a file in a later folder replaces one in an earlier folder.

    Return what can be used, and an error for each file that can't.
    """
    found: dict[tuple[str, str], Audio] = {}
    problems: list[ContentError] = []
    for folder in folders:
        for place in sorted(path for path in folder.glob("*") if path.is_dir()):
            for file in sorted(place.glob("*.json")):
                try:
                    found[place.name, file.stem] = read_audio(file, folder)
                except ContentError as problem:
                    problems.append(problem)
            problems += _without_json(place)
    order = {version: number for number, version in enumerate(VERSIONS)}
    listed = sorted(
        found.values(), key=lambda a: (a.locale, a.slug, order[a.version], a.generated, a.voice)
    )
    return tuple(listed), tuple(problems)


def read_audio(file: Path, folder: Path) -> Audio:
    """Read one .json file and look at the files beside it. All of them must be in the folder.

    Raises ContentError.
    """
    values = {
        **_json_object(file, folder),
        "path": _sound(file, folder),
        "captions_path": _captions(file, folder),
    }
    try:
        audio = TypeAdapter(Audio).validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ContentError(file, None, f"{describe(first, values)}; {_AGAIN}") from None
    if audio.locale != file.parent.name or audio.name != file.stem:
        belongs = f"{audio.locale}/{audio.name}"
        raise ContentError(file, None, f"the file says that it is {belongs}; name it so")
    return _whole(audio, file, folder)


def wrong_checksum(audio: Audio) -> ContentError | None:
    """Read a recording, and return an error if its bytes aren't those that were added."""
    try:
        with audio.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return ContentError(audio.path, None, f"can't be read: {error.strerror}")
    if digest == audio.sha256:
        return None
    return ContentError(audio.path, None, f"has changed since it was added; {_AGAIN}")


def _json_object(file: Path, folder: Path) -> Mapping[str, Any]:
    text = read_text(file, folder)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise ContentError(file, error.lineno, f"not valid JSON: {error.msg}; {_AGAIN}") from None
    except (ValueError, RecursionError):  # a number of more than 4,300 digits is a ValueError
        raise ContentError(file, None, f"not valid JSON; {_AGAIN}") from None
    if not isinstance(values, dict):
        raise ContentError(file, 1, f"must be one JSON object; {_AGAIN}")
    return values


def _sound(file: Path, folder: Path) -> Path:
    path = file.with_suffix(".mp3")
    if not os.path.lexists(path):
        message = f"{path.name} is missing; put it back or {_AGAIN}"
        raise ContentError(file, None, message)
    return real_file(path, folder, MOST_SOUND_BYTES)


def _captions(file: Path, folder: Path) -> Path | None:
    path = file.with_suffix(".vtt")
    if not os.path.lexists(path):
        return None
    read_text(path, folder, MOST_CAPTIONS_BYTES)
    return real_file(path, folder, MOST_CAPTIONS_BYTES)


def _whole(audio: Audio, file: Path, folder: Path) -> Audio:
    """Return the recording if its MP3 has the right size. Raises ContentError.

    While it is being replaced, the description may still be of the file that was set aside.
    """
    try:
        size = audio.path.stat().st_size
    except OSError as error:
        raise ContentError(audio.path, None, f"can't be read: {error.strerror}") from None
    earlier = set_aside(file.with_suffix(".mp3"), audio.sha256)
    if size != audio.bytes and earlier.is_file() and earlier.stat().st_size == audio.bytes:
        captions = set_aside(file.with_suffix(".vtt"), audio.sha256)
        return replace(
            audio,
            path=real_file(earlier, folder, MOST_SOUND_BYTES),
            captions_path=_captions(captions, folder),
        )
    if size != audio.bytes:
        message = f"is {size} bytes long, not {audio.bytes}: cut off or changed; {_AGAIN}"
        raise ContentError(audio.path, None, message)
    return audio


def _without_json(place: Path) -> list[ContentError]:
    message = "has no .json beside it; put it in with 'hearth recordings add'"
    return [
        ContentError(file, None, message)
        for file in sorted(place.glob("*.mp3"))
        if not SET_ASIDE.search(file.name) and not os.path.lexists(file.with_suffix(".json"))
    ]
