"""Keep the measurements of recordings, so that unchanged sound isn't measured again.

`measured.json` in the folder of recordings holds the measurements of each recording, with the
SHA-256 of its sound and captions together.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from hearth_cft.library.audio import Audio
from hearth_cft.tools.recordings.check_sound import Measures, Outcome, measure_all

FILE = "measured.json"
# The version of the measuring method. Measurements by another version are not used.
WAY = 2


def measured(folder: Path, audio: Sequence[Audio], *, again: bool = False) -> list[Outcome]:
    """Return the measurements of each file under `folder`, or why it can't be measured.

    Measure the files that are new, have changed or couldn't be measured before; with `again`,
    measure all. Raises MissingExtraError.
    """
    cache = {} if again else _read_cache(folder)
    sums = [_checksum(item) for item in audio]
    entries = [cache.get(_name(item), (None, None)) for item in audio]
    cached = [
        measures if before == now else None
        for (before, measures), now in zip(entries, sums, strict=True)
    ]
    unknown = [item for item, measures in zip(audio, cached, strict=True) if measures is None]
    new = iter(measure_all(unknown) if unknown else ())
    outcomes: list[Outcome] = [next(new) if measures is None else measures for measures in cached]
    if unknown or len(cache) != len(audio):
        names = map(_name, audio)
        _write_cache(
            folder, {name: entry for name, *entry in zip(names, sums, outcomes, strict=True)}
        )
    return outcomes


def _name(audio: Audio) -> str:
    return f"{audio.locale}/{audio.name}"


def _checksum(audio: Audio) -> str:
    digest = hashlib.sha256(audio.path.read_bytes())
    if audio.captions_path:
        digest.update(audio.captions_path.read_bytes())
    return digest.hexdigest()


def _read_cache(folder: Path) -> dict[str, tuple[str, Measures]]:
    """Return checksum and measurements by name.

    Return an empty dictionary if the file is missing or damaged, or has another format or version.
    """
    try:
        document = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if document["way"] != WAY:
            return {}
        return {
            name: (entry.pop("sha256"), TypeAdapter(Measures).validate_python(entry))
            for name, entry in document["recordings"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_cache(folder: Path, entries: Mapping[str, Sequence[Any]]) -> None:
    lines = [
        f'  "{name}": {json.dumps({"sha256": sha256, **asdict(outcome)})}'
        for name, (sha256, outcome) in sorted(entries.items())
        # Leave out faulty files, so that they are measured again each time.
        if isinstance(outcome, Measures) and math.isfinite(outcome.drift or 0)
    ]
    text = "\n".join([f'{{"way": {WAY}, "recordings": {{', ",\n".join(lines), "}}", ""])
    # If the folder can't be written to, only time is lost.
    with contextlib.suppress(OSError):
        (folder / FILE).write_text(text, encoding="utf-8")
