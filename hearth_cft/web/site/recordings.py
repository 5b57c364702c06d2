"""Build recordings.json: every sound file that a phone can store.

The feature "Save everything on this phone" uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.library.audio import Audio
from hearth_cft.web.site.localized import LocalizedLibrary, captions_address, media_address


def recordings_list(library: LocalizedLibrary, tag: str) -> dict[str, Any]:
    """Return the document.

    `recordings` has the sound files in this language, or in English where there are none. `others`
    has those in other languages.
    """
    others: dict[str, dict[str, Iterable[Audio]]] = {}
    for slug, languages in library.also.items():
        for language in languages:
            # Leave out English audio if there is audio in this language. Only the English pages
            # offer it.
            if language.tag != SOURCE:
                others.setdefault(language.tag, {})[slug] = language.audio
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
    entries = []
    for recording in library.recordings:
        title = recording.title
        entry: dict[str, Any] = {"slug": recording.slug, "title": title.translate(MARKERS)}
        if OPEN in title:
            entry["lang"] = SOURCE
        entry["files"] = [_file(audio) for audio in files.get(recording.slug, ())]
        if entry["files"]:
            entries.append(entry)
    return entries


def _file(audio: Audio) -> dict[str, Any]:
    entry = {
        "address": media_address(audio),
        "version": audio.version,
        "voice": audio.voice,
        "voiceName": audio.voice_name,
        "locale": audio.locale,
        "sha256": audio.sha256,
        "bytes": audio.bytes,
        "generated": audio.generated,
    }
    if audio.captions_path:
        entry["captions"] = captions_address(audio)
    return entry
