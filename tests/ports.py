"""Ports that stay ours while their server is stopped.

A port that the system gives away by itself (`bind` to 0) may be somebody else's a moment later: of
a test beside this one, or of a browser's outgoing connection. Ours come from below that range, and
a UDP socket of the same number holds each for as long as the process lives or until it is released.
"""

from __future__ import annotations

import contextlib
import random
import socket
from dataclasses import dataclass

FIRST, LAST = 12_000, 30_000  # below Linux's, macOS' and IANA's own range


@dataclass
class Port:
    """A port of this machine, held until it is released."""

    number: int
    _held: socket.socket

    def release(self) -> None:
        """Let another test have it."""
        self._held.close()


def hold_port() -> Port:
    """Take a port that nobody listens on and no other test holds."""
    for _ in range(1000):
        number = random.randrange(FIRST, LAST)
        held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError), socket.socket() as probe:
            held.bind(("127.0.0.1", number))
            probe.bind(("127.0.0.1", number))
            return Port(number, held)
        held.close()
    raise AssertionError(f"no port between {FIRST} and {LAST} is free")
