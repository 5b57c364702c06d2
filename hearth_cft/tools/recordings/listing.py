"""Build the table of `hearth recordings list` with the measurements of each recording."""

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
# The first columns hold text and are left-aligned. The others hold numbers.
_TEXT_COLUMNS = 4


def table(
    audio: Sequence[Audio], outcomes: Sequence[Outcome] | None, *, markdown: bool = False
) -> str:
    """Return a table with a line for each recording and a line of totals.

    Without `outcomes`, leave the columns for loudness, peak and drift empty.
    """
    results = outcomes or [""] * len(audio)
    rows = [_cells(*pair) for pair in zip(audio, results, strict=True)]
    rows.append(_total(audio, results))
    if markdown:
        rule = ("---",) * _TEXT_COLUMNS + ("---:",) * (len(_HEAD) - _TEXT_COLUMNS)
        return "\n".join(f"| {' | '.join(row)} |" for row in (_HEAD, rule, *rows))
    return aligned((_HEAD, *rows), _TEXT_COLUMNS)


def aligned(rows: Sequence[Sequence[str]], text_columns: int) -> str:
    """Return the rows as lines. The first columns are left-aligned, the others right-aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths, text_columns) for row in rows)


def _cells(audio: Audio, outcome: Outcome) -> tuple[str, ...]:
    return (
        audio.slug,
        audio.version,
        audio.locale,
        audio.voice_name,
        f"{audio.seconds / 60:.1f}",
        f"{audio.bytes / 1e6:.2f}",
        *_measured_cells(outcome),
    )


def _measured_cells(outcome: Outcome) -> tuple[str, str, str]:
    if isinstance(outcome, Measures):
        return f"{outcome.loudness:.1f}", f"{outcome.true_peak:.1f}", _milliseconds(outcome.drift)
    return "", "", ""


def _total(audio: Sequence[Audio], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the totals, the lowest to the highest loudness, and the highest peak and drift."""
    measured = [outcome for outcome in outcomes if isinstance(outcome, Measures)]
    levels = sorted(outcome.loudness for outcome in measured)
    drifts = [outcome.drift for outcome in measured if outcome.drift is not None]
    return (
        f"{len(audio)} recordings",
        "",
        "",
        "",
        f"{sum(item.seconds for item in audio) / 60:.1f}",
        f"{sum(item.bytes for item in audio) / 1e6:.2f}",
        f"{levels[0]:.1f} to {levels[-1]:.1f}" if levels else "",
        f"{max(outcome.true_peak for outcome in measured):.1f}" if measured else "",
        _milliseconds(max(drifts, default=None)),
    )


def _milliseconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.0f}"


def _line(row: Sequence[str], widths: Sequence[int], text_columns: int) -> str:
    texts = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)][:text_columns]
    numbers = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)][text_columns:]
    return "  ".join([*texts, *numbers]).rstrip()
