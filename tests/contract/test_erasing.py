"""Erasing and removing on a disk that is full or failing, and in a process that is killed."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.records import (
    AccountErasedError,
    NoSpaceError,
    Record,
    RecordStore,
    StoreError,
)
from hearth_cft.storage.tinydb.store import TinyDBStore, open_tinydb
from tests.contract.data_folder import AUTH, an_account, journals
from tests.contract.failing_disk import (
    Interference,
    failing_from,
    failing_once,
    full_while,
    interfering,
    killed_at,
)
from tests.samples import ROOMY, a_record

FAILURES = [
    (failing, code)
    for failing in (failing_once, failing_from)
    for code in (errno.EIO, errno.ENOSPC)
]


async def is_whole(store: RecordStore, account: str, records: list[Record]) -> bool:
    """Return whether the account is there. Fail if it is neither whole nor erased."""
    try:
        assert await store.auth_of(account) == AUTH
    except AccountErasedError:
        return False
    assert list(await store.fetch(account, [record.id for record in records])) == records
    return True


async def is_whole_after_a_new_start(folder: Path, account: str, records: list[Record]) -> bool:
    async with open_tinydb(folder, ROOMY) as store:
        whole = await is_whole(store, account, records)
        for journal in journals(folder):
            await store._compactor._tidy(journal.stem)
        assert bool(journals(folder)) == whole
        return whole


async def erased(
    store: TinyDBStore, account: str, monkeypatch: pytest.MonkeyPatch, interfere: Interference
) -> tuple[bool, int]:
    """Erase the account. Return whether that was acknowledged, and the number of steps."""
    with interfering(monkeypatch, interfere) as steps:
        try:
            await store.erase_account(account)
        except StoreError:
            return False, steps.count
    return True, steps.count


@pytest.mark.parametrize("first", [True, False], ids=["the first erasure", "a later one"])
@pytest.mark.parametrize(("failing", "code"), FAILURES)
async def test_whatever_step_of_an_erasure_fails_the_account_is_whole_or_erased(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: Callable[[int, int], Interference],
    code: int,
    first: bool,
) -> None:
    records = [a_record(), a_record()]
    number = 0
    while True:
        folder = tmp_path / str(number)
        async with open_tinydb(folder, ROOMY) as store:
            account = await an_account(store, *records)
            if not first:
                await store.erase_account(await an_account(store))
            acknowledged, steps = await erased(store, account, monkeypatch, failing(number, code))
            assert not (acknowledged and await is_whole(store, account, records))
        whole = await is_whole_after_a_new_start(folder, account, records)
        assert not (acknowledged and whole)
        if steps <= number:  # the step that was to fail was not reached
            break
        number += 1
    assert number >= 5


@pytest.mark.parametrize("full", [False, True])
async def test_whenever_an_erasure_is_killed_the_account_is_whole_or_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    records = [a_record(), a_record()]
    found: list[bool] = []
    while True:
        folder, left = tmp_path / f"{len(found)}", tmp_path / f"left-{len(found)}"
        async with open_tinydb(folder, ROOMY) as store:
            account = await an_account(store, *records)
            kill = killed_at(len(found), folder, left)
            if full:
                kill = both(kill, full_while(store._folder.reserve))
            acknowledged, _ = await erased(store, account, monkeypatch, kill)
            assert acknowledged
        if not left.exists():  # there are fewer steps
            break
        found.append(await is_whole_after_a_new_start(left, account, records))

    assert found == sorted(found, reverse=True)  # once erased, it is erased at each later step
    assert {True, False} == set(found)


def both(first: Interference, second: Interference) -> Interference:
    """Return an interference that does the first and then the second."""

    def interfere(
        step: int, name: str, real: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> Any:
        return first(step, name, lambda *rest: second(step, name, real, rest), arguments)

    return interfere


async def test_on_a_full_disk_the_reserve_makes_room_for_each_note(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        accounts = [await an_account(store, a_record()) for _ in range(25)]
        for account in accounts:
            acknowledged, _ = await erased(
                store, account, monkeypatch, full_while(store._folder.reserve)
            )
            assert acknowledged
        assert store._folder.reserve.exists()

    async with open_tinydb(folder, ROOMY) as store:
        for account in accounts:
            with pytest.raises(AccountErasedError):
                await store.auth_of(account)
    assert journals(folder) == []


async def test_without_room_for_the_note_every_account_stays_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = a_record()
    async with open_tinydb(folder, ROOMY) as store:
        accounts = [await an_account(store, record) for _ in range(5)]
        with interfering(monkeypatch, full_while(folder)):
            for account in accounts:
                with pytest.raises(NoSpaceError):
                    await store.erase_account(account)

    async with open_tinydb(folder, ROOMY) as store:
        for account in accounts:
            assert await is_whole(store, account, [record])


async def test_on_a_full_disk_removing_works_beside_a_push_that_does_not_fit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, removed = a_record(), a_record()
    async with open_tinydb(folder, ROOMY) as store:
        account = await an_account(store, kept, removed)
        with interfering(monkeypatch, full_while(store._folder.reserve)):
            push, removal = await asyncio.gather(
                store.push(account, [a_record()]),
                store.remove(account, [removed.id]),
                return_exceptions=True,
            )

        assert isinstance(push, NoSpaceError)
        assert removal == 1
        await store._compactor.tend()
        assert store._folder.reserve.exists()

    async with open_tinydb(folder, ROOMY) as store:
        assert [live_id.id for live_id in await store.live_ids(account)] == [kept.id]


async def test_a_store_without_its_reserve_makes_a_new_one(folder: Path) -> None:
    async with open_tinydb(folder, ROOMY) as store:
        reserve = store._folder.reserve
        size = reserve.stat().st_size
    reserve.write_bytes(b"cut short by a kill")

    async with open_tinydb(folder, ROOMY):
        assert reserve.stat().st_size == size >= 64 * 1024
