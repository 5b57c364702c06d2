"""Random histories against a real store, which is closed, copied, restored and wiped meanwhile."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from hearth_cft.records import Changes, LiveId, Outcome, Record, RecordStore
from hearth_cft.storage import open_store
from tests.contract.convergence import Controls, World, histories
from tests.samples import ROOMY, new_account, new_auth

HISTORIES = int(os.environ.get("HEARTH_HISTORIES", "200")) // 20

# These histories mostly start and copy stores, so use a disk in memory if there is one.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


class StoreServer:
    """One account of a TinyDB store that can be stopped, copied and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = AsyncExitStack()
        self._limits = ROOMY
        self._store: RecordStore
        self._account, (_, self._auth) = new_account(), new_auth()

    async def start(self) -> None:
        self._store = await self._open.enter_async_context(
            open_store("tinydb:", data_dir=self._folder / "data", limits=self._limits)
        )
        await self._store.create_account(self._account, self._auth)

    async def stop(self) -> None:
        await self._open.aclose()

    async def back_up(self) -> None:
        await self._replace("data", "backup")

    async def restore(self) -> None:
        if (self._folder / "backup").exists():
            await self._replace("backup", "data")

    async def wipe(self) -> None:
        await self.stop()
        shutil.rmtree(self._folder / "data")
        await self.start()

    async def limit(self, records: int) -> None:
        await self.stop()
        self._limits = replace(ROOMY, records=records)
        await self.start()

    async def _replace(self, source: str, target: str) -> None:
        await self.stop()
        shutil.rmtree(self._folder / target, ignore_errors=True)
        shutil.copytree(self._folder / source, self._folder / target)
        await self.start()

    async def live_ids(self) -> Sequence[LiveId]:
        return await self._store.live_ids(self._account)

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]:
        return await self._store.fetch(self._account, ids)

    async def changes(self, since: str) -> Changes:
        return await self._store.changes(self._account, since)

    async def remove(self, ids: Collection[str]) -> int:
        return await self._store.remove(self._account, ids)

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        return await self._store.push(self._account, records)


@pytest.mark.parametrize("server", [StoreServer])
def test_phones_agree_through_a_real_store(server: type[StoreServer]) -> None:
    @settings(
        max_examples=HISTORIES,
        derandomize=not os.environ.get("HEARTH_HISTORIES"),
    )
    @given(histories())
    def run(history: list[tuple[str, int, int, int]]) -> None:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            asyncio.run(play(server(Path(folder)), history))

    run()


async def play(server: StoreServer, history: list[tuple[str, int, int, int]]) -> None:
    await server.start()
    world = World(server, Controls(server.back_up, server.restore, server.wipe, server.limit))
    await world.play(history)
    await world.check()
    await server.stop()
