"""PouchDB Server as it comes: LevelDB, a database for each client, no authentication.

It answers a push when LevelDB has written to its log without fsync (its option `sync` is false), so
a power cut loses the last pushes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hearth_cft.records import Record
from tests.bench.backup_client import BackupClient
from tests.bench.others.install import NODE, npm_package
from tests.samples import as_json
from tests.server import Service, Started, ready

REQUIREMENT = "pouchdb-server@4.2.0"


class PouchDBServer(Service):
    def __init__(self, folder: Path, packages: Path) -> None:
        super().__init__(folder)
        self.packages = packages

    def _begin(self) -> Started:
        script = self.packages / "pouchdb-server" / "bin" / "pouchdb-server"
        command = [str(NODE), str(script), "--port", str(self.port), "--dir", "data"]
        return Started([*command, "--no-stdout-logs"], self.folder, self.log)


class PouchDBClient(BackupClient):
    def open_account(self) -> None:
        self.database = f"/phone-{random.randbytes(8).hex()}"
        self.ask_json("PUT", self.database)

    def record_id(self) -> str:
        return random.randbytes(16).hex()  # an id can't begin with an underscore

    def push_of(self, records: Sequence[Record]) -> bytes:
        docs = []
        for record in records:
            fields = as_json(record)
            docs.append({"_id": fields.pop("id"), **fields})
        return self.request("POST", f"{self.database}/_bulk_docs", {"docs": docs})

    def list_new(self) -> bytes:
        last = self.ask_json("GET", self.database)["update_seq"]
        return self.request("GET", f"{self.database}/_changes?since={last}")

    def fetch_of(self, ids: Sequence[str]) -> bytes:
        path = f"{self.database}/_all_docs?include_docs=true"
        return self.request("POST", path, {"keys": list(ids)})

    def count(self) -> int:
        return int(self.ask_json("GET", self.database)["doc_count"])


def install(folder: Path) -> Path:
    """Return the folder of npm packages. Raises MissingError if it can't be filled."""
    return npm_package(folder / "pouchdb", REQUIREMENT)


@contextmanager
def run(packages: Path, folder: Path) -> Iterator[int]:
    """Run the server with its data in `folder`. Yield its port."""
    with ready(PouchDBServer(folder, packages)) as server:
        yield server.port
