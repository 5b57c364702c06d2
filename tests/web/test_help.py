"""The help page: who comes first, and what is offered to settle with."""

from __future__ import annotations

import re

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft import CONTENT

pytestmark = pytest.mark.asyncio(loop_scope="session")
SETTLING = {
    file.stem
    for file in (CONTENT / "recordings").glob("*.md")
    if 'group = "settle"' in file.read_text(encoding="utf-8")
}


async def help_page(client: Client) -> str:
    return (await (await client.get("/en/help")).get_data()).decode()


async def test_the_emergency_number_is_the_first_link_to_call(client: Client) -> None:
    assert re.findall(r'href="tel:(\d+)"', await help_page(client))[0] == "999"


async def test_only_recordings_that_settle_are_shown_and_can_be_chosen(client: Client) -> None:
    page = await help_page(client)

    shown = re.findall(r'data-slug="([\w-]+)"', page.split("<template data-recording")[0])
    offered = re.findall(r'data-recording="([\w-]+)" data-settles', page)

    assert len(shown) == 3
    assert set(shown) <= set(offered)
    assert set(offered) == SETTLING
