"""Whether the embedded store says that it is ready, on a disk that fails for a while."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.records import RecordStore, StoreUnavailableError
from hearth_cft.storage.tinydb import disk
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.contract.data_folder import an_account, names
from tests.samples import ROOMY, a_record
from tests.unit.test_journal import failing


async def fail_to_push(store: RecordStore, account: str) -> None:
    with pytest.raises(StoreUnavailableError):
        await store.push(account, [a_record()])


async def test_while_every_flush_fails_the_store_is_not_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "SECONDS_BETWEEN_PROBES", 0)
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        with failing(monkeypatch, "fdatasync"):
            await store.check()  # nobody has written yet
            await fail_to_push(store, account)
            for _ in range(3):
                with pytest.raises(StoreUnavailableError, match="the last write failed"):
                    await store.check()

        await store.check()
    assert "probe" not in " ".join(map(str, names(folder)))


async def test_a_push_that_works_makes_the_store_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "SECONDS_BETWEEN_PROBES", 1e9)
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        with failing(monkeypatch, "fdatasync"):
            await fail_to_push(store, account)
            with pytest.raises(StoreUnavailableError):
                await store.check()

        with pytest.raises(StoreUnavailableError):
            await store.check()
        await store.push(account, [a_record()])
        await store.check()


async def test_a_failing_disk_is_probed_once_a_second_at_most(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "SECONDS_BETWEEN_PROBES", 1e9)
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        with failing(monkeypatch, "fdatasync"):
            await fail_to_push(store, account)
        probes: list[int] = []
        monkeypatch.setattr("os.fdatasync", probes.append)
        await store.check()
        with failing(monkeypatch, "fdatasync"):
            await fail_to_push(store, account)
        for _ in range(3):
            with pytest.raises(StoreUnavailableError):
                await store.check()

    assert len(probes) == 1


async def test_a_failed_erasure_makes_the_store_not_ready_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "SECONDS_BETWEEN_PROBES", 0)
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store)
        with failing(monkeypatch, "fdatasync"):
            with pytest.raises(StoreUnavailableError):
                await store.erase_account(account)
            with pytest.raises(StoreUnavailableError):
                await store.check()

        await store.check()
