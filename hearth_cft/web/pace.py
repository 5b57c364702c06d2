"""Bound the time that a client may take to send or read, by its speed.

A large request or response over a narrow line takes minutes, so there is no bound on the whole
time.
"""

from __future__ import annotations

from dataclasses import dataclass

from hearth_cft.records import KIB


@dataclass(frozen=True, slots=True)
class Pace:
    """How slowly bytes may move: in every `seconds`, at least `least` of them.

    By default that is 256 bytes a second. A line of 90 kbit/s moves 45 times as many.
    """

    least: int = 15 * KIB
    seconds: float = 60.0


SLOWEST = Pace()


class Watch:
    """Watch bytes move. If `deadline` passes, the client is too slow.

    Bytes that came early count for nothing later: a client can't send most of a body at once, and
    hold it in memory while it sends the rest byte by byte.
    """

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace = pace
        self._moved = 0
        self.deadline = now + pace.seconds

    def note(self, size: int, now: float) -> None:
        """Note that `size` bytes have moved. `now` is on the clock of `deadline`, in seconds."""
        self._moved += size
        if self._moved >= self._pace.least:
            self._moved = 0
            self.deadline = now + self._pace.seconds
