"""The data folder of the embedded store: who may use it, and what it contains."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hearth_cft.records import (
    StoreError,
    StoreUnavailableError,
)
from hearth_cft.storage import open_store
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.contract.data_folder import (
    an_account,
    eventually,
    everything_on_disk,
    journals,
    names,
)
from tests.samples import ROOMY, a_record, new_account, new_auth


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
