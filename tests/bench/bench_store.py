"""Compare a durable push with an append and fdatasync of the same bytes.

    python -m tests.bench.bench_store

Prints the medians and their ratios. Pushes and appends are interleaved in one run, so that a busy
disk slows both. HEARTH_BENCH_ACCOUNTS=100000 compares that many accounts on the disk with 100.
HEARTH_BENCH_DIR chooses the disk. Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from hearth_cft.records import Record, RecordStore, account_digest
from hearth_cft.storage.tinydb.journal_format import HEADER, Change
from hearth_cft.storage.tinydb.store import open_tinydb
from tests.samples import ROOMY, a_record, new_account

ROUNDS = int(os.environ.get("HEARTH_BENCH_ROUNDS", "200"))
MANY_ACCOUNTS = int(os.environ.get("HEARTH_BENCH_ACCOUNTS", "10000"))
RECORDS_A_PUSH, RECORD_BYTES = 10, 500
AUTH = "0" * 64
LIMITS = replace(ROOMY, records=1_000_000, account_bytes=1 << 40)


class Raw:
    """A file that is appended to and synced with fdatasync: the minimum of a durable push."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def append(self, line: bytes) -> None:
        """Append a line durably."""
        os.write(self._handle, line)
        os.fdatasync(self._handle)

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)


def some_records() -> list[Record]:
    """Return the records of one push."""
    return [a_record(size=RECORD_BYTES) for _ in range(RECORDS_A_PUSH)]


def line_of(records: Sequence[Record]) -> bytes:
    """Return the bytes that a push of these records appends."""
    documents = {
        record.id: {"entry": record.entry, "supersedes": [], "sealed": record.sealed}
        for record in records
    }
    return Change("records", documents).line()


async def by_records(folder: Path) -> None:
    """Push into accounts of 10, 1,000 and 10,000 records, and append the same bytes, in turn."""
    raw = Raw(folder / "raw")
    async with open_tinydb(folder / "data", LIMITS, memory_bytes=1 << 30) as store:
        accounts = {count: await filled_account(store, count) for count in (10, 1_000, 10_000)}
        pushes: dict[int, list[float]] = {count: [] for count in accounts}
        raws: list[float] = []
        for _ in range(ROUNDS):
            for count, account in random.sample(list(accounts.items()), len(accounts)):
                records = some_records()
                line = line_of(records)
                start = time.perf_counter()
                raw.append(line)
                raws.append(time.perf_counter() - start)
                start = time.perf_counter()
                await store.push(account, records)
                pushes[count].append(time.perf_counter() - start)
    raw.close()
    base = statistics.median(raws)
    print(f"append and fdatasync of the same bytes: {base * 1e3:.2f} ms, ratio 1.00")
    for count, times in pushes.items():
        print(
            f"push of {RECORDS_A_PUSH} into an account of {count:6,}: "
            f"{statistics.median(times) * 1e3:.2f} ms, ratio {statistics.median(times) / base:.2f}"
        )


async def filled_account(store: RecordStore, count: int) -> str:
    """Create an account with `count` records. Return its id."""
    account = new_account()
    await store.create_account(account, AUTH)
    for start in range(0, count, 1_000):
        size = min(1_000, count - start)
        await store.push(account, [a_record(size=RECORD_BYTES) for _ in range(size)])
    return account


async def by_accounts(folder: Path) -> None:
    """Push into random accounts of two stores in turn: one with 100 accounts, one with many."""
    few, many = folder / "few", folder / "many"
    known = {few: lay_out(few, 100), many: lay_out(many, MANY_ACCOUNTS)}
    times: dict[Path, list[float]] = {few: [], many: []}
    async with open_tinydb(few, LIMITS) as few_store, open_tinydb(many, LIMITS) as many_store:
        for _ in range(ROUNDS):
            for place, store in random.sample([(few, few_store), (many, many_store)], 2):
                account, records = random.choice(known[place]), some_records()
                start = time.perf_counter()
                await store.push(account, records)
                times[place].append(time.perf_counter() - start)
    base = statistics.median(times[few])
    print(f"push into one of {100:7,} accounts: {base * 1e3:.2f} ms, ratio 1.00")
    ratio = statistics.median(times[many]) / base
    print(
        f"push into one of {MANY_ACCOUNTS:7,} accounts: "
        f"{statistics.median(times[many]) * 1e3:.2f} ms, ratio {ratio:.2f}"
    )


def lay_out(folder: Path, count: int) -> list[str]:
    """Write `count` accounts of ten records as the store would, without waiting for the disk.

    Return their ids.
    """
    accounts = [new_account() for _ in range(count)]
    records = line_of(some_records())
    for account in accounts:
        name = blake2b(account.encode(), digest_size=16).hexdigest()
        path = folder / "accounts" / name[:2] / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {"account": {"id": account_digest(account), "auth": AUTH}}
        path.write_bytes(HEADER + Change("account", document).line() + records)
    return accounts


async def at_once(folder: Path) -> None:
    """Push into 16 accounts at once, and compare with 16 appends in a row."""
    raw = Raw(folder / "raw-16")
    async with open_tinydb(folder / "data-16", LIMITS) as store:
        accounts = [await filled_account(store, 10) for _ in range(16)]
        pushes, raws = [], []
        for _ in range(max(1, ROUNDS // 8)):
            work = [(account, some_records()) for account in accounts]
            lines = [line_of(records) for _, records in work]
            start = time.perf_counter()
            for line in lines:
                raw.append(line)
            raws.append(time.perf_counter() - start)
            start = time.perf_counter()
            await asyncio.gather(*(store.push(*push) for push in work))
            pushes.append(time.perf_counter() - start)
    raw.close()
    ratio = statistics.median(pushes) / statistics.median(raws)
    print(f"16 accounts at once against 16 appends in a row: ratio {ratio:.2f}")


async def measure() -> None:
    """Measure and print, with the garbage collector set as the server sets it."""
    gc.freeze()
    gc.set_threshold(10_000)
    with tempfile.TemporaryDirectory(dir=os.environ.get("HEARTH_BENCH_DIR")) as name:
        folder = Path(name)
        await by_records(folder)
        await at_once(folder)
        os.sync()  # flush the files written so far, so that this doesn't happen while measuring
        await by_accounts(folder)


def main() -> None:
    """Run on the event loop that the server uses."""
    try:
        from uvloop import run
    except ImportError:
        run = asyncio.run
    run(measure())


if __name__ == "__main__":
    main()
