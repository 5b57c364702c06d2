"""Measure pushes and pulls of the backup API, and compare them with other servers.

    HEARTH_BENCH_OTHERS=/tmp/others python -m tests.bench sync
    HEARTH_BENCH_OLD=../hearth-604989d python -m tests.bench sync

Eight clients push ten records into accounts of 1,000, and pull: they ask what has changed, and
fetch ten. HEARTH_BENCH_OTHERS is a folder to install Kinto, PocketBase and PouchDB Server in; each
module in tests/bench/others says what its server promises when it answers a push. Hearth promises
that the records survive a power cut: it has called fdatasync. All data is in HEARTH_BENCH_DIR, or
else where temporary files are.

HEARTH_BENCH_OLD is an older working copy. Where it has no `records/changes`, its clients list all
records instead. 604989d is the last commit whose API was in Quart.

Prints answers a second, and ratios: the median of the rounds. Raises RefusedError if a server
doesn't do the whole work.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hearth_cft.records import Record
from tests.bench.backup_client import BackupClient, RefusedError
from tests.bench.copies import CopyServer, copies
from tests.bench.others import Contender, others
from tests.samples import as_json, new_account, new_auth
from tests.server import ready

ROUNDS = int(os.environ.get("HEARTH_BENCH_ROUNDS", "3"))
SECONDS, CLIENTS = 2.0, 8
HEARTH = "Hearth"
TARGETS = {
    "Hearth before": {"push": 1.8, "pull": 5.0},
    "Kinto on PostgreSQL": {"push": 60.0},
    "PocketBase": {"push": 4.0, "pull": 1.2},
    "PouchDB Server": {"push": 4.0},
}
SETTINGS = """
[limits]
records = 1000000
account_bytes = 1000000000000
accounts_per_address = 1000
free_space_floor = 0
"""


class HearthClient(BackupClient):
    def open_account(self) -> None:
        account, auth = new_account(), new_auth()[0]
        self.ask_json("PUT", f"/api/v1/accounts/{account}", {"auth": auth})
        signed_in = self.ask_json("POST", "/api/v1/tokens", {"account": account, "auth": auth})
        self.authorization = f"Bearer {signed_in['token']}"

    def push_of(self, records: Sequence[Record]) -> bytes:
        body = {"records": [as_json(record) for record in records]}
        return self.request("POST", "/api/v1/records", body)

    def list_new(self) -> bytes:
        changes = self.ask_json("POST", "/api/v1/records/changes", {"since": "A" * 43})
        return self.request("POST", "/api/v1/records/changes", {"since": changes["digest"]})

    def fetch_of(self, ids: Sequence[str]) -> bytes:
        return self.request("POST", "/api/v1/records/fetch", {"ids": list(ids)})

    def count(self) -> int:
        return len(self.ask_json("GET", "/api/v1/records")["records"])


class OldHearthClient(HearthClient):
    def list_new(self) -> bytes:
        try:
            return super().list_new()
        except RefusedError:
            self.lists_everything = True
            return self.request("GET", "/api/v1/records")


Rounds = Sequence[dict[str, float]]
ACTS: dict[str, Callable[[BackupClient], None]] = {
    "pull": BackupClient.pull,
    "push": BackupClient.push,
}


@contextmanager
def hearth(copy: Path, folder: Path) -> Iterator[int]:
    """Run `hearth serve` of a working copy with its data in `folder`. Yield its port."""
    with ready(CopyServer(folder, copy, SETTINGS)) as server:
        yield server.port


def contenders() -> Iterator[Contender]:
    """Yield what is measured: Hearth first."""
    found = copies()
    yield Contender(HEARTH, partial(hearth, found["now"]), HearthClient)
    if "before" in found:
        yield Contender("Hearth before", partial(hearth, found["before"]), OldHearthClient)
    yield from others()


def rate(clients: Sequence[BackupClient], act: Callable[[BackupClient], None]) -> float:
    """Return how often the clients together can act a second. Raises what an act raises."""
    for client in clients:
        client.reconnect()
    began = time.perf_counter()

    def repeat(client: BackupClient) -> float:
        count = 0
        while (passed := time.perf_counter() - began) < SECONDS:
            act(client)
            count += 1
        return count / passed

    with ThreadPoolExecutor(len(clients)) as pool:
        return sum(pool.map(repeat, clients))


def rates(contender: Contender) -> dict[str, float]:
    """Return what a new server does a second."""
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("HEARTH_BENCH_DIR")) as folder,
        ThreadPoolExecutor(CLIENTS) as pool,
        contender.run(Path(folder)) as port,  # stops first, and so do its clients
    ):
        clients = list(pool.map(contender.client, [port] * CLIENTS))
        measured = {name: rate(clients, act) for name, act in ACTS.items()}
        for client in clients:
            client.check()
            client.close()
        return measured


def row(name: str, rounds: Rounds, hearths: Rounds) -> str:
    """Return a server's line of the table."""
    line = f"{name:20}"
    for act in ACTS:
        line += f"{statistics.median(measured[act] for measured in rounds):9.1f}"
        pairs = zip(hearths, rounds, strict=True)
        ratio = statistics.median(hearth[act] / other[act] for hearth, other in pairs)
        target = TARGETS.get(name, {}).get(act, "")
        line += f"{'' if name == HEARTH else f'{ratio:.2f}':>13}{target:>8}"
    return line


def main() -> None:
    """Measure and print."""
    found = list(contenders())
    measured: dict[str, list[dict[str, float]]] = {contender.name: [] for contender in found}
    for _ in range(ROUNDS):
        for contender in found:
            measured[contender.name].append(rates(contender))
    columns = [f"{f'{act}/s':>9}{'Hearth / it':>13}{'target':>8}" for act in ACTS]
    print(f"{'':20}{''.join(columns)}")
    for name, rounds in measured.items():
        print(row(name, rounds, measured[HEARTH]))


if __name__ == "__main__":
    main()
