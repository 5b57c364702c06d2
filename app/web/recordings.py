"""recordings.json: every sound file that a phone can keep, for "Keep everything on this phone"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.audio import Audio
from app.i18n import MARKERS, OPEN, SOURCE, Locale
from app.library import Recording
from app.web.pages import Shelf, media_address


def recordings_list(
    shelf: Shelf, tag: str, audio: Iterable[Audio], locales: Mapping[str, Locale]
) -> dict[str, Any]:
    """Give the document: the language's own set or the English one, and the other languages apart.

    A language without a row in locales.toml goes by its tag.
    """
    own = {id(each) for files in shelf.audio.values() for each in files}
    # English where the language speaks for itself is left to the pages in English.
    rest = [each for each in audio if id(each) not in own and each.locale not in (tag, SOURCE)]
    others = []
    for other in sorted({each.locale for each in rest}):
        files = {one.slug: [f for f in rest if _is_of(f, one, other)] for one in shelf.recordings}
        others.append(
            {
                "locale": other,
                "name": locales[other].name if other in locales else other,
                "recordings": _recordings(shelf, files),
            }
        )
    return {"locale": tag, "recordings": _recordings(shelf, shelf.audio), "others": others}


def _is_of(audio: Audio, recording: Recording, locale: str) -> bool:
    return audio.slug == recording.slug and audio.locale == locale


def _recordings(shelf: Shelf, files: Mapping[str, Iterable[Audio]]) -> list[dict[str, Any]]:
    listed = []
    for recording in shelf.recordings:
        title = recording.title
        told: dict[str, Any] = {"slug": recording.slug, "title": title.translate(MARKERS)}
        if OPEN in title:
            told["lang"] = SOURCE
        told["files"] = [_file(each) for each in files[recording.slug]]
        if told["files"]:
            listed.append(told)
    return listed


def _file(audio: Audio) -> dict[str, Any]:
    told = {
        "address": media_address(audio),
        "version": audio.version,
        "voice": audio.voice,
        "voiceName": audio.voice_name,
        "locale": audio.locale,
        "sha256": audio.sha256,
        "bytes": audio.bytes,
    }
    if audio.captions_path:
        told["captions"] = f"/media/{audio.locale}/{audio.captions_path.name}"
    return told
