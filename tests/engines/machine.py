"""A virtual screen and a virtual loudspeaker for machines that have neither.

Firefox and WebKitGTK need a screen. Firefox fails with an error if there is no loudspeaker, and the
other browsers play without any output. The sound that a browser plays can be captured from the
virtual loudspeaker.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]

RATE = 4_000  # samples a second, enough to find a place in a recording
SNIPPET = 1.5  # seconds of sound in one capture
LOUD = 0.01  # of full scale; the speech here is ten times as loud
PATIENCE = 20  # seconds


class Machine:
    """The environment variables to start a browser with, and the sound that the browser plays."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)

    def listen(self) -> Sound:
        """Return the next SNIPPET seconds of sound from the loudspeaker."""
        command = ["parec", "--device=ear.monitor", "--latency-msec=50", "--channels=1"]
        command += [f"--rate={RATE}", "--format=float32le"]
        with subprocess.Popen(
            command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as recorder:
            assert recorder.stdout is not None
            captured = recorder.stdout.read(4 * int(RATE * SNIPPET))
            recorder.terminate()
        return np.frombuffer(captured, np.float32)


class Recording:
    """A decoded recording, to find the place of a captured snippet in it."""

    def __init__(self, file: Path) -> None:
        self._sound = decoded(file)
        self._size = 1 << (len(self._sound) + int(RATE * SNIPPET)).bit_length()
        self._spectrum = np.fft.rfft(self._sound, self._size)
        energy = np.concatenate(([0.0], np.cumsum(self._sound.astype(np.float64) ** 2)))
        starts = np.arange(len(self._sound))
        ends = np.minimum(starts + int(RATE * SNIPPET), len(self._sound))
        around = energy[ends] - energy[starts]
        # Without this minimum, a place next to silence would match every snippet.
        self._scale = np.sqrt(np.maximum(around, around.max() / 10))

    def find(self, snippet: Sound) -> tuple[float, float]:
        """Return the place of a snippet in seconds, and the likeness there. 1 means identical.

        The likeness is the normalised cross-correlation, computed by the convolution theorem.
        """
        spectrum = self._spectrum * np.conj(np.fft.rfft(snippet, self._size))
        matches = np.fft.irfft(spectrum, self._size)[: len(self._sound)]
        likeness = np.abs(matches) / self._scale / np.sqrt(float(np.sum(snippet**2)))
        best = int(np.argmax(likeness))
        return best / RATE, float(likeness[best])


@contextlib.contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Start a screen and a loudspeaker. Yield the machine that has them.

    Needs Debian's xvfb and pulseaudio. `tests/system.sh browsers` installs them.
    """
    folder.chmod(0o700)  # PulseAudio needs a folder for itself alone
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    # A browser without other settings puts its profile and its cache into these folders.
    environ |= {f"XDG_{name}_HOME": str(folder) for name in ("CACHE", "CONFIG", "DATA")}
    # Without this setting, PulseAudio would be two seconds behind the player.
    environ["PULSE_LATENCY_MSEC"] = "60"
    with screen() as display, loudspeaker(folder, environ) as address:
        yield Machine({**environ, "DISPLAY": display, "PULSE_SERVER": address})


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen. Yield its display name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1000x24"]
    with started([*command, "-nolisten", "tcp"], dict(os.environ), [writing]):
        os.close(writing)
        with os.fdopen(reading) as output:
            yield f":{output.readline().strip()}"


@contextlib.contextmanager
def loudspeaker(folder: Path, environ: Mapping[str, str]) -> Iterator[str]:
    """Start a sound server whose only loudspeaker is called "ear". Yield the server's address."""
    socket = folder / "native"
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
    command += ["-L", "module-null-sink sink_name=ear"]
    command += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"]
    with started(command, {**environ, "HOME": str(folder)}):
        deadline = time.monotonic() + PATIENCE
        while not socket.exists():
            assert time.monotonic() < deadline, "PulseAudio did not start"
            time.sleep(0.05)
        yield f"unix:{socket}"


@contextlib.contextmanager
def started(
    command: list[str], environ: Mapping[str, str], handles: list[int] | None = None
) -> Iterator[None]:
    process = subprocess.Popen(
        command, env=environ, pass_fds=handles or [], stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def decoded(file: Path) -> Sound:
    """Return a recording as it would be captured: one channel, RATE samples a second."""
    parts = []
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(str(file)) as container:
        for frame in container.decode(audio=0):
            parts += [part.to_ndarray().ravel() for part in resampler.resample(frame)]
    return np.concatenate(parts)


def is_loud(sound: Sound) -> bool:
    return float(np.sqrt(np.mean(sound**2))) > LOUD
