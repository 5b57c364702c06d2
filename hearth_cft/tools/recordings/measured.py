"""What recordings measure, kept beside them: sound that hasn't changed isn't measured again.

`measured.json` in their folder names each with the SHA-256 of its sound and captions together.
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

from hearth_cft.library.audio import Audio
from hearth_cft.tools.recordings.check_sound import Measures, Outcome, measure_all

FILE = "measured.json"
# Of the way in which it is measured: with another one, nothing that was kept counts.
WAY = 1


def measured(folder: Path, audio: Sequence[Audio], *, again: bool = False) -> list[Outcome]:
    """The measures of each file under `folder`, or why it has none. Raises MissingExtraError.

    What is new, has changed or can't be measured is measured now; with `again`, everything.
    """
    before = {} if again else _kept(folder)
    sums = [_sum(each) for each in audio]
    known = [before.get(_name(each), (None, None)) for each in audio]
    found = [one if was == now else None for (was, one), now in zip(known, sums, strict=True)]
    unknown = [each for each, one in zip(audio, found, strict=True) if one is None]
    new = iter(measure_all(unknown) if unknown else ())
    outcomes: list[Outcome] = [next(new) if one is None else one for one in found]
    if unknown or len(before) != len(audio):
        names = map(_name, audio)
        _keep(folder, {name: each for name, *each in zip(names, sums, outcomes, strict=True)})
    return outcomes


def _name(audio: Audio) -> str:
    return f"{audio.locale}/{audio.name}"


def _sum(audio: Audio) -> str:
    told = hashlib.sha256(audio.path.read_bytes())
    if audio.captions_path:
        told.update(audio.captions_path.read_bytes())
    return told.hexdigest()


def _kept(folder: Path) -> dict[str, tuple[str, Measures]]:
    """By name; nothing where there is no such file, or one that isn't ours."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if told["way"] != WAY:
            return {}
        return {
            name: (one.pop("sha256"), Measures(**one)) for name, one in told["recordings"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _keep(folder: Path, found: Mapping[str, Sequence[Any]]) -> None:
    lines = [
        f'  "{name}": {json.dumps({"sha256": sha256, **asdict(outcome)})}'
        for name, (sha256, outcome) in sorted(found.items())
        # What is wrong is looked at again each time, until it is right.
        if isinstance(outcome, Measures) and math.isfinite(outcome.drift or 0)
    ]
    text = "\n".join([f'{{"way": {WAY}, "recordings": {{', ",\n".join(lines), "}}", ""])
    # A folder that can't be written to costs time, and nothing else.
    with contextlib.suppress(OSError):
        (folder / FILE).write_text(text, encoding="utf-8")
