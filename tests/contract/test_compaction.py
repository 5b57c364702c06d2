"""Superseded records and erased accounts leave the disk of the embedded store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hearth_cft.records import (
    AccountErasedError,
    set_digest,
)
from hearth_cft.storage.tinydb.store import TinyDBStore, open_tinydb
from tests.contract.data_folder import (
    AUTH,
    an_account,
    eventually,
    everything_on_disk,
    journals,
    names,
)
from tests.samples import ROOMY, a_record


@pytest.fixture
async def quick(folder: Path) -> AsyncIterator[TinyDBStore]:
    """Yield a store to which an account is quiet after 0.02 seconds, instead of a minute."""
    async with open_tinydb(folder, ROOMY, quiet_seconds=0.02) as store:
        yield store


async def test_superseded_bytes_leave_the_disk_when_the_account_is_quiet(
    quick: TinyDBStore, folder: Path
) -> None:
    account, old = await an_account(quick), a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    await quick.push(account, [old])
    await quick.push(account, [new])

    await eventually(lambda: old.sealed.encode() not in everything_on_disk(folder))

    assert list(await quick.fetch(account, [old.id, new.id])) == [new]
    assert new.sealed.encode() in everything_on_disk(folder)


async def test_superseded_bytes_leave_the_disk_when_the_process_stops(folder: Path) -> None:
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        await store.push(account, [old])
        await store.push(account, [new])
        assert old.sealed.encode() in everything_on_disk(folder)

    assert old.sealed.encode() not in everything_on_disk(folder)
    assert new.sealed.encode() in everything_on_disk(folder)


async def test_a_file_that_is_mostly_dead_is_rewritten_at_once(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, record = await an_account(store), a_record(size=20_000)
        sizes = []
        for _ in range(40):
            await store.push(account, [record])
            record = a_record(entry=record.entry, supersedes=[record], size=20_000)
            sizes.append(journals(folder)[0].stat().st_size)

    assert max(sizes) < 400_000
    assert min(sizes[20:]) < 60_000


async def test_an_erased_account_leaves_only_the_digest_of_its_id(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, record = await an_account(store), a_record()
        await store.push(account, [record])
        await store.erase_account(account)

        assert journals(folder) == []
        remaining = everything_on_disk(folder)
    assert record.sealed.encode() not in remaining
    assert account.encode() not in remaining
    assert AUTH.encode() not in remaining


async def test_an_old_backup_does_not_bring_an_erased_account_back(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, record = await an_account(store), a_record()
        await store.push(account, [record])
        [journal] = journals(folder)
        backup = journal.read_bytes()
        await store.erase_account(account)
    journal.write_bytes(backup)

    async with open_tinydb(folder, ROOMY, quiet_seconds=0.02) as store:
        with pytest.raises(AccountErasedError):
            await store.live_ids(account)
        await eventually(lambda: not journals(folder))

    assert record.sealed.encode() not in everything_on_disk(folder)


async def test_the_sweep_rewrites_dead_lines_of_a_process_that_was_killed(folder: Path) -> None:
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        await store.push(account, [old])
        await store.push(account, [new])
        [journal] = journals(folder)
        killed = journal.read_bytes()
    journal.write_bytes(killed)
    (journal.parent / f"{journal.name}.tmp").write_bytes(old.sealed.encode())

    async with open_tinydb(folder, ROOMY, quiet_seconds=0.02) as store:
        assert not [path for path in names(folder) if path.suffix == ".tmp"]
        await eventually(lambda: old.sealed.encode() not in everything_on_disk(folder))
        assert list(await store.fetch(account, [new.id])) == [new]


async def test_a_sweep_while_accounts_are_made_and_written_takes_nothing_away(
    quick: TinyDBStore,
) -> None:
    record_ids: dict[str, str] = {}
    async with asyncio.timeout(60):
        for _ in range(60):
            account, record = await an_account(quick), a_record()
            await quick.push(account, [record])
            record_ids[account] = record.id

            sweep = asyncio.ensure_future(quick._compactor.sweep())
            late = await an_account(quick)
            await quick.push(late, [a_record()])
            await asyncio.sleep(0)
            sweep.cancel()
            assert len(await quick.live_ids(late)) == 1

    for account, record_id in record_ids.items():
        assert [live_id.id for live_id in await quick.live_ids(account)] == [record_id]


async def test_what_has_changed_is_known_after_the_dead_lines_are_gone(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, old = await an_account(store), a_record()
        await store.push(account, [old])
        digest = (await store.changes(account, set_digest(0))).digest
        new = a_record(entry=old.entry, supersedes=[old])
        await store.push(account, [new])
        await store._compactor.compact_all()
        assert old.sealed.encode() not in everything_on_disk(folder)

        changes = await store.changes(account, digest)

    assert ([live_id.id for live_id in changes.added], list(changes.gone)) == ([new.id], [old.id])
