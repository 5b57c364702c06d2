"""The guarantees of the embedded store alone: its folder, its memory and failing disks."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hearth_cft.records import (
    AccountErasedError,
    NoSpaceError,
    RecordStore,
    StoreError,
    StoreUnavailableError,
    set_digest,
)
from hearth_cft.storage import open_store
from hearth_cft.storage.tinydb.store import TinyDBStore, open_tinydb
from tests.contract.power import PowerCut
from tests.samples import ROOMY, a_record, new_account, new_auth
from tests.unit.test_journal import failing, full_disk

_, AUTH = new_auth()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def an_account(store: RecordStore) -> str:
    account = new_account()
    await store.create_account(account, AUTH)
    return account


def journals(folder: Path) -> list[Path]:
    return sorted((folder / "accounts").glob("*/*.jsonl"))


def names(folder: Path) -> list[Path]:
    return [folder, *folder.rglob("*")]


def everything_on_disk(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("url", ["", "tinydb", "tinydb://x", "postgresql://localhost/hearth"])
async def test_another_kind_of_store_is_refused_with_what_is_allowed(
    folder: Path, url: str
) -> None:
    with pytest.raises(StoreError, match=r"is not a store; allowed: tinydb:"):
        async with open_store(url, data_dir=folder, limits=ROOMY):
            pass


async def test_a_folder_is_for_one_process(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY):
        with pytest.raises(StoreError, match="is in use by another process: one process per data"):
            async with open_tinydb(folder, ROOMY):
                pass

    async with open_tinydb(folder, ROOMY) as store:
        await store.check()


@pytest.mark.parametrize("place", ["/proc/hearth", "/dev/null/hearth"])
async def test_a_folder_that_can_not_be_written_is_named_in_one_line(place: str) -> None:
    with pytest.raises(StoreError, match=f"^can't use the data folder {place}: ") as caught:
        async with open_tinydb(Path(place), ROOMY):
            pass

    assert "\n" not in str(caught.value)


async def test_a_damaged_signing_key_is_not_used(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY):
        pass
    (folder / "signing.key").write_bytes(b"short")

    with pytest.raises(StoreError, match=r"signing\.key is damaged"):
        async with open_tinydb(folder, ROOMY):
            pass


async def test_without_the_list_of_erased_accounts_the_store_does_not_start(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        for _ in range(2):
            await store.erase_account(await an_account(store))
    erased = folder / "erased.jsonl"
    erased.write_bytes(erased.read_bytes().replace(b'"t"', b'"T"', 1))

    for _ in range(2):
        with pytest.raises(StoreError, match="erased"):
            async with open_tinydb(folder, ROOMY):
                pass


async def test_folders_and_files_are_the_owners_alone(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        await store.push(await an_account(store), [a_record()])

    for path in names(folder):
        assert path.stat().st_mode & 0o077 == 0, path


async def test_the_disk_holds_neither_the_account_id_nor_the_key(folder: Path) -> None:
    key, digest = new_auth()
    account = new_account()
    async with open_tinydb(folder, ROOMY) as store:
        await store.create_account(account, digest)
        await store.push(account, [a_record()])
        paths = " ".join(map(str, names(folder)))
        content = everything_on_disk(folder)

    assert account not in paths
    assert account.encode() not in content
    assert key.encode() not in content


async def test_one_push_is_one_flush_and_pushes_that_wait_share_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        flushes: list[int] = []
        real = os.fdatasync

        def counted(handle: int) -> None:
            flushes.append(handle)
            real(handle)

        monkeypatch.setattr("os.fdatasync", counted)

        await store.push(account, [a_record() for _ in range(10)])
        alone = len(flushes)
        await asyncio.gather(*(store.push(account, [a_record()]) for _ in range(30)))

    assert alone == 1
    assert len(flushes) - alone <= 3


async def test_a_push_that_changes_nothing_needs_no_flush(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, record = await an_account(store), a_record()
        await store.push(account, [record])
        size = journals(folder)[0].stat().st_size

        with failing(monkeypatch, "fdatasync"):
            assert await store.push(account, [record]) == {record.id: "same"}

        assert journals(folder)[0].stat().st_size == size


async def test_a_failed_flush_fails_all_that_shared_it_and_nobody_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, other = await an_account(store), await an_account(store)
        kept = a_record()
        await store.push(account, [kept])
        with failing(monkeypatch, "fdatasync"):
            results = await asyncio.gather(
                *(store.push(account, [a_record()]) for _ in range(3)), return_exceptions=True
            )

        assert [type(result) for result in results] == [StoreUnavailableError] * 3
        assert [live_id.id for live_id in await store.live_ids(account)] == [kept.id]
        assert len(await store.push(other, [a_record()])) == 1
        later = a_record()
        await store.push(account, [later])

    async with open_tinydb(folder, ROOMY) as store:
        assert {live_id.id for live_id in await store.live_ids(account)} == {kept.id, later.id}


async def test_an_account_whose_new_file_could_not_be_flushed_is_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account = new_account()
        with failing(monkeypatch, "fdatasync"), pytest.raises(StoreUnavailableError):
            await store.create_account(account, AUTH)

        assert await store.auth_of(account) is None
        assert await store.create_account(account, AUTH) is True


async def test_on_a_full_disk_nothing_acknowledged_is_lost_and_erasing_works(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, other = await an_account(store), await an_account(store)
        stored: list[str] = []
        with full_disk(20_000):
            with suppress(NoSpaceError):
                while True:
                    stored += await store.push(account, [a_record(size=random.randint(100, 3_000))])
            await store.erase_account(other)

        assert {live_id.id for live_id in await store.live_ids(account)} == set(stored)
        later = a_record(size=3_000)
        await store.push(account, [later])

    async with open_tinydb(folder, ROOMY) as store:
        live = await store.live_ids(account)
        assert {live_id.id for live_id in live} == {*stored, later.id}
        assert len(await store.fetch(account, [live_id.id for live_id in live])) == len(live)
        with pytest.raises(AccountErasedError):
            await store.auth_of(other)


@pytest.fixture
async def quick(folder: Path) -> AsyncIterator[TinyDBStore]:
    """Yield a store to which an account is quiet after 0.02 seconds, instead of a minute."""
    async with open_tinydb(folder, ROOMY, quiet_seconds=0.02) as store:
        yield store


async def eventually(condition: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the condition never became true")


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


async def test_guessed_accounts_leave_nothing_in_memory_or_on_disk(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        for _ in range(50):
            assert await store.auth_of(new_account()) is None

        assert len(store._cache) == 0
        assert store._cache.held_bytes == 0
        assert journals(folder) == []


async def test_a_damaged_account_leaves_the_others_alone(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        account, other = await an_account(store), await an_account(store)
        await store.push(account, [a_record()])
        await store.push(other, [a_record()])
        journal = next(path for path in journals(folder) if path.stat().st_size)
    journal.write_bytes(journal.read_bytes()[:200] + b"?" + journal.read_bytes()[201:])

    async with open_tinydb(folder, ROOMY, quiet_seconds=0.02) as store:
        # The sweep opens the journal and sets it aside.
        await eventually(journal.with_suffix(".damaged").exists)
        results = await asyncio.gather(
            *(store.live_ids(account_id) for account_id in (account, other)),
            return_exceptions=True,
        )

    [error] = [result for result in results if isinstance(result, StoreUnavailableError)]
    assert error.retry_after > 60
    assert len([result for result in results if isinstance(result, list)]) == 1
    assert journal.with_suffix(".damaged").exists()


async def test_power_can_go_at_any_moment(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        source = random.Random(3)
        power = PowerCut(disk, patch, source)
        known: dict[str, dict[str, str]] = {}
        erased: set[str] = set()

        async def use_account(store: RecordStore) -> None:
            account = await an_account(store)
            known[account] = {}
            record = a_record(size=source.randint(30, 9_000))
            for _ in range(source.randint(1, 12)):
                await store.push(account, [record])
                known[account][record.entry] = record.id
                supersedes = [record] if source.random() < 0.7 else []
                entry = record.entry if supersedes else None
                record = a_record(
                    entry=entry, supersedes=supersedes, size=source.randint(30, 9_000)
                )
            if source.random() < 0.3:
                await store.erase_account(account)
                erased.add(account)

        cuts: list[tuple[Path, dict[str, dict[str, str]], set[str]]] = []
        async with open_tinydb(disk / "data", ROOMY, quiet_seconds=0.01) as store:
            for _ in range(25):
                users = asyncio.gather(*(use_account(store) for _ in range(4)))
                await asyncio.sleep(source.uniform(0, 0.08))
                promised = {account: dict(records) for account, records in known.items()}
                cut = tmp_path / f"cut-{len(cuts)}"
                erased_by_then = set(erased)
                power.cut(cut)
                cuts.append((cut / "data", promised, erased_by_then))
                await users
        power.close()

    for cut, promised, erased_by_then in cuts:
        await _check_after_cut(cut, promised, erased_by_then)


async def _check_after_cut(
    cut: Path, promised: dict[str, dict[str, str]], erased_by_then: set[str]
) -> None:
    async with open_tinydb(cut, ROOMY) as store:
        for account, records in promised.items():
            if account in erased_by_then:
                with pytest.raises(AccountErasedError):
                    await store.auth_of(account)
                continue
            try:
                live = await store.live_ids(account)
            except AccountErasedError:
                continue  # the erasure was in progress
            records_left = await store.fetch(account, [live_id.id for live_id in live])
            for entry, record_id in records.items():
                versions = [record for record in records_left if record.entry == entry]
                assert any(record_id in (version.id, *version.supersedes) for version in versions)
