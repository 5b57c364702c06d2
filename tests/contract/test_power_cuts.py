"""Power cuts at any moment, with the data folder that they leave."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from hearth_cft.records import (
    AccountErasedError,
    RecordStore,
)
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.contract.data_folder import (
    an_account,
)
from tests.contract.power import PowerCut
from tests.samples import ROOMY, a_record


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
