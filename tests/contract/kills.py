"""Kill servers that store records, and check over HTTP that no promise is broken.

    python -m tests.contract.kills 1000

Several connections push, remove and erase, each with several requests in flight. SIGKILL ends the
server at a random moment: while it starts, works or stops. With half of the kills the power goes
too. The next server must have every record that was acknowledged, or one that supersedes it, and
nothing that was removed or erased.

`python -m tests.contract.kills 20 forget-erasures` gives the server a fault, to see it found.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from hearth_cft.records import Record, digest_sum, from_base64url, set_digest
from tests.contract.mortal_server import MortalServer
from tests.contract.pipeline import Pipeline
from tests.contract.promises import Promises
from tests.samples import as_json, base64url, new_account, new_id
from tests.server import STARTED

ACCOUNTS, CONNECTIONS, IN_FLIGHT, ENTRIES = 3, 2, 4, 3
MOST_ANSWERS = 60  # that a server gives before it is killed
SIZES = (30, 500, 500, 5_000, 5_000, 40_000)
ERASURES = 0.004  # of all requests
MOST_ERASED_CHECKED = 10  # after each kill
RECORDS = "/api/v1/records"


@dataclass(eq=False)
class Backup:
    """An account. `stage` is "asked for", "made", "erasing" or "erased"."""

    id: str
    auth: str
    token: str = ""
    stage: str = "asked for"
    promises: Promises = field(default_factory=Promises)
    entries: dict[str, list[str]] = field(default_factory=dict)
    """The ids that the next record of each entry supersedes."""

    @property
    def path(self) -> str:
        return f"/api/v1/accounts/{self.id}"

    @property
    def proof(self) -> dict[str, str]:
        return {"account": self.id, "auth": self.auth}


class Kills:
    """A series of servers in one folder, and what they have promised."""

    def __init__(self, folder: Path, source: random.Random, fault: str = "") -> None:
        self.source = source
        self.server = MortalServer(folder, source, fault)
        self.backups: list[Backup] = []
        self.broken: list[str] = []
        self.kills = self.power_cuts = self.answers = 0

    def kill_once(self) -> None:
        """Start a server, check what the one before left, let it work, and kill it."""
        self.server.start()
        if self.source.random() < 0.1:
            time.sleep(self.source.uniform(0, 0.15))  # this server dies while it starts
        else:
            self.check()
            asyncio.run(self._work())
        self.server.kill()
        self.kills += 1
        if self.source.random() < 0.5:
            self.power_cuts += 1
            self.server.cut_power()

    def check(self) -> None:
        """Wait until the server is ready, and add every broken promise to `broken`."""
        self.server.wait()
        erased = [backup for backup in self.backups if backup.stage == "erased"]
        skipped = self.source.sample(erased, max(0, len(erased) - MOST_ERASED_CHECKED))
        for backup in self.backups:
            if backup in skipped:
                continue
            self.broken += [f"{backup.id}: {fault}" for fault in self._broken(backup)]

    def _broken(self, backup: Backup) -> list[str]:
        if backup.stage == "asked for":
            made = self.server.ask("PUT", backup.path, {"auth": backup.auth})
            if made.status not in (200, 201):
                return [f"it can't be made: {made}"]
            backup.stage = "made"
        reply = self.server.ask("POST", "/api/v1/tokens", backup.proof)
        if reply.status == 410 and backup.stage in ("erasing", "erased"):
            backup.stage = "erased"
            return self._left_of_erased(backup)
        if reply.status != 201 or backup.stage == "erased":
            return [f"{backup.stage}, and a token is answered {reply.status}"]
        backup.stage, backup.token = "made", reply.body["token"]
        live = self._live(backup)
        backup.entries = {entry: [] for entry in backup.entries}
        for record in live.values():
            backup.entries.setdefault(record.entry, []).append(record.id)
        return [*backup.promises.check(live), *self._wrong_digest(backup, live)]

    def _left_of_erased(self, backup: Backup) -> list[str]:
        replies = (
            self.server.ask("PUT", backup.path, {"auth": backup.auth}),
            self.server.ask("GET", RECORDS, token=backup.token),
            self.server.ask("POST", RECORDS, {"records": [as_json(a_record())]}, backup.token),
        )
        return [f"erased, but answered {reply}" for reply in replies if reply.status != 410]

    def _live(self, backup: Backup) -> dict[str, Record]:
        listed = self.server.ask("GET", RECORDS, token=backup.token).body["records"]
        ids = [live["id"] for live in listed]
        live: dict[str, Record] = {}
        for start in range(0, len(ids), 50):
            asked = {"ids": ids[start : start + 50]}
            reply = self.server.ask("POST", f"{RECORDS}/fetch", asked, backup.token)
            for known in reply.body["records"]:
                record = Record(**{**known, "supersedes": tuple(known["supersedes"])})
                live[record.id] = record
        if set(live) != set(ids):
            self.broken.append(f"{backup.id}: listed and fetched records differ")
        return live

    def _wrong_digest(self, backup: Backup, live: dict[str, Record]) -> list[str]:
        asked = {"since": set_digest(0)}
        reply = self.server.ask("POST", f"{RECORDS}/changes", asked, backup.token)
        digest = set_digest(digest_sum(live))
        return [] if reply.body["digest"] == digest else ["the set digest is wrong"]

    async def _work(self) -> None:
        """Send requests until a random number of them is answered, and a moment longer."""
        server, source = self.server, self.source
        await self._make_accounts()
        pipelines = [(b, await Pipeline.open(server.port)) for b in self.made * CONNECTIONS]
        clients = Clients(self, source.randint(0, MOST_ANSWERS))
        work = [
            asyncio.create_task(clients.keep_asking(backup, pipeline))
            for backup, pipeline in pipelines * IN_FLIGHT
        ]
        async with asyncio.timeout(STARTED):
            await clients.enough.wait()
        await asyncio.sleep(source.uniform(0, 0.005))
        clients.ending = True
        if source.random() < 0.2:  # this server dies while it stops
            server.stop()
            await asyncio.sleep(source.uniform(0, 0.03))
        server.kill()
        await asyncio.gather(*work)
        for _, pipeline in pipelines:
            await pipeline.close()

    async def _make_accounts(self) -> None:
        for _ in range(ACCOUNTS - len(self.made)):
            self.broken += await asyncio.to_thread(self._broken, self.new_backup())

    @property
    def made(self) -> list[Backup]:
        """Return the accounts to use."""
        return [backup for backup in self.backups if backup.stage == "made"]

    def new_backup(self) -> Backup:
        """Return an account that the server doesn't know yet."""
        backup = Backup(new_account(self.source), base64url(self.source.randbytes(32)))
        self.backups.append(backup)
        return backup


class Clients:
    """Clients that ask in random ways, until their connections end."""

    def __init__(self, kills: Kills, enough: int) -> None:
        self._kills = kills
        self._source = kills.source
        self._enough = kills.answers + enough
        self._asking = 0
        self.enough = asyncio.Event()
        self.ending = False

    async def keep_asking(self, backup: Backup, pipeline: Pipeline) -> None:
        """Ask again and again, until the connection ends or the account is erased."""
        self._asking += 1
        try:
            while await self._ask(backup, pipeline):
                self._kills.answers += 1
                if self._kills.answers >= self._enough:
                    self.enough.set()
        except ConnectionError:
            if not self.ending:
                self._kills.broken.append(f"{backup.id}: the connection ended early")
        self._asking -= 1
        if not self._asking:
            self.enough.set()

    async def _ask(self, backup: Backup, pipeline: Pipeline) -> bool:
        chance = self._source.random()
        if chance < ERASURES:
            return await self._erase(backup, pipeline)
        if chance < 0.02 and len(self._kills.made) <= ACCOUNTS:
            return await self._make(pipeline)
        removable = backup.promises.removable()
        if chance < 0.15 and removable:
            return await self._remove(backup, pipeline, removable)
        return await self._push(backup, pipeline)

    async def _make(self, pipeline: Pipeline) -> bool:
        backup = self._kills.new_backup()
        reply = await pipeline.ask("PUT", backup.path, {"auth": backup.auth})
        if reply.status != 201:
            return self._check_refusal(backup, reply.status, backup.stage)
        backup.stage = "made"
        return True

    async def _erase(self, backup: Backup, pipeline: Pipeline) -> bool:
        if backup.stage == "made":
            backup.stage = "erasing"
        reply = await pipeline.ask("DELETE", backup.path, {"auth": backup.auth})
        if reply.status == 204:
            backup.stage = "erased"
        else:
            self._check_refusal(backup, reply.status, "erasing")
        return False

    async def _remove(self, backup: Backup, pipeline: Pipeline, removable: list[str]) -> bool:
        ids = self._source.sample(removable, min(len(removable), self._source.randint(1, 3)))
        erased = backup.stage == "erased"
        sent = backup.promises.removing(ids)
        reply = await pipeline.ask("POST", f"{RECORDS}/remove", {"ids": ids}, backup.token)
        if reply.status != 200:
            return self._check_refusal(backup, reply.status, backup.stage)
        self._check_alive(backup, erased=erased)
        backup.promises.removed(ids, sent)
        return True

    async def _push(self, backup: Backup, pipeline: Pipeline) -> bool:
        records = {record.id: record for record in self._some_records(backup)}.values()
        erased = backup.stage == "erased"
        sent = [(record, backup.promises.pushing(record)) for record in records]
        body = {"records": [as_json(record) for record in records]}
        reply = await pipeline.ask("POST", RECORDS, body, backup.token)
        if reply.status != 200:
            return self._check_refusal(backup, reply.status, backup.stage)
        self._check_alive(backup, erased=erased)
        for record, before in sent:
            outcome = reply.body["results"][record.id]
            self._kills.broken += backup.promises.pushed(record, outcome, before)
        return True

    def _some_records(self, backup: Backup) -> list[Record]:
        return [self._a_record(backup) for _ in range(self._source.choice([1, 1, 2, 5]))]

    def _a_record(self, backup: Backup) -> Record:
        known = backup.promises.records
        if known and self._source.random() < 0.1:
            return self._source.choice(list(known.values()))  # a late copy
        while len(backup.entries) < ENTRIES:
            backup.entries[new_id(self._source)] = []
        entry = self._source.choice(list(backup.entries))
        superseded = backup.entries[entry]
        if self._source.random() < 0.2:
            superseded = superseded[1:]  # another phone knows less
        record = a_record(self._source, entry, superseded)
        left = [known_id for known_id in backup.entries[entry] if known_id not in superseded]
        backup.entries[entry] = [*left, record.id]
        return record

    def _check_alive(self, backup: Backup, *, erased: bool) -> None:
        if erased:
            self._kills.broken.append(f"{backup.id}: it took a change after it was erased")

    def _check_refusal(self, backup: Backup, status: int, stage: str) -> bool:
        """Note a refusal that has no reason. Return False: this client asks no more."""
        if status == 410 and stage in ("erasing", "erased"):
            backup.stage = "erased"
        elif not (status == 503 and self.ending):
            self._kills.broken.append(f"{backup.id}: {stage}, and answered {status}")
        return False


def a_record(
    source: random.Random | None = None, entry: str = "", superseded: list[str] | None = None
) -> Record:
    """Return a record with random bytes. It supersedes these ids."""
    source = source or random.Random(0)
    sealed = base64url(source.randbytes(source.choice(SIZES)))
    ids = tuple(sorted(superseded or [], key=from_base64url))
    return Record(new_id(source), entry or new_id(source), ids, sealed)


def main(kills: int, seed: int, fault: str = "") -> int:
    """Kill that many servers in one folder, or fewer if a promise is broken. Print the result.

    Return the exit code.
    """
    with tempfile.TemporaryDirectory() as name:
        series = Kills(Path(name), random.Random(seed), fault)
        try:
            while series.kills < kills and not series.broken:
                series.kill_once()
            series.server.start()
            series.check()
        finally:
            series.server.leave()
    print(
        f"{series.kills} kills, {series.power_cuts} with a power cut, {series.answers} answers, "
        f"{len(series.broken)} broken promises",
        *series.broken[:10],
        sep="\n",
    )
    return 1 if series.broken or not series.answers else 0


if __name__ == "__main__":
    chosen_seed = int(os.environ.get("HEARTH_SEED", "1"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    sys.exit(main(count, chosen_seed, *sys.argv[2:3]))
