"""Extend TinyDB with a storage that appends to a journal and a table that indexes entries.

Every standard TinyDB call works and costs as much as elsewhere: it copies the whole database. The
cost of `push` and of the lookups in RecordTable depends only on the records that they touch.
"""

from __future__ import annotations

import copy
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from hearth_cft.records import Changes, LiveId, Record, size_of
from hearth_cft.storage.tinydb.history import History
from hearth_cft.storage.tinydb.journal import Document, Journal, Tables
from hearth_cft.storage.tinydb.journal_format import Change

_DOCUMENTS_PER_LINE = 50


class JournalStorage(Storage):
    """A TinyDB storage that replays a journal once and then appends changes to it."""

    def __init__(self, path: Path | str) -> None:
        self.journal = Journal(Path(path))
        self.tables: Tables = {}
        self.histories = defaultdict[str, History](History)
        """The latest commits to each table. They begin with the lines of the file."""
        self.dead_bytes = 0
        """Roughly how many bytes of the file are dead, that is, no longer needed."""
        self.generation = 0
        """The number of writes by standard TinyDB calls, which the tables don't see."""
        for change in self.journal.load():
            self.apply([change])

    def read(self) -> Tables | None:
        """Return a copy of the tables, because TinyDB changes what it reads before writing it."""
        return copy.deepcopy(self.tables) or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Append the differences durably. Raises NoSpaceError, StoreUnavailableError."""
        changes = list(_differences(self.tables, data))
        if changes:
            self.append(changes)
            self.flush()
            self.apply(copy.deepcopy(changes))
            self.generation += 1

    def append(self, changes: Iterable[Change]) -> None:
        """Write the changes without waiting for the disk. Call `flush` and `apply` next."""
        self.journal.append(changes)

    def flush(self) -> None:
        """Wait until the appended changes are on the disk."""
        self.journal.flush()

    def apply(self, changes: Iterable[Change]) -> None:
        """Apply changes that are in the journal to the tables in memory."""
        for change in changes:
            table = self.tables.setdefault(change.table, {})
            self._note(change, table)
            for document_id in change.delete:
                self._count_dead(document_id, table.pop(document_id, None))
            for document_id, document in change.put.items():
                self._count_dead(document_id, table.get(document_id))
                table[document_id] = dict(document)

    def _note(self, change: Change, table: Mapping[str, Document]) -> None:
        gone = [document_id for document_id in change.delete if document_id in table]
        # A document that is put under a live id changes, but the set of ids doesn't.
        added = [
            document_id
            for document_id in change.put
            if document_id not in table or document_id in change.delete
        ]
        if gone or added:
            self.histories[change.table].note(gone, added)

    def _count_dead(self, document_id: str, document: Document | None) -> None:
        if document is not None:
            self.dead_bytes += len(document_id) + _json_length(document)

    def compact(self) -> None:
        """Rewrite the file with only the live documents.

        Raises OSError. No document is lost then.
        """
        self.journal.rewrite(self._live_changes())
        self.dead_bytes = 0

    def _live_changes(self) -> Iterator[Change]:
        for name, table in self.tables.items():
            ids = list(table)
            for start in range(0, max(1, len(ids)), _DOCUMENTS_PER_LINE):
                batch = ids[start : start + _DOCUMENTS_PER_LINE]
                yield Change(name, {document_id: table[document_id] for document_id in batch})


def _differences(
    old: Tables, new: Mapping[str, Mapping[Any, Mapping[str, Any]]]
) -> Iterator[Change]:
    for name in old.keys() | new.keys():
        before = old.get(name, {})
        after = {str(document_id): document for document_id, document in new.get(name, {}).items()}
        put = {
            document_id: dict(document)
            for document_id, document in after.items()
            if before.get(document_id) != document
        }
        deleted = before.keys() - after.keys()
        if put or deleted:
            yield Change(name, put, deleted)


def _json_length(value: Any) -> int:
    match value:
        case str():
            return len(value) + 3
        case dict():
            return sum(len(key) + 3 + _json_length(item) for key, item in value.items()) + 2
        case list():
            return sum(_json_length(item) for item in value) + 2
    return 8


class RecordTable(Table):
    """A table of records with string ids. It finds what supersedes a record without a search."""

    document_id_class = str  # type: ignore[assignment]  # clients create the ids from random bytes

    def __init__(self, storage: JournalStorage, name: str, **options: Any) -> None:
        super().__init__(storage, name, **options)
        self._journal_storage = storage
        self._generation = -1
        self._superseders: dict[tuple[str, str], int] = {}
        """How many records supersede each id, by entry and id."""
        self._size = 0

    @property
    def live_count(self) -> int:
        """Return the number of records."""
        return len(self._documents())

    @property
    def live_size(self) -> int:
        """Return the sum of the records' sizes in bytes."""
        self.index()
        return self._size

    def find(self, record_id: str) -> Record | None:
        """Return the record with this id, or None if there is none."""
        document = self._documents().get(record_id)
        return None if document is None else _to_record(record_id, document)

    def superseders(self, entry: str, record_id: str) -> int:
        """Return how many records of the entry supersede this id."""
        self.index()
        return self._superseders.get((entry, record_id), 0)

    def entries(self) -> list[tuple[str, str]]:
        """Return (id, entry) of every record, in ascending order of the ids."""
        return sorted(
            (record_id, document["entry"]) for record_id, document in self._documents().items()
        )

    def changes(self, since: str) -> Changes:
        """Return what has changed since the records had the set digest `since`."""
        documents, history = self._documents(), self._history()
        found = history.since(since, documents)
        entries = (
            self.entries()
            if found is None
            else [(record_id, documents[record_id]["entry"]) for record_id in found.added]
        )
        return Changes(
            history.digest(documents),
            [LiveId(*id_and_entry) for id_and_entry in entries],
            () if found is None else tuple(found.gone),
            complete=found is None,
        )

    @property
    def history_weight(self) -> int:
        """Return roughly how many bytes of memory the history takes."""
        return self._history().weight

    def _history(self) -> History:
        return self._journal_storage.histories[self._name]

    def change(self, put: Mapping[str, Record], delete: Collection[str]) -> Change:
        """Return the change that `push` would write."""
        return Change(
            self.name,
            {record_id: _to_document(record) for record_id, record in put.items()},
            sorted(delete),
        )

    def push(self, put: Sequence[Record], delete: Collection[str] = ()) -> None:
        """Delete and put records in one durable line.

        Raises NoSpaceError, StoreUnavailableError.
        """
        change = self.change({record.id: record for record in put}, delete)
        self._journal_storage.append([change])
        self._journal_storage.flush()
        self.apply(change)

    def apply(self, change: Change) -> None:
        """Apply a change that is in the journal to the table in memory."""
        self.index()
        documents = self._documents()
        for record_id in {*change.delete, *change.put}:
            if record_id in documents:
                self._count(documents[record_id], -1)
        for document in change.put.values():
            self._count(document, 1)
        self._journal_storage.apply([change])
        self.clear_cache()

    def _documents(self) -> dict[str, Document]:
        return self._journal_storage.tables.get(self._name, {})

    def _read_table(self) -> dict[str, Document]:  # type: ignore[override]  # a dict is a Mapping
        # TinyDB copies every document that it returns, so the table itself needs no copy.
        return self._documents()

    def _get_next_id(self) -> str:
        return secrets.token_urlsafe(16)

    def index(self) -> None:
        """Build the index, if it isn't up to date. The other methods do so when they need it."""
        if self._generation != self._journal_storage.generation:
            self._generation = self._journal_storage.generation
            self._superseders, self._size = {}, 0
            for document in self._documents().values():
                self._count(document, 1)

    def _count(self, document: Mapping[str, Any], sign: int) -> None:
        self._size += sign * size_of(document["sealed"], document["supersedes"])
        for superseded_id in document["supersedes"]:
            key = document["entry"], superseded_id
            count = self._superseders.get(key, 0) + sign
            if count:
                self._superseders[key] = count
            else:
                del self._superseders[key]


def _to_document(record: Record) -> Document:
    return {
        "entry": record.entry,
        "supersedes": list(record.supersedes),
        "sealed": record.sealed,
    }


def _to_record(record_id: str, document: Mapping[str, Any]) -> Record:
    return Record(record_id, document["entry"], tuple(document["supersedes"]), document["sealed"])


class Database(TinyDB):
    """A TinyDB database that is stored in one journal."""

    table_class = RecordTable  # type: ignore[assignment]  # tinydb's annotation is too narrow

    def __init__(self, path: Path) -> None:
        super().__init__(path, storage=JournalStorage)
