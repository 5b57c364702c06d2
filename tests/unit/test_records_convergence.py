"""Phones and server agree in the end.

Replies are lost, requests are late, and the server is restored or wiped.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from tests.contract.convergence import Controls, World, histories
from tests.model_client import ModelPhone, RulesServer, State, shard_of
from tests.samples import ROOMY

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sync-v1.json").read_text())

HISTORIES = int(os.environ.get("HEARTH_HISTORIES", "120"))


# A phone that removed the tombstone before the list was on the server would bring the entry back.
TOMBSTONE_REMOVED_TOO_EARLY = (
    "edit",
    "all sync",
    "all sync",
    "delete and sync",
    "remove and replace phone",
)


def make_world() -> World:
    server = RulesServer()
    backup = dict(server.records)

    async def back_up() -> None:
        nonlocal backup
        backup = dict(server.records)

    async def restore() -> None:
        server.records = dict(backup)

    async def wipe() -> None:
        server.records = {}

    async def limit(records: int) -> None:
        server.limits = replace(ROOMY, records=records)

    return World(server, Controls(back_up, restore, wipe, limit))


@settings(
    max_examples=HISTORIES,
    derandomize=not os.environ.get("HEARTH_HISTORIES"),
)
@given(histories())
@example([(step, 0, 0, 0) for step in TOMBSTONE_REMOVED_TOO_EARLY])
def test_whatever_happens_all_phones_and_the_server_agree_in_the_end(
    history: list[tuple[str, int, int, int]],
) -> None:
    async def run() -> None:
        world = make_world()
        await world.play(history)
        await world.check()

    asyncio.run(run())


def test_in_a_full_account_one_tombstone_makes_room_for_the_list_that_replaces_it() -> None:
    async def run() -> None:
        server, phone = RulesServer(), ModelPhone("actor", random.Random(1))
        entries = ["one", "two", "three"]
        for entry in entries:
            phone.edit(entry, "field", "text")
        server.limits = replace(ROOMY, records=len(entries))
        await phone.sync(server)
        for entry in entries:
            phone.delete(entry)
        await phone.sync(server)
        assert len(server.records) == len(entries)

        while await phone.sync(server):
            assert len(server.records) <= len(entries)

        left = [State.opened(record.sealed) for record in server.records.values()]
        assert frozenset().union(*(state.listed for state in left)) == set(entries)
        assert len(left) == len({shard_of(entry) for entry in entries})

    asyncio.run(run())


def state_of(vector: dict[str, Any]) -> State:
    fields = {
        name: frozenset((write["actor"], write["counter"], write["value"]) for write in values)
        for name, values in vector["fields"].items()
    }
    return State(vector["seen"], fields, vector["deleted"])


@pytest.mark.parametrize("vector", VECTORS["merges"])
def test_the_model_merges_as_the_vectors_say(vector: dict[str, Any]) -> None:
    a, b, merged = (state_of(vector[name]) for name in ("a", "b", "merged"))

    assert a.merge(b) == merged
    assert b.merge(a) == merged
