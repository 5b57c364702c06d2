"""The table of `hearth recordings list`: what each recording measures."""

from __future__ import annotations

from collections.abc import Sequence

from hearth_cft.library.audio import Audio
from hearth_cft.tools.recordings.check_sound import Measures, Outcome

_HEAD = (
    "Recording",
    "Version",
    "Language",
    "Voice",
    "Minutes",
    "MB",
    "LUFS",
    "dBTP",
    "Drift ms",
)
_WORDS = 4


def table(
    audio: Sequence[Audio], outcomes: Sequence[Outcome] | None, *, markdown: bool = False
) -> str:
    """A line a recording, and their total; without `outcomes` nothing of what has to be heard."""
    heard = outcomes or [""] * len(audio)
    rows = [_cells(*pair) for pair in zip(audio, heard, strict=True)]
    rows.append(_total(audio, heard))
    if markdown:
        rule = ("---",) * _WORDS + ("---:",) * (len(_HEAD) - _WORDS)
        return "\n".join(f"| {' | '.join(row)} |" for row in (_HEAD, rule, *rows))
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    return "\n".join(_line(row, widths) for row in (_HEAD, *rows))


def _cells(audio: Audio, outcome: Outcome) -> tuple[str, ...]:
    return (
        audio.slug,
        audio.version,
        audio.locale,
        audio.voice_name,
        f"{audio.seconds / 60:.1f}",
        f"{audio.bytes / 1e6:.2f}",
        *_measured(outcome),
    )


def _measured(outcome: Outcome) -> tuple[str, str, str]:
    if isinstance(outcome, Measures):
        return f"{outcome.loudness:.1f}", f"{outcome.true_peak:.1f}", _drift(outcome.drift)
    return "", "", ""


def _total(audio: Sequence[Audio], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The sums, and of what is measured the lowest to the highest."""
    measured = [outcome for outcome in outcomes if isinstance(outcome, Measures)]
    levels = sorted(outcome.loudness for outcome in measured)
    return (
        f"{len(audio)} recordings",
        "",
        "",
        "",
        f"{sum(each.seconds for each in audio) / 60:.1f}",
        f"{sum(each.bytes for each in audio) / 1e6:.2f}",
        f"{levels[0]:.1f} to {levels[-1]:.1f}" if levels else "",
        f"{max(outcome.true_peak for outcome in measured):.1f}" if measured else "",
        _drift(max((each.drift for each in measured if each.drift is not None), default=None)),
    )


def _drift(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.0f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    words = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)][:_WORDS]
    numbers = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)][_WORDS:]
    return "  ".join([*words, *numbers]).rstrip()
