"""Helpers for tests of what the embedded store writes to its data folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from hearth_cft.records import Record, RecordStore
from tests.samples import new_account, new_auth

_, AUTH = new_auth()


async def an_account(store: RecordStore, *records: Record) -> str:
    """Create an account with these records. Return its id."""
    account = new_account()
    await store.create_account(account, AUTH)
    if records:
        await store.push(account, records)
    return account


def journals(folder: Path) -> list[Path]:
    """Return the journals of all accounts."""
    return sorted((folder / "accounts").glob("*/*.jsonl"))


def names(folder: Path) -> list[Path]:
    """Return the data folder and everything below it."""
    return [folder, *folder.rglob("*")]


def everything_on_disk(folder: Path) -> bytes:
    """Return the bytes of all files."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until the condition is true. Raises AssertionError if it never is."""
    for _ in range(1_000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the condition never became true")
