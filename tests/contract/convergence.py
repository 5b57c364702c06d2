"""Random histories of phones and a server, and the conditions that hold after each of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from hearth_cft.records import Changes, LiveId, Outcome, Record
from tests.model_client import SHARDS, ModelPhone, Server, State, shard_of
from tests.samples import ROOMY

PHONES, FIELDS = 3, 2
ENTRIES = ("the morning's worksheet", "the evening's note", "a letter", "a plan")

STEPS = (
    "edit", "edit", "edit", "edit and seal", "edit and seal", "delete", "replace phone",
    "sync", "sync", "sync", "all sync", "pull", "seal", "push", "push", "push and replace phone",
    "lose request", "lose reply", "late copy",
    "back up server", "restore server", "wipe server",
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int, int, int]]:
    """Draw a list of steps, each with the numbers of its phone, its entry and its field."""
    step = st.tuples(
        st.sampled_from(STEPS),
        st.integers(0, PHONES - 1),
        st.integers(0, len(ENTRIES) - 1),
        st.integers(0, FIELDS - 1),
    )
    return draw(st.lists(step, min_size=25, max_size=80))


@dataclass
class Controls:
    """Functions that back up, restore, wipe and limit the server of a history."""

    back_up: Callable[[], Awaitable[None]]
    restore: Callable[[], Awaitable[None]]
    wipe: Callable[[], Awaitable[None]]
    limit: Callable[[int], Awaitable[None]]
    """Sets the number of records that the account may have."""


@dataclass
class World:
    """Phones, a server, and all requests that were sent. Any of these can arrive late."""

    server: Server
    controls: Controls
    source: random.Random = field(default_factory=lambda: random.Random(1))
    phones: list[ModelPhone] = field(default_factory=list)
    phone_copies: dict[int, ModelPhone] = field(default_factory=dict)
    sent: list[list[Record]] = field(default_factory=list)
    kept: dict[str, State] = field(default_factory=dict)
    """The states that the server has acknowledged since it was restored or wiped, by entry.

    The states of an entry are merged.
    """
    written: int = 0

    def __post_init__(self) -> None:
        self.phones = [self._new_phone() for _ in range(PHONES)]

    def _new_phone(self) -> ModelPhone:
        return ModelPhone(f"actor-{self.source.getrandbits(32):x}", self.source)

    async def play(self, history: Sequence[tuple[str, int, int, int]]) -> None:
        """Perform all steps of a history."""
        for step, number, entry, name in history:
            phone = self.phones[number]
            match step:
                case "edit":
                    self._edit(phone, entry, name)
                case "edit and seal":
                    self._edit(phone, entry, name)
                    phone.seal()
                case "delete":
                    phone.delete(ENTRIES[entry])
                case "replace phone":
                    self.phones[number] = self._new_phone()
                case "sync":
                    await self._sync(phone)
                case "all sync":
                    for each in self.phones:
                        await self._sync(each)
                case "delete and sync":
                    phone.delete(ENTRIES[entry])
                    await self._sync(phone)
                case "pull":
                    await phone.pull(self.server)
                case "seal":
                    phone.seal()
                case "push":
                    phone.noted(await self._push(phone))
                case "remove and replace phone":
                    await phone.pull(self.server)
                    phone.seal()
                    await self.server.remove(phone.removable())
                    self.phones[number] = self._new_phone()
                case "push and replace phone":
                    await self._push(phone)
                    self.phones[number] = self._new_phone()
                case "lose request":
                    self.sent.append(list(phone.outbox.values()))
                case "lose reply":
                    await self._push(phone)
                case "late copy" if self.sent:
                    await self._deliver(self.source.choice(self.sent))
                case "back up phone":
                    self.phone_copies[number] = copy.deepcopy(phone)
                case "restore phone" if number in self.phone_copies:
                    self.phones[number] = copy.deepcopy(self.phone_copies[number])
                case "back up server":
                    await self.controls.back_up()
                case "restore server":
                    await self.controls.restore()
                    self.kept = {}
                case "wipe server":
                    await self.controls.wipe()
                    self.kept = {}
                case "fill account":
                    await self.controls.limit(len(await self.server.live_ids()))
                case "raise quota":
                    await self.controls.limit(ROOMY.records)

    async def _sync(self, phone: ModelPhone) -> None:
        await phone.pull(self.server)
        phone.seal()
        phone.noted(await self._push(phone))
        await self.server.remove(phone.removable())

    def _edit(self, phone: ModelPhone, entry: int, name: int) -> None:
        self.written += 1
        phone.edit(ENTRIES[entry], f"field-{name}", f"text {self.written}", now=self.written)

    async def _push(self, phone: ModelPhone) -> Mapping[str, Outcome]:
        self.sent.append(list(phone.outbox.values()))
        return await phone.push(self)

    async def push(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Push to the server, and remember what it acknowledges."""
        return await self._deliver(records)

    async def live_ids(self) -> Sequence[LiveId]:
        return await self.server.live_ids()

    async def fetch(self, ids: Collection[str]) -> Sequence[Record]:
        return await self.server.fetch(ids)

    async def changes(self, since: str) -> Changes:
        return await self.server.changes(since)

    async def remove(self, ids: Collection[str]) -> int:
        return await self.server.remove(ids)

    async def _deliver(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        outcomes = await self.server.push(records)
        for record in records:
            if outcomes[record.id] in (Outcome.STORED, Outcome.SAME):
                state = State.opened(record.sealed)
                self.kept[record.entry] = self.kept.get(record.entry, State()).merge(state)
        return outcomes

    async def settle_down(self) -> None:
        """Sync all phones until none has anything to push or to remove."""
        for _ in range(12):
            if not any([await phone.sync(self.server) for phone in self.phones]):
                return
        raise AssertionError("the phones never come to rest")

    async def check(self) -> None:
        """Settle down. Check that nothing is lost, and that all phones and the server agree.

        What was deleted is gone from all of them, and nothing of it is left on the server.
        """
        await self.controls.limit(ROOMY.records)
        live = await self.server.fetch([live_id.id for live_id in await self.server.live_ids()])
        known: dict[str, State] = {}
        for entry, state in [
            *self.kept.items(),
            *((record.entry, State.opened(record.sealed)) for record in live),
            *(item for phone in self.phones for item in phone.entries.items()),
        ]:
            known[entry] = known.get(entry, State()).merge(state)
        expected = after_removal(known)

        await self.settle_down()

        for phone in self.phones:
            assert phone.entries == expected
        left = await self.server.fetch([live_id.id for live_id in await self.server.live_ids()])
        assert {record.entry: State.opened(record.sealed) for record in left} == expected
        assert len(left) == len(expected)


def after_removal(known: Mapping[str, State]) -> dict[str, State]:
    """Return the entries that are left when every deleted one has been listed and removed."""
    listed = {entry for shard in SHARDS for entry in known.get(shard, State()).listed}
    deleted = listed | {entry for entry, state in known.items() if state.deleted}
    left = {entry: state for entry, state in known.items() if entry not in deleted}
    for entry in deleted:
        shard, listing = shard_of(entry), State(listed=frozenset({entry}))
        left[shard] = left.get(shard, State()).merge(listing)
    return left
