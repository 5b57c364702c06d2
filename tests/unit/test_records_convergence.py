"""Phones that lose replies, come late, and meet a restored or wiped server still agree."""

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


def a_world() -> World:
    server = RulesServer()
    kept = dict(server.records)

    async def back_up() -> None:
        nonlocal kept
        kept = dict(server.records)

    async def restore() -> None:
        server.records = dict(kept)

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
        world = a_world()
        await world.play(history)
        await world.check()

    asyncio.run(run())


def state_of(vector: dict[str, Any]) -> State:
    fields = {
        name: frozenset((each["actor"], each["counter"], each["value"]) for each in values)
        for name, values in vector["fields"].items()
    }
    return State(vector["seen"], fields, vector["deleted"])


@pytest.mark.parametrize("vector", VECTORS["merges"])
def test_the_model_merges_as_the_vectors_say(vector: dict[str, Any]) -> None:
    a, b, merged = (state_of(vector[name]) for name in ("a", "b", "merged"))

    assert a.merge(b) == merged
    assert b.merge(a) == merged
