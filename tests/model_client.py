"""A small model of the phone's side of sync, to try histories against the server's rules.

Entries are multi-value registers under a version vector, merged as the contract says. Nothing is
encrypted: a record's `sealed` is the state as base64url JSON, after enough bytes to be long enough.
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
    """What an entry holds: who was seen up to where, and each field's values."""

    seen: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    deleted: bool = False

    def write(self, actor: str, name: str, value: str) -> State:
        """The field becomes exactly one value."""
        counter = max(self.seen.get(actor, 0) + 1, 1)
        fields = {**self.fields, name: frozenset({(actor, counter, value)})}
        return State({**self.seen, actor: counter}, fields, self.deleted)

    def delete(self) -> State:
        """Nothing is left of it but that it was."""
        return State(self.seen, {}, deleted=True)

    def merge(self, other: State) -> State:
        """Keep of each field what is in both, and what the other side has not seen."""
        seen = {
            actor: max(self.seen.get(actor, 0), other.seen.get(actor, 0))
            for actor in {*self.seen, *other.seen}
        }
        if self.deleted or other.deleted:
            return State(seen, {}, deleted=True)
        fields = {}
        for name in {*self.fields, *other.fields}:
            mine, theirs = self.fields.get(name, frozenset()), other.fields.get(name, frozenset())
            kept = (mine & theirs) | _unseen(mine, other.seen) | _unseen(theirs, self.seen)
            if kept:
                fields[name] = kept
        return State(seen, fields)

    def sealed(self) -> str:
        """The state as a record would carry it, the same bytes for the same state."""
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
        """Read what `sealed` wrote."""
        seen, fields, deleted = json.loads(base64.urlsafe_b64decode(sealed + "=" * 3))
        values = {name: frozenset(map(tuple, several)) for name, several in fields}
        return cls(dict(seen), values, deleted)


def _unseen(values: frozenset[Value], seen: Mapping[str, int]) -> frozenset[Value]:
    return frozenset(value for value in values if value[1] > seen.get(value[0], 0))


class Server(Protocol):
    """As much of a RecordStore, for one account, as a phone speaks to."""

    async def live_ids(self) -> Sequence[LiveId]: ...

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]: ...

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]: ...


class RulesServer:
    """The rules of hearth_cft/records.py over a dict."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    @property
    def live_count(self) -> int:
        """For the rules."""
        return len(self.records)

    @property
    def live_size(self) -> int:
        """For the rules."""
        return sum(record.size for record in self.records.values())

    def find(self, record_id: str) -> Record | None:
        """For the rules."""
        return self.records.get(record_id)

    def of_entry(self, entry: str) -> list[Record]:
        """For the rules."""
        return [record for record in self.records.values() if record.entry == entry]

    async def live_ids(self) -> Sequence[LiveId]:
        """For the phones."""
        return [LiveId(record.id, record.entry) for record in self.records.values()]

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]:
        """For the phones."""
        return [self.records[each] for each in ids if each in self.records]

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """For the phones."""
        draft = Draft(self)
        outcomes = settle(draft, records, ROOMY)
        for gone in draft.removed:
            del self.records[gone]
        self.records |= draft.put
        return outcomes


@dataclass
class ModelPhone:
    """One installation: its entries, what it merged, and records that it has yet to push."""

    actor: str
    source: random.Random
    entries: dict[str, State] = field(default_factory=dict)
    merged: dict[str, State] = field(default_factory=dict)
    outbox: dict[str, Record] = field(default_factory=dict)

    def edit(self, entry: str, name: str, value: str) -> None:
        """Write a field, unless the entry was deleted here."""
        state = self.entries.get(entry, State())
        if not state.deleted:
            self.entries[entry] = state.write(self.actor, name, value)

    def delete(self, entry: str) -> None:
        """Delete the entry."""
        if entry in self.entries:
            self.entries[entry] = self.entries[entry].delete()

    async def pull(self, server: Server) -> Sequence[LiveId]:
        """Merge what is new on the server; forget what is no longer live."""
        live = await server.live_ids()
        new = [each.id for each in live if each.id not in self.merged]
        for record in await server.fetch(new):
            state = State.opened(record.sealed)
            self.merged[record.id] = state
            self.entries[record.entry] = self.entries.get(record.entry, State()).merge(state)
        ids = {each.id for each in live}
        self.merged = {each: state for each, state in self.merged.items() if each in ids}
        return live

    def seal(self, live: Sequence[LiveId]) -> None:
        """Make a record of every entry that is not backed up, superseding what was merged."""
        self.outbox = {
            entry: record
            for entry, record in self.outbox.items()
            if State.opened(record.sealed) == self.entries[entry] and record.id not in self.merged
        }
        for entry, state in self.entries.items():
            ids = [each.id for each in live if each.entry == entry]
            backed_up = len(ids) == 1 and self.merged.get(ids[0]) == state
            merged = tuple(sorted(each for each in ids if each in self.merged))
            waiting = self.outbox.get(entry)
            # A retry sends the same bytes, while they still say what is to be said.
            if not backed_up and (waiting is None or waiting.supersedes != merged):
                self.outbox[entry] = Record(new_id(self.source), entry, merged, state.sealed())
            elif backed_up:
                self.outbox.pop(entry, None)

    def noted(self, outcomes: Mapping[str, Outcome]) -> None:
        """Take the server's answer to what was in the outbox."""
        for entry, record in list(self.outbox.items()):
            outcome = outcomes.get(record.id)
            if outcome in (Outcome.STORED, Outcome.SAME):
                self.merged[record.id] = State.opened(record.sealed)
            if outcome is not None:
                del self.outbox[entry]

    async def sync(self, server: Server) -> bool:
        """Do a whole sync; False when there was nothing to push."""
        self.seal(await self.pull(server))
        pushed = list(self.outbox.values())
        if pushed:
            self.noted(await server.push(pushed))
        return bool(pushed)
