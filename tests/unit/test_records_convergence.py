"""Phones and server agree in the end.

Replies are lost, requests are late, and the server is restored or wiped.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.contract.convergence import Controls, World, histories
from tests.model_client import RulesServer, State

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sync-v1.json").read_text())

HISTORIES = int(os.environ.get("HEARTH_HISTORIES", "200"))


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

    return World(server, Controls(back_up, restore, wipe))


@settings(
    max_examples=HISTORIES,
    derandomize=not os.environ.get("HEARTH_HISTORIES"),
)
@given(histories())
def test_whatever_happens_all_phones_and_the_server_agree_in_the_end(
    history: list[tuple[str, int, int, int]],
) -> None:
    async def run() -> None:
        world = make_world()
        await world.play(history)
        await world.check()

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
