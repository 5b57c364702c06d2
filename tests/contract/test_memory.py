"""The memory that the accounts of the embedded store take."""

from __future__ import annotations

from pathlib import Path

from hearth_cft.storage.tinydb.store import open_tinydb
from tests.contract.data_folder import (
    an_account,
    journals,
)
from tests.samples import ROOMY, a_record, new_account


async def test_memory_is_bounded_and_what_was_forgotten_is_read_again(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY, memory_bytes=100_000) as store:
        stored = {}
        for _ in range(60):
            account, record = await an_account(store), a_record(size=2_000)
            await store.push(account, [record])
            stored[account] = record

        assert store._cache.held_bytes <= 100_000
        assert len(store._cache) < 20
        for account, record in stored.items():
            assert list(await store.fetch(account, [record.id])) == [record]


async def test_the_history_of_an_account_counts_as_memory(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, record = await an_account(store), a_record()
        await store.push(account, [record])
        before = store._cache.held_bytes
        for _ in range(20):
            record = a_record(entry=record.entry, supersedes=[record])
            await store.push(account, [record])

        assert store._cache.held_bytes - before > 20 * 400


async def test_guessed_accounts_leave_nothing_in_memory_or_on_disk(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        for _ in range(50):
            assert await store.auth_of(new_account()) is None

        assert len(store._cache) == 0
        assert store._cache.held_bytes == 0
        assert journals(folder) == []
