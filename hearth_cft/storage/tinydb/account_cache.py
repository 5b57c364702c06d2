"""Cache open accounts in memory, and record which accounts have dead lines.

The cache forgets the least recently used accounts first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hearth_cft.storage.tinydb.account import Account


@dataclass(frozen=True, slots=True)
class DirtyAccount:
    """The dead lines of an account.

    `since` and `changed` are the times of the first and the last dead line, in seconds of the event
    loop's clock.
    """

    dead_bytes: int
    since: float
    changed: float


class AccountCache:
    """A cache of accounts by name. It takes about `memory_bytes` of memory."""

    def __init__(self, make: Callable[[str], Account], memory_bytes: int) -> None:
        self._make = make
        self._memory_bytes = memory_bytes
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self.held_bytes = 0
        self.dirty: dict[str, DirtyAccount] = {}
        """The accounts to compact, by name. They include accounts that are no longer in memory."""

    def __len__(self) -> int:
        """Return the number of accounts in memory."""
        return len(self._accounts)

    def __contains__(self, name: str) -> bool:
        """Return whether the account is in memory."""
        return name in self._accounts

    @property
    def busy(self) -> Sequence[Account]:
        """Return the accounts that are in use."""
        return [account for account in self._accounts.values() if account.use_count]

    @asynccontextmanager
    async def use(self, name: str) -> AsyncIterator[Account]:
        """Load the account and keep it in memory while it is used.

        Raises StoreUnavailableError.
        """
        account = self._accounts.get(name)
        if account is None:
            account = self._accounts[name] = self._make(name)
        account.use_count += 1
        try:
            await account.load()
            yield account
        finally:
            account.use_count -= 1
            self.changed(account)

    def changed(self, account: Account) -> None:
        """Count the account's memory again. Forget other accounts if the cache is too large."""
        self._note_dirty(account)
        if account.idle and account.auth is None:
            self.forget(account)  # guessed account ids must not fill the memory
            return
        weight = account.weight
        self.held_bytes += weight - account.counted_bytes
        account.counted_bytes = weight
        self._accounts.move_to_end(account.name)
        self._forget_oldest()

    def _note_dirty(self, account: Account) -> None:
        dead, known = account.dead_bytes, self.dirty.get(account.name)
        if not dead:
            self.dirty.pop(account.name, None)
        elif known is None or known.dead_bytes != dead:
            now = asyncio.get_running_loop().time()
            self.dirty[account.name] = DirtyAccount(dead, known.since if known else now, now)

    def forget(self, account: Account) -> None:
        """Remove an account from memory, unless it is in use."""
        if account.idle and self._accounts.get(account.name) is account:
            del self._accounts[account.name]
            self.held_bytes -= account.counted_bytes

    def _forget_oldest(self) -> None:
        for _ in range(len(self._accounts)):
            if self.held_bytes <= self._memory_bytes:
                return
            name, oldest = next(iter(self._accounts.items()))
            if oldest.idle:
                self.forget(oldest)
            else:
                self._accounts.move_to_end(name)
