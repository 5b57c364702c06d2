"""A small model of a phone's side of sync, to test the server's rules with whole histories.

An entry is a set of multi-value registers under a version vector. Entries are merged as the
contract says. Nothing is encrypted: the `sealed` of a record is the state as JSON in base64url,
padded to the minimum length of sealed bytes.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hearth_cft.records import Draft, LiveId, Outcome, Record, settle
from tests.samples import ROOMY, base64url, new_id

Value = tuple[str, int, str]  # actor, counter, value


@dataclass(frozen=True)
class State:
    """The state of an entry.

    `seen` is the highest counter seen of each actor. `fields` has the values of each field.
    """

    seen: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    deleted: bool = False

    def write(self, actor: str, name: str, value: str) -> State:
        """Return the state in which the field has exactly this one value."""
        counter = max(self.seen.get(actor, 0) + 1, 1)
        fields = {**self.fields, name: frozenset({(actor, counter, value)})}
        return State({**self.seen, actor: counter}, fields, self.deleted)

    def delete(self) -> State:
        """Return the state of the deleted entry: no fields, only `seen` and the deletion."""
        return State(self.seen, {}, deleted=True)

    def merge(self, other: State) -> State:
        """Return the merge of both states.

        For each field, keep the values that are in both states, and the values of one state that
        the other has not seen.
        """
        seen = {
            actor: max(self.seen.get(actor, 0), other.seen.get(actor, 0))
            for actor in {*self.seen, *other.seen}
        }
        if self.deleted or other.deleted:
            return State(seen, {}, deleted=True)
        fields = {}
        for name in {*self.fields, *other.fields}:
            ours, theirs = self.fields.get(name, frozenset()), other.fields.get(name, frozenset())
            kept = (ours & theirs) | _unseen(ours, other.seen) | _unseen(theirs, self.seen)
            if kept:
                fields[name] = kept
        return State(seen, fields)

    def sealed(self) -> str:
        """Return the state as the `sealed` of a record. Equal states give equal bytes."""
        text = json.dumps(
            [
                sorted(self.seen.items()),
                sorted((name, sorted(values)) for name, values in self.fields.items()),
                self.deleted,
            ]
        )
        return base64url(text.encode().ljust(28))

    @classmethod
    def opened(cls, sealed: str) -> State:
        """Return the state that `sealed` has encoded."""
        seen, fields, deleted = json.loads(base64.urlsafe_b64decode(sealed + "=" * 3))
        values = {name: frozenset(map(tuple, several)) for name, several in fields}
        return cls(dict(seen), values, deleted)


def _unseen(values: frozenset[Value], seen: Mapping[str, int]) -> frozenset[Value]:
    return frozenset(value for value in values if value[1] > seen.get(value[0], 0))


class Server(Protocol):
    """The methods of a RecordStore that a phone uses, for one account."""

    async def live_ids(self) -> Sequence[LiveId]: ...

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]: ...

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]: ...


class RulesServer:
    """A server with its records in a dict. It applies the rules of hearth_cft/records.py.

    The rules use `live_count`, `live_size`, `find` and `superseders`. The phones use the rest.
    """

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    @property
    def live_count(self) -> int:
        """Return the number of records."""
        return len(self.records)

    @property
    def live_size(self) -> int:
        """Return the sum of the records' sizes in bytes."""
        return sum(record.size for record in self.records.values())

    def find(self, record_id: str) -> Record | None:
        """Return the record with this id, or None."""
        return self.records.get(record_id)

    def superseders(self, entry: str, record_id: str) -> int:
        """Return how many records of the entry supersede this id."""
        live = self.records.values()
        return sum(record.entry == entry and record_id in record.supersedes for record in live)

    async def live_ids(self) -> Sequence[LiveId]:
        """List the live records."""
        return [LiveId(record.id, record.entry) for record in self.records.values()]

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]:
        """Return the records with these ids."""
        return [self.records[record_id] for record_id in ids if record_id in self.records]

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records by the rules. Return the outcomes by record id."""
        draft = Draft(self)
        outcomes = settle(draft, records, ROOMY)
        for record_id in draft.removed:
            del self.records[record_id]
        self.records |= draft.put
        return outcomes


@dataclass
class ModelPhone:
    """One installation of the app.

    `merged` has the states of the records that it has merged, by record id. `outbox` has the
    records that it still has to push, by entry.
    """

    actor: str
    source: random.Random
    entries: dict[str, State] = field(default_factory=dict)
    merged: dict[str, State] = field(default_factory=dict)
    outbox: dict[str, Record] = field(default_factory=dict)

    def edit(self, entry: str, name: str, value: str) -> None:
        """Write a field, unless the entry is deleted on this phone."""
        state = self.entries.get(entry, State())
        if not state.deleted:
            self.entries[entry] = state.write(self.actor, name, value)

    def delete(self, entry: str) -> None:
        """Delete the entry, if this phone has it."""
        if entry in self.entries:
            self.entries[entry] = self.entries[entry].delete()

    async def pull(self, server: Server) -> Sequence[LiveId]:
        """Merge the server's new records. Forget merged records that are no longer live.

        Return the ids of the live records.
        """
        live = await server.live_ids()
        new = [live_id.id for live_id in live if live_id.id not in self.merged]
        for record in await server.fetch(new):
            state = State.opened(record.sealed)
            self.merged[record.id] = state
            self.entries[record.entry] = self.entries.get(record.entry, State()).merge(state)
        ids = {live_id.id for live_id in live}
        self.merged = {
            record_id: state for record_id, state in self.merged.items() if record_id in ids
        }
        return live

    def seal(self, live: Sequence[LiveId]) -> None:
        """Put a record of each entry that is not backed up into the outbox.

        It supersedes the live records of the entry that this phone has merged.
        """
        self.outbox = {
            entry: record
            for entry, record in self.outbox.items()
            if State.opened(record.sealed) == self.entries[entry] and record.id not in self.merged
        }
        for entry, state in self.entries.items():
            ids = [live_id.id for live_id in live if live_id.entry == entry]
            backed_up = len(ids) == 1 and self.merged.get(ids[0]) == state
            merged = tuple(sorted(record_id for record_id in ids if record_id in self.merged))
            waiting = self.outbox.get(entry)
            # A retry sends the same bytes, as long as they are still up to date.
            if not backed_up and (waiting is None or waiting.supersedes != merged):
                self.outbox[entry] = Record(new_id(self.source), entry, merged, state.sealed())
            elif backed_up:
                self.outbox.pop(entry, None)

    def noted(self, outcomes: Mapping[str, Outcome]) -> None:
        """Apply the server's outcomes to the outbox."""
        for entry, record in list(self.outbox.items()):
            outcome = outcomes.get(record.id)
            if outcome in (Outcome.STORED, Outcome.SAME):
                self.merged[record.id] = State.opened(record.sealed)
            if outcome is not None:
                del self.outbox[entry]

    async def sync(self, server: Server) -> bool:
        """Sync once. Return whether there was anything to push."""
        self.seal(await self.pull(server))
        pushed = list(self.outbox.values())
        if pushed:
            self.noted(await server.push(pushed))
        return bool(pushed)
