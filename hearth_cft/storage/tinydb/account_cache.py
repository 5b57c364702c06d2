"""Open accounts in memory: the least recently used are forgotten, what has dead lines is noted."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hearth_cft.storage.tinydb.account import Ledger


@dataclass(frozen=True, slots=True)
class Untidy:
    """Dead lines: how much, and when the first and the last came, in seconds of the loop."""

    dead_bytes: int
    since: float
    changed: float


class Shelf:
    """Ledgers by name, in about `memory_bytes` of memory."""

    def __init__(self, make: Callable[[str], Ledger], memory_bytes: int) -> None:
        self._make = make
        self._memory_bytes = memory_bytes
        self._ledgers: OrderedDict[str, Ledger] = OrderedDict()
        self.held_bytes = 0
        self.untidy: dict[str, Untidy] = {}
        """What to compact, also of ledgers that are forgotten."""

    def __len__(self) -> int:
        """How many accounts are in memory."""
        return len(self._ledgers)

    def __contains__(self, name: str) -> bool:
        """Whether the account is in memory."""
        return name in self._ledgers

    @property
    def busy(self) -> Sequence[Ledger]:
        """The ledgers that somebody uses."""
        return [ledger for ledger in self._ledgers.values() if ledger.users]

    @asynccontextmanager
    async def taken(self, name: str) -> AsyncIterator[Ledger]:
        """Use a ledger, loaded. Raises StoreUnavailableError."""
        ledger = self._ledgers.get(name)
        if ledger is None:
            ledger = self._ledgers[name] = self._make(name)
        ledger.users += 1
        try:
            await ledger.load()
            yield ledger
        finally:
            ledger.users -= 1
            self.changed(ledger)

    def changed(self, ledger: Ledger) -> None:
        """Count its memory again, and forget what is too much."""
        self._note_untidy(ledger)
        if ledger.idle and ledger.auth is None:
            self.forget(ledger)  # guesses must not fill the memory
            return
        weight = ledger.weight
        self.held_bytes += weight - ledger.counted_bytes
        ledger.counted_bytes = weight
        self._ledgers.move_to_end(ledger.name)
        self._forget_oldest()

    def _note_untidy(self, ledger: Ledger) -> None:
        dead, known = ledger.dead_bytes, self.untidy.get(ledger.name)
        if not dead:
            self.untidy.pop(ledger.name, None)
        elif known is None or known.dead_bytes != dead:
            now = asyncio.get_running_loop().time()
            self.untidy[ledger.name] = Untidy(dead, known.since if known else now, now)

    def forget(self, ledger: Ledger) -> None:
        """Let go of a ledger that nobody uses."""
        if ledger.idle and self._ledgers.get(ledger.name) is ledger:
            del self._ledgers[ledger.name]
            self.held_bytes -= ledger.counted_bytes

    def _forget_oldest(self) -> None:
        for _ in range(len(self._ledgers)):
            if self.held_bytes <= self._memory_bytes:
                return
            name, oldest = next(iter(self._ledgers.items()))
            if oldest.idle:
                self.forget(oldest)
            else:
                self._ledgers.move_to_end(name)
