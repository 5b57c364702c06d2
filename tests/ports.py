"""Reserve ports that no one else takes while their server is stopped.

A port that the system chooses (`bind` to 0) may be taken a moment later, by a test that runs at the
same time or by an outgoing connection of a browser. So these ports come from below the range
that the system chooses from. A UDP socket on the same number reserves the port until it is released
or the process ends.
"""

from __future__ import annotations

import contextlib
import random
import socket
from dataclasses import dataclass

FIRST, LAST = 12_000, 30_000  # below the ephemeral ranges of Linux, macOS and IANA


@dataclass
class Port:
    """A port of this machine, reserved until it is released."""

    number: int
    _held: socket.socket

    def release(self) -> None:
        """Let other tests use the port."""
        self._held.close()


def hold_port() -> Port:
    """Reserve a port that nothing listens on and no other test has reserved.

    Raises AssertionError if no port is free.
    """
    for _ in range(1000):
        number = random.randrange(FIRST, LAST)
        held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError), socket.socket() as probe:
            held.bind(("127.0.0.1", number))
            probe.bind(("127.0.0.1", number))
            return Port(number, held)
        held.close()
    raise AssertionError(f"no port between {FIRST} and {LAST} is free")
