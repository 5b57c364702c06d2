"""A screen and a loudspeaker for machines that have neither, and an ear at the loudspeaker.

Firefox and WebKitGTK want a screen. Firefox ends with an error when there is nothing to play to,
and the others would play into the void: so what they play is listened to here.
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

RATE = 4_000  # samples a second, enough to tell where in a recording one is
SNIPPET = 1.5  # seconds that are listened to at once
LOUD = 0.01  # of full scale; speech here is ten times as loud
PATIENCE = 20  # seconds


class Machine:
    """What a browser is started with, and what it is heard to play."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)

    def listen(self) -> Sound:
        """What comes out of the loudspeaker from now on, for SNIPPET seconds."""
        command = ["parec", "--device=ear.monitor", "--latency-msec=50", "--channels=1"]
        command += [f"--rate={RATE}", "--format=float32le"]
        with subprocess.Popen(
            command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as ear:
            assert ear.stdout is not None
            heard = ear.stdout.read(4 * int(RATE * SNIPPET))
            ear.terminate()
        return np.frombuffer(heard, np.float32)


class Recording:
    """A recording as the ear would hear it, to find in it what was heard."""

    def __init__(self, file: Path) -> None:
        self._sound = decoded(file)
        self._size = 1 << (len(self._sound) + int(RATE * SNIPPET)).bit_length()
        self._spectrum = np.fft.rfft(self._sound, self._size)
        energy = np.concatenate(([0.0], np.cumsum(self._sound.astype(np.float64) ** 2)))
        starts = np.arange(len(self._sound))
        ends = np.minimum(starts + int(RATE * SNIPPET), len(self._sound))
        around = energy[ends] - energy[starts]
        # Without a floor, what is next to silence would be like everything.
        self._scale = np.sqrt(np.maximum(around, around.max() / 10))

    def find(self, snippet: Sound) -> tuple[float, float]:
        """Where a snippet is, in seconds, and how alike they are there: 1 is the same.

        Normalised cross-correlation, by the convolution theorem.
        """
        spectrum = self._spectrum * np.conj(np.fft.rfft(snippet, self._size))
        matches = np.fft.irfft(spectrum, self._size)[: len(self._sound)]
        likeness = np.abs(matches) / self._scale / np.sqrt(float(np.sum(snippet**2)))
        best = int(np.argmax(likeness))
        return best / RATE, float(likeness[best])


@contextlib.contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Needs Debian's xvfb and pulseaudio: `tests/system.sh browsers` installs them."""
    folder.chmod(0o700)  # PulseAudio wants to be alone in it
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    # Where the profiles and caches of browsers go that ask for nothing else.
    environ |= {f"XDG_{name}_HOME": str(folder) for name in ("CACHE", "CONFIG", "DATA")}
    # Unasked, PulseAudio would be two seconds behind the player.
    environ["PULSE_LATENCY_MSEC"] = "60"
    with screen() as display, loudspeaker(folder, environ) as address:
        yield Machine({**environ, "DISPLAY": display, "PULSE_SERVER": address})


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A screen of its own; gives its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1000x24"]
    with started([*command, "-nolisten", "tcp"], dict(os.environ), [writing]):
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"


@contextlib.contextmanager
def loudspeaker(folder: Path, environ: Mapping[str, str]) -> Iterator[str]:
    """A sound server whose only loudspeaker is called "ear"; gives its address."""
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
    """A recording as it would be heard by the ear: one channel, RATE samples a second."""
    parts = []
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(str(file)) as container:
        for frame in container.decode(audio=0):
            parts += [part.to_ndarray().ravel() for part in resampler.resample(frame)]
    return np.concatenate(parts)


def is_loud(sound: Sound) -> bool:
    return float(np.sqrt(np.mean(sound**2))) > LOUD
