"""Write a finished recording: the MP3, the captions and the .json that the server reads."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hearth_cft.library.audio import SET_ASIDE, audio_name, set_aside
from hearth_cft.tools.recordings.captions import Cue, write_captions
from hearth_cft.tools.recordings.labels import demonstration

_EARLIER_KEPT = 3


@dataclass(frozen=True)
class Recorded:
    """The description of an MP3: the fields of Audio except its paths, size and checksum."""

    slug: str
    version: str
    locale: str
    voice: str
    voice_name: str
    generated: bool
    seconds: float
    script_sha256: str
    licence: str

    def file(self, recordings: Path, ending: str) -> Path:
        """Return the path of the file with this ending (".mp3") in the folder of recordings."""
        return (
            recordings / self.locale / f"{audio_name(self.slug, self.version, self.voice)}{ending}"
        )


def keep(recordings: Path, recorded: Recorded, mp3: bytes, cues: Sequence[Cue]) -> Path:
    """Write the files and return the path of the MP3. Raises OSError.

    The .json comes last, so that it never describes a file that doesn't exist yet. Files of the
    same name are set aside: a server that runs goes on playing them.
    """
    captions = recorded.file(recordings, ".vtt")
    captions.parent.mkdir(parents=True, exist_ok=True)
    _set_aside(recorded.file(recordings, ".mp3"), captions, mp3)
    _replace(recorded.file(recordings, ".mp3"), mp3)
    if cues:
        note = demonstration(recorded.locale) if recorded.generated else ""
        _replace(captions, write_captions(cues, note).encode())
    else:
        captions.unlink(missing_ok=True)
    _replace(recorded.file(recordings, ".json"), _json_of(recorded, mp3))
    return recorded.file(recordings, ".mp3")


def _set_aside(sound: Path, captions: Path, new: bytes) -> None:
    """Give the files that are replaced a second name, and delete the oldest of such files."""
    if sound.is_symlink() or not sound.is_file():
        return
    old = sound.read_bytes()
    if old == new:
        return
    digest = hashlib.sha256(old).hexdigest()
    for path in (captions, sound):
        aside = set_aside(path, digest)
        if not path.is_file() or path.is_symlink():
            continue
        aside.unlink(missing_ok=True)
        try:
            os.link(path, aside)
        except OSError:  # not every disk has hard links
            path.rename(aside)
    earlier = [
        path for path in sound.parent.glob(f"{sound.stem}.*.mp3") if SET_ASIDE.search(path.name)
    ]
    for path in sorted(earlier, key=lambda path: path.stat().st_mtime_ns)[:-_EARLIER_KEPT]:
        path.with_suffix(".vtt").unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def _json_of(recorded: Recorded, mp3: bytes) -> bytes:
    values = {
        "slug": recorded.slug,
        "version": recorded.version,
        "locale": recorded.locale,
        "voice": recorded.voice,
        "voice_name": recorded.voice_name,
        "generated": recorded.generated,
        "seconds": round(recorded.seconds, 3),
        "bytes": len(mp3),
        "sha256": hashlib.sha256(mp3).hexdigest(),
        "script_sha256": recorded.script_sha256,
        "licence": recorded.licence,
    }
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
