"""recordings.json: every sound file that a phone can keep, for "Keep everything on this phone"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.library.audio import Audio
from hearth_cft.web.site.localized import LocalizedLibrary, media_address


def recordings_list(library: LocalizedLibrary, tag: str) -> dict[str, Any]:
    """Give the document: the language's own set or the English one, and the others apart."""
    others: dict[str, dict[str, Iterable[Audio]]] = {}
    for slug, languages in library.also.items():
        for spoken in languages:
            # English where the language speaks for itself is left to the pages in English.
            if spoken.tag != SOURCE:
                others.setdefault(spoken.tag, {})[slug] = spoken.audio
    return {
        "locale": tag,
        "recordings": _recordings(library, library.audio),
        "others": [
            {
                "locale": other,
                "name": library.language_names[other],
                "recordings": _recordings(library, others[other]),
            }
            for other in sorted(others)
        ],
    }


def _recordings(
    library: LocalizedLibrary, files: Mapping[str, Iterable[Audio]]
) -> list[dict[str, Any]]:
    listed = []
    for recording in library.recordings:
        title = recording.title
        told: dict[str, Any] = {"slug": recording.slug, "title": title.translate(MARKERS)}
        if OPEN in title:
            told["lang"] = SOURCE
        told["files"] = [_file(each) for each in files.get(recording.slug, ())]
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
