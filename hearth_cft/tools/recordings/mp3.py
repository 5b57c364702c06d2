"""Decode and encode sound files in process with PyAV, so no ffmpeg program is needed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.sound import PEAK_DBTP, RATE, resampled, true_peak, turned_down
from hearth_cft.tools.recordings.tags import Tags, tag_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

MP3_RATE = 24_000
# The bit rate is constant, since a browser that seeks computes the time from the position in the
# file. At a variable bit rate, silences need a seventh of the bytes. Then Firefox plays up to ten
# seconds and Chromium up to three seconds away from the time that it shows (measured), and the
# captions are wrong by the same time.
_BIT_RATE = 48_000
# A larger file (in bytes) gets the lower bit rate, for phones with little storage.
_LARGE = 3_000_000
_BIT_RATE_OF_LARGE = 40_000
_TURNED_DOWN = 0.95  # LAME multiplies sound by this at a constant bit rate
_ATTEMPTS = 6
_SPARE_DECIBELS = 0.15
_CHUNK = RATE
LONGEST_MINUTES = 60

Progress = Callable[[float], None]


class SoundFileError(Exception):
    """A sound file can't be read. `reason` says why and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def decoded(path: Path, progress: Progress = lambda share: None) -> Samples:
    """Decode any file that PyAV reads to mono float32 at RATE.

    Leave out the frequencies that MP3_RATE can't hold, so that levels are measured on what will be
    heard. `progress` is called with the decoded fraction, 0 to 1. Raises SoundFileError.
    """
    av, numpy = extra("av"), extra("numpy")
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise SoundFileError(path, "there is no sound in it; use an audio file")
            parts = _decode(av, container, progress)
            samples: Samples = numpy.concatenate(parts or [numpy.zeros(0, numpy.float32)])
            del parts
    except SoundFileError:
        raise
    except TooLongError:
        message = f"it is longer than {LONGEST_MINUTES} minutes; cut it into parts"
        raise SoundFileError(path, message) from None
    except av.error.FFmpegError as error:
        raise SoundFileError(path, _reason(path, error)) from None
    if not len(samples):
        raise SoundFileError(path, "it holds no sound; record or export it again")
    return resampled(samples, MP3_RATE)


def steady(path: Path) -> bool:
    """Return whether the bit rate is constant, so that seeking is exact.

    Raises SoundFileError.
    """
    av = extra("av")
    try:
        with av.open(str(path)) as container:
            sizes = {packet.size for packet in container.demux(audio=0) if packet.size}
    except (av.error.FFmpegError, IndexError) as error:
        raise SoundFileError(path, _reason(path, error)) from None
    # A padded frame is one byte longer than the others.
    return not sizes or max(sizes) - min(sizes) <= 1


class TooLongError(Exception):
    """A file holds more sound than LONGEST_MINUTES."""


def _decode(av: Any, container: Any, progress: Progress) -> list[Samples]:
    stream = container.streams.audio[0]
    total_seconds = float(stream.duration * stream.time_base) if stream.duration else 0.0
    resampler = av.AudioResampler(format="flt", layout="mono", rate=MP3_RATE)
    parts: list[Samples] = []
    count = 0
    for frame in container.decode(stream):
        for piece in resampler.resample(frame):
            parts.append(piece.to_ndarray().reshape(-1).copy())
            count += len(parts[-1])
        if count > LONGEST_MINUTES * 60 * MP3_RATE:
            raise TooLongError
        if total_seconds:
            progress(min(1.0, count / MP3_RATE / total_seconds))
    parts += [piece.to_ndarray().reshape(-1).copy() for piece in resampler.resample(None)]
    return parts


def _reason(path: Path, error: Exception) -> str:
    if not path.exists():
        return "there is no such file"
    if path.is_dir():
        return "that is a folder, not a file"
    if path.stat().st_size == 0:
        return "the file is empty; copy or export it again"
    if isinstance(error, PermissionError):
        return "you have no permission to read it; change its permissions"
    return "it is not a sound file that can be read, or it is damaged; use MP3, M4A or WAV"


def finished(samples: Samples, tags: Tags) -> bytes:
    """Encode like `encoded`, but turn the sound down where a coded peak is above PEAK_DBTP.

    Coding raises most peaks by less than 1 dB, but some by more than 3 dB.
    """
    data = encoded(samples, tags)
    for attempt in range(1, _ATTEMPTS + 1):
        coded = _decode_mp3(data)
        if true_peak(coded) <= PEAK_DBTP:
            break
        samples = turned_down(samples, coded, PEAK_DBTP - attempt * _SPARE_DECIBELS)
        data = encoded(samples, tags)
    return data


def _decode_mp3(data: bytes) -> Samples:
    av, numpy = extra("av"), extra("numpy")
    with av.open(io.BytesIO(data)) as container:
        parts = _decode(av, container, lambda share: None)
    return resampled(numpy.concatenate(parts), MP3_RATE)


def encoded(samples: Samples, tags: Tags) -> bytes:
    """Encode mono float32 at RATE as an MP3 at 24 kHz with a constant bit rate."""
    head = tag_bytes(tags)
    size = len(head) + len(samples) / RATE * _BIT_RATE / 8
    return head + _encode(samples, _BIT_RATE if size <= _LARGE else _BIT_RATE_OF_LARGE)


def _encode(samples: Samples, bit_rate: int) -> bytes:
    av, numpy = extra("av"), extra("numpy")
    target = io.BytesIO()
    # Without 'bitexact' the file would name the version of the library that wrote it.
    options = {"id3v2_version": "0", "write_xing": "1", "fflags": "+bitexact"}
    with av.open(target, "w", format="mp3", options=options) as container:
        stream = container.add_stream("libmp3lame", rate=MP3_RATE, layout="mono")
        stream.codec_context.options = {"flags": "+bitexact"}
        stream.bit_rate = bit_rate
        resampler = av.AudioResampler(
            format="fltp", layout="mono", rate=MP3_RATE, frame_size=stream.codec_context.frame_size
        )
        for start in range(0, len(samples), _CHUNK):
            part = samples[start : start + _CHUNK].reshape(1, -1) / numpy.float32(_TURNED_DOWN)
            frame = av.AudioFrame.from_ndarray(part, format="flt", layout="mono")
            frame.sample_rate = RATE
            frame.pts = start
            for piece in resampler.resample(frame):
                container.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return target.getvalue()
