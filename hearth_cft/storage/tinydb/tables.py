"""TinyDB's two seams, filled in: a storage that appends to a journal, a table that knows entries.

Every stock TinyDB call works here and costs what it always costs: a copy of everything. `push` and
the lookups of RecordTable cost what they touch.
"""

from __future__ import annotations

import copy
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from hearth_cft.records import Record, size_of
from hearth_cft.storage.tinydb.journal import Change, Document, Journal, Tables

_DOCUMENTS_A_LINE = 50


class JournalStorage(Storage):
    """Reads by replaying a journal once and appends differences to it."""

    def __init__(self, path: Path | str) -> None:
        self.journal = Journal(Path(path))
        self.tables: Tables = {}
        self.dead_bytes = 0
        """About how much of the file nobody will read again."""
        self.generation = 0
        """Counts the stock writes, which tables don't see."""
        for change in self.journal.load():
            self.apply([change])

    def read(self) -> Tables | None:
        """Give a copy, because stock TinyDB changes what it reads before it writes it."""
        return copy.deepcopy(self.tables) or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Append what differs, durably. Raises NoSpaceError, StoreUnavailableError."""
        changes = list(_differences(self.tables, data))
        if changes:
            self.append(changes)
            self.flush()
            self.apply(copy.deepcopy(changes))
            self.generation += 1

    def append(self, changes: Iterable[Change]) -> None:
        """Write the changes without waiting for the disk; `flush` and `apply` have to follow."""
        self.journal.append(b"".join(change.line() for change in changes))

    def flush(self) -> None:
        """Wait until what was appended is on the disk."""
        self.journal.flush()

    def apply(self, changes: Iterable[Change]) -> None:
        """Change the memory as the journal has been changed."""
        for change in changes:
            table = self.tables.setdefault(change.table, {})
            for document_id in change.delete:
                self._bury(document_id, table.pop(document_id, None))
            for document_id, document in change.put.items():
                self._bury(document_id, table.get(document_id))
                table[document_id] = dict(document)

    def _bury(self, document_id: str, document: Document | None) -> None:
        if document is not None:
            self.dead_bytes += len(document_id) + _length(document)

    def compact(self) -> None:
        """Write only what lives into a new file. Raises OSError; then nothing changed."""
        self.journal.rewrite(change.line() for change in self._living())
        self.dead_bytes = 0

    def _living(self) -> Iterator[Change]:
        for name, table in self.tables.items():
            ids = list(table)
            for start in range(0, max(1, len(ids)), _DOCUMENTS_A_LINE):
                some = ids[start : start + _DOCUMENTS_A_LINE]
                yield Change(name, {each: table[each] for each in some})


def _differences(
    old: Tables, new: Mapping[str, Mapping[Any, Mapping[str, Any]]]
) -> Iterator[Change]:
    for name in old.keys() | new.keys():
        before = old.get(name, {})
        after = {str(each): document for each, document in new.get(name, {}).items()}
        put = {
            each: dict(document) for each, document in after.items() if before.get(each) != document
        }
        gone = before.keys() - after.keys()
        if put or gone:
            yield Change(name, put, gone)


def _length(value: Any) -> int:
    match value:
        case str():
            return len(value) + 3
        case dict():
            return sum(len(key) + 3 + _length(each) for key, each in value.items()) + 2
        case list():
            return sum(_length(each) for each in value) + 2
    return 8


class RecordTable(Table):
    """A table of records with text ids, which finds an entry's records without a search."""

    document_id_class = str  # type: ignore[assignment]  # ids are the clients' random bytes

    def __init__(self, storage: JournalStorage, name: str, **options: Any) -> None:
        super().__init__(storage, name, **options)
        self._journal_storage = storage
        self._generation = -1
        self._entries: dict[str, tuple[str, ...]] = {}
        self._size = 0

    @property
    def live_count(self) -> int:
        """How many records there are."""
        return len(self._documents())

    @property
    def live_size(self) -> int:
        """The sum of the records' sizes."""
        self._index()
        return self._size

    def find(self, record_id: str) -> Record | None:
        """Give one record."""
        document = self._documents().get(record_id)
        return None if document is None else _record(record_id, document)

    def of_entry(self, entry: str) -> list[Record]:
        """Give the records of one entry."""
        ids = self._index().get(entry)
        if ids is None:
            return []
        documents = self._documents()
        return [_record(each, documents[each]) for each in ids]

    def entries(self) -> list[tuple[str, str]]:
        """Give (id, entry) of every record, ascending by id."""
        return sorted((each, document["entry"]) for each, document in self._documents().items())

    def change(self, put: Mapping[str, Record], delete: Collection[str]) -> Change:
        """Give what `push` would write."""
        return Change(
            self.name, {each: _document(record) for each, record in put.items()}, sorted(delete)
        )

    def push(self, put: Sequence[Record], delete: Collection[str] = ()) -> None:
        """Delete and put in one durable line. Raises NoSpaceError, StoreUnavailableError."""
        change = self.change({record.id: record for record in put}, delete)
        self._journal_storage.append([change])
        self._journal_storage.flush()
        self.apply(change)

    def apply(self, change: Change) -> None:
        """Take over a change that is in the journal."""
        self._index()
        documents = self._documents()
        for record_id in {*change.delete, *change.put}:
            if record_id in documents:
                self._unlist(record_id, documents[record_id])
        for record_id, document in change.put.items():
            self._list(record_id, document)
        self._journal_storage.apply([change])
        self.clear_cache()

    def _documents(self) -> dict[str, Document]:
        return self._journal_storage.tables.get(self._name, {})

    def _read_table(self) -> dict[str, Document]:  # type: ignore[override]  # a dict is a Mapping
        # Stock reads copy each document that they give away: no need to copy the others.
        return self._documents()

    def _get_next_id(self) -> str:
        return secrets.token_urlsafe(16)

    def _index(self) -> dict[str, tuple[str, ...]]:
        if self._generation != self._journal_storage.generation:
            self._generation = self._journal_storage.generation
            self._entries, self._size = {}, 0
            for record_id, document in self._documents().items():
                self._list(record_id, document)
        return self._entries

    def _list(self, record_id: str, document: Mapping[str, Any]) -> None:
        entry = document["entry"]
        self._entries[entry] = (*self._entries.get(entry, ()), record_id)
        self._size += size_of(document["sealed"], document["supersedes"])

    def _unlist(self, record_id: str, document: Mapping[str, Any]) -> None:
        entry = document["entry"]
        left = tuple(each for each in self._entries[entry] if each != record_id)
        if left:
            self._entries[entry] = left
        else:
            del self._entries[entry]
        self._size -= size_of(document["sealed"], document["supersedes"])


def _document(record: Record) -> Document:
    return {
        "entry": record.entry,
        "supersedes": list(record.supersedes),
        "sealed": record.sealed,
    }


def _record(record_id: str, document: Mapping[str, Any]) -> Record:
    return Record(record_id, document["entry"], tuple(document["supersedes"]), document["sealed"])


class Database(TinyDB):
    """A TinyDB database in one journal."""

    table_class = RecordTable  # type: ignore[assignment]  # tinydb's annotation is too narrow

    def __init__(self, path: Path) -> None:
        super().__init__(path, storage=JournalStorage)
