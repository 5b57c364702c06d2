"""When the embedded store waits for the disk, and what happens if the disk fails."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from hearth_cft.records import (
    AccountErasedError,
    NoSpaceError,
    StoreUnavailableError,
)
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.contract.data_folder import (
    AUTH,
    an_account,
    journals,
)
from tests.samples import ROOMY, a_record, new_account
from tests.unit.test_journal import failing, full_disk


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
