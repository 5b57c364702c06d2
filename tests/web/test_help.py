"""The help page: who comes first."""

from __future__ import annotations

import re

import pytest
from quart.typing import TestClientProtocol as Client

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def help_page(client: Client) -> str:
    return (await (await client.get("/en/help")).get_data()).decode()


async def test_the_emergency_number_is_the_first_link_to_call(client: Client) -> None:
    assert re.findall(r'href="tel:(\d+)"', await help_page(client))[0] == "999"
