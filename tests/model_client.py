"""A small model of a phone's side of sync, to test the server's rules with whole histories.

An entry is a set of multi-value registers under a version vector. Entries are merged as the
contract says. A shard is an entry that lists deleted entries, so that their records can be removed
for good. Nothing is encrypted: the `sealed` of a record is the state as JSON in base64url,
padded to the minimum length of sealed bytes.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hearth_cft.records import (
    Changes,
    Draft,
    LiveId,
    Outcome,
    Record,
    digest_sum,
    remove,
    set_digest,
    settle,
)
from tests.samples import ROOMY, base64url, new_id

Value = tuple[str, int, str]  # actor, counter, value

SHARDS = ("removed 0", "removed 1")


def shard_of(entry: str) -> str:
    """Return the shard that lists the entry when it is deleted."""
    return SHARDS[len(entry) % len(SHARDS)]


@dataclass(frozen=True)
class State:
    """The state of an entry.

    `seen` is the highest counter seen of each actor. `fields` has the values of each field.
    `listed` has the deleted entries that a shard lists. It only grows.
    """

    seen: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    deleted: bool = False
    listed: frozenset[str] = frozenset()

    def write(self, actor: str, name: str, value: str, now: int = 0) -> State:
        """Return the state in which the field has exactly this one value.

        The counter is at least `now`, so that a restored phone doesn't use one again.
        """
        counter = max(self.seen.get(actor, 0) + 1, now)
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
        return State(seen, fields, listed=self.listed | other.listed)

    def sealed(self) -> str:
        """Return the state as the `sealed` of a record. Equal states give equal bytes."""
        text = json.dumps(
            [
                sorted(self.seen.items()),
                sorted((name, sorted(values)) for name, values in self.fields.items()),
                self.deleted,
                sorted(self.listed),
            ]
        )
        return base64url(text.encode().ljust(28))

    @classmethod
    def opened(cls, sealed: str) -> State:
        """Return the state that `sealed` has encoded."""
        seen, fields, deleted, listed = json.loads(base64.urlsafe_b64decode(sealed + "=" * 3))
        values = {name: frozenset(map(tuple, several)) for name, several in fields}
        return cls(dict(seen), values, deleted, frozenset(listed))


def _unseen(values: frozenset[Value], seen: Mapping[str, int]) -> frozenset[Value]:
    return frozenset(value for value in values if value[1] > seen.get(value[0], 0))


class Server(Protocol):
    """The methods of a RecordStore that a phone uses, for one account."""

    async def live_ids(self) -> Sequence[LiveId]: ...

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]: ...

    async def changes(self, since: str) -> Changes: ...

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]: ...

    async def remove(self, ids: Collection[str]) -> int: ...


MOST_STATES = 6  # few, so that some histories go beyond


class RulesServer:
    """A server with its records in a dict. It applies the rules of hearth_cft/records.py.

    The rules use `live_count`, `live_size`, `find` and `superseders`. The phones use the rest.
    """

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.limits = ROOMY
        self._states: dict[str, frozenset[str]] = {}
        """The latest sets of live ids, by their digests."""

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

    async def changes(self, since: str) -> Changes:
        """Return what has changed since the live records had this set digest."""
        digest = self._note()
        old = self._states.get(since)
        added = [each for each in await self.live_ids() if old is None or each.id not in old]
        gone = sorted((old or frozenset()) - self.records.keys())
        return Changes(digest, added, gone, complete=old is None)

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records by the rules. Return the outcomes by record id."""
        draft = Draft(self)
        outcomes = settle(draft, records, self.limits)
        self._apply(draft)
        return outcomes

    async def remove(self, ids: Collection[str]) -> int:
        """Remove the records with these ids. Return how many there were."""
        draft = Draft(self)
        count = remove(draft, ids)
        self._apply(draft)
        return count

    def _apply(self, draft: Draft) -> None:
        for record_id in draft.removed:
            del self.records[record_id]
        self.records |= draft.put
        self._note()

    def _note(self) -> str:
        digest = set_digest(digest_sum(self.records))
        self._states.pop(digest, None)
        self._states[digest] = frozenset(self.records)
        for oldest in list(self._states)[:-MOST_STATES]:
            del self._states[oldest]
        return digest


@dataclass
class ModelPhone:
    """One installation of the app.

    `live` has the entry of each record that was live on the server at the last pull. `merged` has
    the states of the records that it has merged, by record id. `outbox` has the records that it
    still has to push, by entry.
    """

    actor: str
    source: random.Random
    entries: dict[str, State] = field(default_factory=dict)
    live: dict[str, str] = field(default_factory=dict)
    merged: dict[str, State] = field(default_factory=dict)
    outbox: dict[str, Record] = field(default_factory=dict)

    @property
    def listed(self) -> frozenset[str]:
        """Return the deleted entries that this phone knows to be removed for good."""
        return frozenset().union(*(self._state(shard).listed for shard in SHARDS))

    def _state(self, entry: str) -> State:
        return self.entries.get(entry, State())

    def edit(self, entry: str, name: str, value: str, now: int = 0) -> None:
        """Write a field, unless this phone knows that the entry is deleted."""
        state = self._state(entry)
        if not state.deleted and entry not in self.listed:
            self.entries[entry] = state.write(self.actor, name, value, now)

    def delete(self, entry: str) -> None:
        """Delete the entry, if this phone has it."""
        if entry in self.entries:
            self.entries[entry] = self.entries[entry].delete()

    async def pull(self, server: Server) -> None:
        """Merge the server's new records. Forget merged records that are no longer live."""
        changes = await server.changes(set_digest(digest_sum(self.live)))
        kept = {} if changes.complete else self.live
        added = {each.id: each.entry for each in changes.added}
        self.live = {each: kept[each] for each in kept.keys() - set(changes.gone)} | added
        assert set_digest(digest_sum(self.live)) == changes.digest
        new = [record_id for record_id in self.live if record_id not in self.merged]
        for record in await server.fetch(new):
            state = State.opened(record.sealed)
            self.merged[record.id] = state
            self.entries[record.entry] = self._state(record.entry).merge(state)
        self.merged = {each: state for each, state in self.merged.items() if each in self.live}
        self._drop_listed()

    def _drop_listed(self) -> None:
        for entry in self.listed:
            self.entries.pop(entry, None)
            self.outbox.pop(entry, None)

    def seal(self) -> None:
        """Put a record of each entry that is not backed up into the outbox.

        It supersedes the live records of the entry that this phone has merged. List deleted entries
        whose tombstones are backed up.
        """
        self._list_deleted()
        self.outbox = {
            entry: record
            for entry, record in self.outbox.items()
            if State.opened(record.sealed) == self.entries[entry] and record.id not in self.merged
        }
        for entry, state in self.entries.items():
            merged = tuple(sorted(each for each in self._live_of(entry) if each in self.merged))
            waiting = self.outbox.get(entry)
            # A retry sends the same bytes, as long as they are still up to date.
            if self._is_backed_up(entry):
                self.outbox.pop(entry, None)
            elif waiting is None or waiting.supersedes != merged:
                self.outbox[entry] = Record(new_id(self.source), entry, merged, state.sealed())

    def _list_deleted(self) -> None:
        for entry, state in list(self.entries.items()):
            if state.deleted and self._is_backed_up(entry):
                shard = shard_of(entry)
                listing = State(listed=frozenset({entry}))
                self.entries[shard] = self._state(shard).merge(listing)
        self._drop_listed()

    def _live_of(self, entry: str) -> list[str]:
        return [record_id for record_id, other in self.live.items() if other == entry]

    def _is_backed_up(self, entry: str) -> bool:
        live = self._live_of(entry)
        return len(live) == 1 and self.merged.get(live[0]) == self.entries[entry]

    def removable(self) -> list[str]:
        """Return the live records of listed entries whose shard is backed up."""
        return [
            record_id
            for record_id, entry in self.live.items()
            if entry in self.listed and self._is_backed_up(shard_of(entry))
        ]

    def tombstone_to_make_room(self, outcomes: Mapping[str, Outcome]) -> str | None:
        """Return a tombstone to remove first, because the quota blocks its own shard."""
        blocked = {
            entry
            for entry, record in self.outbox.items()
            if entry in SHARDS and outcomes.get(record.id) == Outcome.QUOTA
        }
        tombstones = (
            record_id
            for record_id, entry in self.live.items()
            if entry in self.listed
            and shard_of(entry) in blocked
            and record_id in self.merged
            and self.merged[record_id].deleted
        )
        return next(tombstones, None)

    def noted(self, outcomes: Mapping[str, Outcome]) -> None:
        """Apply the server's outcomes to the outbox."""
        for entry, record in list(self.outbox.items()):
            outcome = outcomes.get(record.id)
            if outcome in (Outcome.STORED, Outcome.SAME):
                self.merged[record.id] = State.opened(record.sealed)
            if outcome is not None:
                del self.outbox[entry]

    async def push(self, server: Server) -> Mapping[str, Outcome]:
        """Push the outbox. If the quota blocks a shard, remove one tombstone and push again."""
        outcomes = dict(await server.push(list(self.outbox.values())))
        if tombstone := self.tombstone_to_make_room(outcomes):
            await server.remove([tombstone])
            shards = [record for entry, record in self.outbox.items() if entry in SHARDS]
            outcomes |= await server.push(shards)
        return outcomes

    async def sync(self, server: Server) -> bool:
        """Sync once. Return whether there was anything to push or to remove."""
        await self.pull(server)
        self.seal()
        pushed, removed = bool(self.outbox), self.removable()
        if pushed:
            self.noted(await self.push(server))
        if removed:
            await server.remove(removed)
        return pushed or bool(removed)
