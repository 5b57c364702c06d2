"""Listing, fetching and pushing records over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.config import Config
from hearth_cft.records import Limits
from tests.samples import ROOMY, a_record, as_json, new_id
from tests.web.sync_app import Phone, api

NOTHING = "A" * 43
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sync-v1.json").read_text())


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with api(tmp_path) as client:
        yield await Phone(client).ready()


async def test_a_pushed_record_is_listed_and_fetched(phone: Phone) -> None:
    record = a_record()

    pushed = await phone.push(record)

    assert (pushed.status, pushed.body) == (200, {"results": {record.id: "stored"}})
    assert (await phone.list()).body == {"records": [{"id": record.id, "entry": record.entry}]}
    fetched = await phone.fetch([new_id(), record.id])
    assert (fetched.status, fetched.body) == (200, {"records": [as_json(record)]})


async def test_the_vectors_records_come_back_byte_for_byte(phone: Phone) -> None:
    records: list[dict[str, Any]] = [vector["record"] for vector in VECTORS["records"]]

    pushed = await phone.send("POST", "/records", {"records": records})

    assert pushed.status == 200
    assert set(pushed.body["results"]) == {record["id"] for record in records}
    for record in records:
        if pushed.body["results"][record["id"]] == "stored":
            found = (await phone.fetch([record["id"]])).body["records"]
            assert found in ([record], [])


async def test_superseded_ids_come_back_ascending_by_their_bytes(phone: Phone) -> None:
    record = as_json(a_record())
    record["supersedes"] = ["_" + "A" * 21, "a" * 21 + "A", "-" + "A" * 21, "0" + "A" * 21]

    await phone.send("POST", "/records", {"records": [record]})

    fetched = (await phone.fetch([str(record["id"])])).body["records"][0]
    assert [record_id[0] for record_id in fetched["supersedes"]] == ["a", "0", "-", "_"]


async def test_a_list_that_has_not_changed_is_not_sent_again(phone: Phone) -> None:
    await phone.push(a_record())
    first = await phone.list()

    same = await phone.list(**{"If-None-Match": first.headers["Etag"]})
    any_of_many = await phone.list(**{"If-None-Match": f'"x", W/{first.headers["Etag"]}'})
    await phone.push(a_record())
    changed = await phone.list(**{"If-None-Match": first.headers["Etag"]})

    assert (same.status, same.body) == (304, b"")
    assert same.headers["Etag"] == first.headers["Etag"]
    assert any_of_many.status == 304
    assert changed.status == 200
    assert len(changed.body["records"]) == 2


async def test_an_empty_account_has_an_empty_list(phone: Phone) -> None:
    assert (await phone.list()).body == {"records": []}


async def test_an_empty_account_has_the_digest_of_the_empty_set(phone: Phone) -> None:
    answer = await phone.changes(NOTHING)

    assert answer.body == {"digest": NOTHING, "added": [], "gone": []}


async def test_only_what_has_changed_is_told(phone: Phone) -> None:
    first, second = a_record(), a_record()
    await phone.push(first)
    before = (await phone.changes(NOTHING)).body["digest"]
    await phone.push(second)
    await phone.remove([first.id])

    answer = await phone.changes(before)

    assert answer.status == 200
    assert answer.body["added"] == [{"id": second.id, "entry": second.entry}]
    assert answer.body["gone"] == [first.id]


async def test_a_phone_with_another_set_gets_the_whole_list(phone: Phone) -> None:
    record = a_record()
    await phone.push(record)

    answer = await phone.changes("A" * 42 + "E")

    assert answer.body["records"] == [{"id": record.id, "entry": record.entry}]
    assert set(answer.body) == {"digest", "records"}
    assert (await phone.changes(answer.body["digest"])).body["added"] == []


async def test_the_digest_is_that_of_the_contract(phone: Phone) -> None:
    for letter in ("AQEBAQEBAQEBAQEBAQEBAQ", "AgICAgICAgICAgICAgICAg"):
        await phone.push(a_record(record_id=letter))

    digest = (await phone.changes(NOTHING)).body["digest"]

    assert digest == "9bfSAKXe4oP373ozBW-4suf0xRdPgRVbqaWrEDxmJx4"


async def test_removed_records_are_counted_and_gone(phone: Phone) -> None:
    record = a_record()
    await phone.push(record)

    removed, again = await phone.remove([record.id, new_id()]), await phone.remove([record.id])

    assert (removed.status, removed.body, again.body) == (200, {"removed": 1}, {"removed": 0})
    assert (await phone.list()).body == {"records": []}


async def test_removing_works_on_a_full_disk(tmp_path: Path) -> None:
    record = a_record()
    async with api(tmp_path) as client:
        phone = await Phone(client).ready()
        await phone.push(record)

    async with api(tmp_path, Config(limits=Limits(free_space_floor=1 << 62))) as client:
        phone.client = client
        assert (await phone.remove([record.id])).body == {"removed": 1}


async def test_a_long_answer_comes_in_pieces_and_whole(phone: Phone) -> None:
    records = [a_record(size=60_000) for _ in range(6)]
    for record in records:
        await phone.push(record)

    fetched = await phone.fetch([record.id for record in records])

    assert fetched.body == {"records": [as_json(record) for record in records]}


async def test_what_does_not_fit_is_told_record_by_record(tmp_path: Path) -> None:
    limits = replace(ROOMY, records=1)
    async with api(tmp_path, Config(limits=limits)) as client:
        phone = await Phone(client).ready()
        large, stored, over = a_record(size=65_537), a_record(size=65_536), a_record()

        answer = await phone.push(large, stored, over)

    assert answer.body["results"] == {large.id: "too_large", stored.id: "stored", over.id: "quota"}


async def test_twenty_records_go_in_one_push_and_fifty_in_one_fetch(phone: Phone) -> None:
    records = [a_record() for _ in range(50)]

    for start in range(0, 50, 20):
        assert (await phone.push(*records[start : start + 20])).status == 200

    fetched = await phone.fetch([record.id for record in records])
    assert fetched.body["records"] == [as_json(record) for record in records]


async def test_below_the_free_space_floor_a_push_is_507(tmp_path: Path) -> None:
    async with api(tmp_path) as client:
        phone = await Phone(client).ready()

    async with api(tmp_path, Config(limits=Limits(free_space_floor=1 << 62))) as client:
        phone.client = client
        answer = await phone.push(a_record())
        erased = await phone.erase()

    assert (answer.status, answer.code) == (507, "no_space")
    assert erased.status == 204


async def test_when_the_disk_fails_a_push_is_503_and_nothing_is_kept(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("os.fdatasync", fails)
        answer = await phone.push(a_record())

    assert (answer.status, answer.code) == (503, "store_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert (await phone.list()).body == {"records": []}
    assert (await phone.push(a_record())).status == 200


async def test_a_damaged_account_is_503_and_the_others_work(tmp_path: Path) -> None:
    async with api(tmp_path) as client:
        phone = await Phone(client).ready()
        await phone.push(a_record())
        [journal] = (tmp_path / "data" / "accounts").glob("*/*.jsonl")
        other = await Phone(client).ready()
    text = journal.read_bytes()
    journal.write_bytes(text.replace(b'"auth"', b'"Auth"'))

    async with api(tmp_path) as client:
        phone.client = other.client = client
        damaged, fine = await phone.list(), await other.list()
        signing_in = await phone.sign_in()

    assert (damaged.status, damaged.code) == (503, "store_unavailable")
    assert signing_in.status == 503
    assert fine.status == 200
