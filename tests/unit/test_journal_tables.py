"""Standard TinyDB calls over a journal, and calls whose cost depends only on what they touch."""

from __future__ import annotations

import itertools
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import where
from tinydb.table import Document

from hearth_cft.storage.tinydb.tables import Database, JournalStorage, RecordTable
from tests.samples import a_record, new_id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account.jsonl"


def records(database: Database) -> RecordTable:
    table = database.table("records")
    assert isinstance(table, RecordTable)
    return table


def test_stock_tinydb_calls_work_and_last(path: Path) -> None:
    table = Database(path).table("notes")
    first = table.insert({"mood": "calm", "tags": ["a"]})
    table.insert_multiple([{"mood": "tired"}, {"mood": "sad"}])
    table.update({"mood": "calmer"}, where("mood") == "calm")
    table.update(lambda note: note["tags"].append("b"), doc_ids=[first])
    table.remove(where("mood") == "sad")
    table.upsert(Document({"mood": "new"}, doc_id="mine"), None)  # type: ignore[arg-type]

    reopened = Database(path).table("notes")
    assert sorted(note["mood"] for note in reopened) == ["calmer", "new", "tired"]
    assert reopened.get(where("mood") == "calmer") == {"mood": "calmer", "tags": ["a", "b"]}
    assert reopened.get(doc_id="mine") == {"mood": "new"}  # type: ignore[call-overload]
    assert reopened.contains(where("mood") == "tired")
    assert len(reopened) == 3


def test_dropping_and_truncating_tables_last(path: Path) -> None:
    database = Database(path)
    database.table("one").insert({"a": 1})
    database.table("two").insert({"a": 1})
    database.table("three").insert({"a": 1})

    database.table("one").truncate()
    database.drop_table("two")

    reopened = Database(path)
    assert [len(reopened.table(name)) for name in ("one", "two", "three")] == [0, 0, 1]
    reopened.drop_tables()
    assert Database(path).storage.read() in (None, {"one": {}, "two": {}, "three": {}})


def test_a_stock_write_appends_only_what_differs(path: Path) -> None:
    table = Database(path).table("notes")
    ids = table.insert_multiple([{"text": "x" * 1000} for _ in range(10)])
    before = path.stat().st_size

    table.update({"text": "y"}, doc_ids=ids[:1])

    assert path.stat().st_size - before < 150


def test_a_write_that_changes_nothing_appends_nothing(path: Path) -> None:
    table = Database(path).table("notes")
    table.insert({"a": 1})
    before = path.stat().st_size

    table.update({"a": 1})

    assert path.stat().st_size == before


def test_push_is_one_line_and_one_flush(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, other = a_record(), a_record()
    records(Database(path)).push([old, other])
    database = Database(path)
    flushes: list[None] = []
    monkeypatch.setattr("os.fdatasync", lambda _: flushes.append(None))
    lines = len(path.read_bytes().splitlines())
    new = a_record(entry=old.entry, supersedes=[old])

    records(database).push([new], delete=[old.id])

    assert len(flushes) == 1
    assert len(path.read_bytes().splitlines()) == lines + 1
    assert records(Database(path)).entries() == sorted([(r.id, r.entry) for r in (new, other)])


def test_a_table_finds_records_and_what_supersedes_them(path: Path) -> None:
    table = records(Database(path))
    first = a_record()
    second = a_record(entry=first.entry, supersedes=[first])
    table.push([first, second, a_record(supersedes=[second])])

    assert table.find(first.id) == first
    assert table.find(new_id()) is None
    assert table.superseders(first.entry, first.id) == 1
    assert table.superseders(new_id(), first.id) == 0
    assert table.superseders(second.entry, second.id) == 0
    assert table.live_count == 3


def test_the_index_follows_stock_writes(path: Path) -> None:
    table = records(Database(path))
    old, second = a_record(), a_record()
    first = a_record(entry=old.entry, supersedes=[old])
    table.push([first, second])

    table.remove(doc_ids=[first.id])  # type: ignore[list-item]

    assert table.superseders(first.entry, old.id) == 0
    assert (table.live_count, table.live_size) == (1, second.size)
    table.push([first])
    assert table.superseders(first.entry, old.id) == 1


def test_what_a_caller_changes_in_a_document_stays_outside(path: Path) -> None:
    database = Database(path)
    table = records(database)
    record = a_record()
    table.push([record])
    document = table.get(doc_id=record.id)  # type: ignore[call-overload]

    document["sealed"] = "changed"

    assert table.find(record.id) == record


def test_dead_bytes_are_what_a_rewrite_saves(path: Path) -> None:
    database = Database(path)
    storage = database.storage
    assert isinstance(storage, JournalStorage)
    table = records(database)
    old = a_record(size=5_000)
    table.push([old])
    assert storage.dead_bytes == 0
    table.push([a_record(entry=old.entry, supersedes=[old])], delete=[old.id])
    before, dead = path.stat().st_size, storage.dead_bytes

    storage.compact()

    saved = before - path.stat().st_size
    assert storage.dead_bytes == 0
    assert abs(saved - dead) < 200
    assert old.sealed.encode() not in path.read_bytes()


@patch("os.fsync", lambda _: None)
@patch("os.fdatasync", lambda _: None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.booleans()), max_size=20))
def test_replaying_gives_what_memory_held(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "account.jsonl"
    database = Database(path)
    storage, table = database.storage, records(database)
    assert isinstance(storage, JournalStorage)
    for number, entry, compacts in steps:
        if table.find(f"id{number}"):
            table.push([], delete=[f"id{number}"])
        else:
            superseded = [a_record(record_id=f"id{(number + 1) % 6}")]
            entry_name = f"entry{entry}"
            table.push([a_record(record_id=f"id{number}", entry=entry_name, supersedes=superseded)])
        if compacts:
            storage.compact()

    reopened = Database(path)
    assert reopened.storage.read() == storage.read()
    assert records(reopened).entries() == table.entries()
    assert records(reopened).live_size == table.live_size
    for entry, number in itertools.product(range(3), range(6)):
        named = f"entry{entry}", f"id{number}"
        assert records(reopened).superseders(*named) == table.superseders(*named)
