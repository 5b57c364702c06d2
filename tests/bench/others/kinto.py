"""Kinto on PostgreSQL, as `kinto init` and `kinto start` set it up, with a bucket for each client.

One process of waitress serves. Clients send a name and a password with each request, which the
accounts plugin checks. Only warnings are logged. It answers a push after a commit with fsync
(PostgreSQL's `synchronous_commit` is on by default), so the records survive a power cut.
"""

from __future__ import annotations

import base64
import os
import random
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hearth_cft.records import Record
from tests.bench.backup_client import BackupClient
from tests.bench.others.install import debian_commands, python_package
from tests.ports import hold_port
from tests.samples import as_json
from tests.server import Service, Started, ready

REQUIREMENT = "kinto[postgresql]==26.5.0"
SETTINGS = """
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = %(http_port)s

[app:main]
use = egg:kinto
kinto.includes = kinto.plugins.accounts
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.AccountsPolicy
kinto.account_create_principals = system.Everyone
kinto.bucket_create_principals = system.Authenticated
kinto.userid_hmac_secret = {secret}
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {database}
kinto.cache_backend = kinto.core.cache.postgresql
kinto.cache_url = {database}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {database}

[loggers]
keys = root

[handlers]
keys = console

[formatters]
keys = plain

[logger_root]
level = WARNING
handlers = console

[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain

[formatter_plain]
format = %(message)s
"""


@dataclass(frozen=True)
class Programs:
    """The folders of Kinto's commands and of PostgreSQL's."""

    kinto: Path
    postgresql: Path


class KintoServer(Service):
    health = "/v1/__lbheartbeat__"

    def __init__(self, folder: Path, commands: Path, database: str) -> None:
        super().__init__(folder)
        self.kinto = commands / "kinto"
        self.settings = folder / "kinto.ini"
        settings = SETTINGS.format(secret=secrets.token_hex(32), database=database)
        self.settings.write_text(settings, encoding="utf-8")

    def _begin(self) -> Started:
        migrate = [str(self.kinto), "migrate", "--ini", str(self.settings)]
        subprocess.run(migrate, check=True, capture_output=True)
        command = [str(self.kinto), "start", "--ini", str(self.settings)]
        return Started([*command, "--port", str(self.port)], self.folder, self.log)


class KintoClient(BackupClient):
    def open_account(self) -> None:
        name, password = random.randbytes(8).hex(), random.randbytes(16).hex()
        self.ask_json("PUT", f"/v1/accounts/{name}", {"data": {"password": password}})
        self.authorization = f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"
        bucket = f"/buckets/{name}"
        self.ask_json("PUT", f"/v1{bucket}")
        self.ask_json("PUT", f"/v1{bucket}/collections/notes")
        self.notes = f"{bucket}/collections/notes/records"

    def record_id(self) -> str:
        return random.randbytes(16).hex()  # an id can't begin with a hyphen or an underscore

    def push_of(self, records: Sequence[Record]) -> bytes:
        puts = [
            {"path": f"{self.notes}/{record.id}", "body": {"data": as_json(record)}}
            for record in records
        ]
        return self.request("POST", "/v1/batch", {"defaults": {"method": "PUT"}, "requests": puts})

    def list_new(self) -> bytes:
        newest = self.ask_json("GET", f"/v1{self.notes}?_sort=-last_modified&_limit=1")
        last = newest["data"][0]["last_modified"]
        return self.request("GET", f"/v1{self.notes}?_since={last}")

    def fetch_of(self, ids: Sequence[str]) -> bytes:
        return self.request("GET", f"/v1{self.notes}?in_id={','.join(ids)}")

    def count(self) -> int:
        return len(self.ask_json("GET", f"/v1{self.notes}?_fields=id")["data"])


def install(folder: Path) -> Programs:
    """Return the programs. Raises MissingError if one of them can't be installed."""
    postgresql = debian_commands("/usr/lib/postgresql/*/bin/initdb", "postgresql")
    return Programs(python_package(folder / "kinto", REQUIREMENT), postgresql)


@contextmanager
def run(programs: Programs, folder: Path) -> Iterator[int]:
    """Run both servers with their data in `folder`. Yield Kinto's port."""
    with (
        _postgresql(folder, programs.postgresql) as database,
        ready(KintoServer(folder, programs.kinto, database)) as server,
    ):
        yield server.port


@contextmanager
def _postgresql(folder: Path, commands: Path) -> Iterator[str]:
    """Run a new PostgreSQL server with its own settings. Yield the address of its database."""
    reserved = hold_port()
    data = folder / "postgresql"
    data.mkdir()
    prefix: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        shutil.chown(data, "postgres", "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(command: str, *arguments: str) -> None:
        whole = [*prefix, str(commands / command), "--pgdata", str(data), *arguments]
        subprocess.run(whole, cwd=data, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "--username=kinto", "--auth=trust", "--encoding=UTF8", "--no-locale")
    options = f"-p {reserved.number} -c listen_addresses=127.0.0.1 -c timezone=UTC -k {data}"
    run("pg_ctl", "--wait", "--log", str(data / "log"), "--options", options, "start")
    try:
        yield f"postgresql://kinto@127.0.0.1:{reserved.number}/postgres"
    finally:
        run("pg_ctl", "--wait", "--mode=fast", "stop")
        reserved.release()
