"""Find recordings that no page plays, and scripts whose voices say other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hearth_cft.library.audio import Audio
from hearth_cft.library.models import Library, Recording
from hearth_cft.library.script import script_sha256
from hearth_cft.reading.problem import ContentError, did_you_mean

# The language of the scripts in the files.
SOURCE = "en"


def unheard(library: Library, audio: Sequence[Audio], folder: Path) -> Iterator[ContentError]:
    """Yield an error for each own recording without a page, and each own script with other words.

    `folder` is the service's content folder.
    """
    by_slug = {recording.slug: recording for recording in library.recordings}
    for item in audio:
        recording = by_slug.get(item.slug)
        if item.path.is_relative_to(folder.resolve()) and (
            recording is None or item.version not in recording.scripts
        ):
            wanted = f"recordings/{item.slug}.md with '## {item.version}'"
            near = "" if recording else did_you_mean(item.slug, by_slug)
            yield ContentError(item.path, None, f"no page plays it: there is no {wanted}{near}")
        elif recording and recording.path.is_relative_to(folder) and _differs(item, recording):
            name = f"the {item.version} recording by {item.voice_name} says other words"
            message = f"{name} than this script; record it again, or add it with a new name"
            yield ContentError(recording.path, None, message, is_note=not item.generated)


def _differs(audio: Audio, recording: Recording) -> bool:
    """Return whether the recorded words are known to be others than the script's."""
    steps = recording.scripts.get(audio.version)
    return (
        audio.locale == SOURCE
        and bool(audio.script_sha256)
        and steps is not None
        and audio.script_sha256 != script_sha256(steps)
    )
