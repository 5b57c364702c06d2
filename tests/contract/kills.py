"""Kill processes that store records, and check that no acknowledged change is lost.

    python -m tests.contract.kills 1000

A writer runs in a fork of this process. It reports each acknowledged change through a pipe. SIGKILL
ends it at a random moment: while it opens the folder, appends, removes, compacts, erases or closes.
The versions of an entry are derived from its name, so that both processes know their ids and bytes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import select
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from hearth_cft.records import AccountErasedError, Record, RecordStore
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.samples import ROOMY, base64url, new_account

ACCOUNTS, ENTRIES = 4, 3
AUTH = "0" * 64
LONGEST_LIFE = 0.12


def version(account: str, entry: int, number: int) -> Record:
    """Return version `number` of an entry. It supersedes the version before."""

    def name(*parts: object) -> bytes:
        return hashlib.blake2b(repr(parts).encode(), digest_size=16).digest()

    superseded = (base64url(name(account, entry, number - 1)),) if number else ()
    sealed = hashlib.shake_128(name(account, entry, number)).digest(28 + number * 97 % 5_000)
    return Record(
        base64url(name(account, entry, number)),
        base64url(name(account, entry)),
        superseded,
        base64url(sealed),
    )


@dataclass
class Known:
    """The acknowledged changes: the newest version of each entry, and the erased accounts.

    `removing` and `removed` have the account and the number of each entry whose newest version a
    writer began to remove, or has removed.
    """

    accounts: dict[str, dict[int, int]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    removing: set[tuple[str, int]] = field(default_factory=set)
    removed: set[tuple[str, int]] = field(default_factory=set)
    acknowledged: int = 0

    def note(self, line: str) -> None:
        """Add the change in one line of the writer's report."""
        change, account, *numbers = line.split()
        if change == "removing":
            self.removing.add((account, int(numbers[0])))
            return
        self.acknowledged += 1
        if change == "made":
            self.accounts[account] = {}
        elif change == "erased":
            self.accounts.pop(account)
            self.erased.add(account)
        elif change == "removed":
            self.removed.add((account, int(numbers[0])))
        else:
            entry, number = map(int, numbers)
            self.accounts[account][entry] = number
            self.removing.discard((account, entry))
            self.removed.discard((account, entry))


async def write(folder: Path, known: Known, seed: int, pipe: int) -> None:
    """Store and erase records until killed or until a random end. Report acknowledged changes."""
    source = random.Random(seed)

    def report(*words: object) -> None:
        os.write(pipe, (" ".join(map(str, words)) + "\n").encode())

    async def keep_writing(account: str, versions: dict[int, int], store: RecordStore) -> None:
        for _ in range(source.randint(1, 60)):
            entry = source.randrange(ENTRIES)
            number = versions.get(entry, -1) + 1
            outcomes = await store.push(account, [version(account, entry, number)])
            # The version may be stored already: the last writer was killed before it reported that.
            assert set(outcomes.values()) <= {"stored", "same"}, outcomes
            versions[entry] = number
            report("pushed", account, entry, number)
            if source.random() < 0.2:
                report("removing", account, entry)
                await store.remove(account, [version(account, entry, number).id])
                report("removed", account, entry)
        if source.random() < 0.05:
            await store.erase_account(account)
            report("erased", account)

    async with open_tinydb(folder, ROOMY, quiet_seconds=source.choice([0.01, 60])) as store:
        accounts = dict(known.accounts)
        while len(accounts) < ACCOUNTS:
            account = new_account(source)
            await store.create_account(account, AUTH)
            report("made", account)
            accounts[account] = {}
        await asyncio.gather(
            *(keep_writing(account, versions, store) for account, versions in accounts.items())
        )


async def lost(folder: Path, known: Known) -> list[str]:
    """Look for all acknowledged changes. Return a description of each missing one."""
    missing: list[str] = []
    async with open_tinydb(folder, ROOMY) as store:
        for account in known.erased:
            try:
                await store.auth_of(account)
                missing.append(f"the erasure of {account}")
            except AccountErasedError:
                pass
        for account, versions in list(known.accounts.items()):
            try:
                missing += await _lost_of(store, account, versions, known)
            except AccountErasedError:  # killed before it reported the erasure
                known.accounts.pop(account)
                known.erased.add(account)
    return missing


async def _lost_of(
    store: RecordStore, account: str, versions: dict[int, int], known: Known
) -> list[str]:
    live = {live_id.entry: live_id.id for live_id in await store.live_ids(account)}
    missing: list[str] = []
    for entry in range(ENTRIES):
        acknowledged = versions.get(entry, -1)
        may_be_gone = acknowledged < 0 or (account, entry) in known.removing
        # One more version than was acknowledged may have been stored.
        for number in (acknowledged + 1, acknowledged):
            expected = version(account, entry, max(number, 0))
            if live.get(expected.entry) == expected.id:
                if list(await store.fetch(account, [expected.id])) != [expected]:
                    missing.append(f"{account} {entry}: other bytes")
                if number == acknowledged and (account, entry) in known.removed:
                    missing.append(f"{account} {entry}: the removal of {number}")
                break
        else:
            if not may_be_gone:
                missing.append(f"{account} {entry} {acknowledged}")
    return missing


def kill_once(folder: Path, known: Known, source: random.Random) -> None:
    """Start a writer, kill it, and add its report to `known`."""
    reading, writing = os.pipe()
    seed = source.getrandbits(32)
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        asyncio.run(write(folder, known, seed, writing))
        os._exit(0)
    os.close(writing)
    end = time.monotonic() + source.uniform(0, LONGEST_LIFE)
    report = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            chunk = os.read(reading, 65_536)
            if not chunk:
                break
            report += chunk
    os.kill(writer, signal.SIGKILL)
    while chunk := os.read(reading, 65_536):
        report += chunk
    os.waitpid(writer, 0)
    os.close(reading)
    for line in report.decode().splitlines():
        known.note(line)


def main(kills: int, seed: int) -> int:
    """Kill that many writers in one folder and print the result. Return the exit code."""
    source, known, missing = random.Random(seed), Known(), list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        for _ in range(kills):
            kill_once(folder, known, source)
            missing += asyncio.run(lost(folder, known))
    print(f"{kills} kills, {known.acknowledged} acknowledged, {len(missing)} lost", *missing[:10])
    return 1 if missing or not known.acknowledged else 0


if __name__ == "__main__":
    chosen_seed = int(os.environ.get("HEARTH_SEED", "1"))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, chosen_seed))
