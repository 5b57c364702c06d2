"""worksheets.json: the questions, for scripts that read answers outside the worksheet's page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth
from tests.web.snapshots import expect_in_snapshot_without_marks

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _listed(client: Client, locale: str = "en") -> dict[str, Any]:
    response = await client.get(f"/{locale}/worksheets.json")
    listed: dict[str, Any] = json.loads(await response.get_data())
    return listed


def _circles(listed: dict[str, Any]) -> dict[str, Any]:
    circles: dict[str, Any] = next(
        worksheet for worksheet in listed["worksheets"] if worksheet["slug"] == "three-circles"
    )
    return circles


async def test_it_has_every_question_of_every_worksheet_in_the_order_of_the_page(
    client: Client,
) -> None:
    circles = _circles(await _listed(client))

    page = await (await client.get("/en/worksheets/three-circles")).get_data(as_text=True)
    names = [field["name"] for section in circles["sections"] for field in section["fields"]]
    places = [page.index(f'data-field="{name}"') for name in names]
    assert len(names) > 5
    assert places == sorted(places)


async def test_a_question_carries_what_its_answer_needs_to_be_said_and_nothing_empty(
    client: Client,
) -> None:
    circles = _circles(await _listed(client))

    fields = {
        field["name"]: field for section in circles["sections"] for field in section["fields"]
    }
    size = fields["threat_size"]
    assert (size["type"], size["min"], size["max"]) == ("slider", 0, 10)
    assert fields["threat_feelings"]["options"][0].keys() == {"value", "label"}
    assert "options" not in size
    assert all(value not in ("", []) for field in fields.values() for value in field.values())


async def test_a_repeated_group_carries_its_own_questions(client: Client) -> None:
    listed = await _listed(client)

    fields = [
        field
        for worksheet in listed["worksheets"]
        for section in worksheet["sections"]
        for field in section["fields"]
    ]
    groups = [field for field in fields if field["type"] == "group"]
    assert all(group["fields"] and group["item"] for group in groups)


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_it_is_part_of_the_snapshot_and_carries_no_marks(app: Hearth, locale: str) -> None:
    expect_in_snapshot_without_marks(app, f"/{locale}/worksheets.json")


async def test_titles_are_in_the_language_of_the_page(client: Client) -> None:
    titles = {locale: _circles(await _listed(client, locale))["title"] for locale in ("en", "ar")}

    assert titles["en"] == "My three circles"
    assert titles["ar"] != titles["en"]
