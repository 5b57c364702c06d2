"""Other servers that store records, to compare Hearth with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.backup_client import BackupClient
from tests.bench.others import kinto, pocketbase, pouchdb
from tests.bench.others.install import MissingError


@dataclass(frozen=True)
class Contender:
    """A server to measure.

    `run` takes an empty folder, runs a new server with its data there, and yields its port.
    """

    name: str
    run: Callable[[Path], AbstractContextManager[int]]
    client: type[BackupClient]


def others() -> Iterator[Contender]:
    """Install the servers into the folder that HEARTH_BENCH_OTHERS names, and yield them.

    Print which can't be had, and why.
    """
    folder = os.environ.get("HEARTH_BENCH_OTHERS")
    if not folder:
        print("not compared with other servers: name a folder for them in HEARTH_BENCH_OTHERS")
        return
    for name, module, client in (
        ("Kinto on PostgreSQL", kinto, kinto.KintoClient),
        ("PocketBase", pocketbase, pocketbase.PocketBaseClient),
        ("PouchDB Server", pouchdb, pouchdb.PouchDBClient),
    ):
        try:
            programs = module.install(Path(folder).absolute())
        except MissingError as error:
            print(f"left out: {name}. {error}", flush=True)
        else:
            yield Contender(name, partial(module.run, programs), client)
