"""Random histories of phones and a server, and the conditions that hold after each of them."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from hearth_cft.records import Outcome, Record
from tests.model_client import ModelPhone, Server, State

PHONES, FIELDS = 3, 2
ENTRIES = ("the morning's worksheet", "the evening's note")

STEPS = (
    "edit", "edit", "edit", "edit and seal", "edit and seal", "delete", "replace phone",
    "sync", "sync", "sync", "pull", "seal", "push", "push", "push and replace phone",
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
    """Functions that back up, restore and wipe the server of a history."""

    back_up: Callable[[], Awaitable[None]]
    restore: Callable[[], Awaitable[None]]
    wipe: Callable[[], Awaitable[None]]


@dataclass
class World:
    """Phones, a server, and all requests that were sent. Any of these can arrive late."""

    server: Server
    controls: Controls
    source: random.Random = field(default_factory=lambda: random.Random(1))
    phones: list[ModelPhone] = field(default_factory=list)
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
                    phone.seal(await self.server.live_ids())
                case "delete":
                    phone.delete(ENTRIES[entry])
                case "replace phone":
                    self.phones[number] = self._new_phone()
                case "sync":
                    phone.seal(await phone.pull(self.server))
                    phone.noted(await self._push(phone))
                case "pull":
                    await phone.pull(self.server)
                case "seal":
                    phone.seal(await self.server.live_ids())
                case "push":
                    phone.noted(await self._push(phone))
                case "push and replace phone":
                    await self._push(phone)
                    self.phones[number] = self._new_phone()
                case "lose request":
                    self.sent.append(list(phone.outbox.values()))
                case "lose reply":
                    await self._push(phone)
                case "late copy" if self.sent:
                    await self._deliver(self.source.choice(self.sent))
                case "back up server":
                    await self.controls.back_up()
                case "restore server":
                    await self.controls.restore()
                    self.kept = {}
                case "wipe server":
                    await self.controls.wipe()
                    self.kept = {}

    def _edit(self, phone: ModelPhone, entry: int, name: int) -> None:
        self.written += 1
        phone.edit(ENTRIES[entry], f"field-{name}", f"text {self.written}")

    async def _push(self, phone: ModelPhone) -> Mapping[str, Outcome]:
        records = list(phone.outbox.values())
        self.sent.append(records)
        return await self._deliver(records)

    async def _deliver(self, records: Sequence[Record]) -> Mapping[str, Outcome]:
        outcomes = await self.server.push(records)
        for record in records:
            if outcomes[record.id] in (Outcome.STORED, Outcome.SAME):
                state = State.opened(record.sealed)
                self.kept[record.entry] = self.kept.get(record.entry, State()).merge(state)
        return outcomes

    async def settle_down(self) -> None:
        """Sync all phones until none has anything to push."""
        for _ in range(12):
            if not any([await phone.sync(self.server) for phone in self.phones]):
                return
        raise AssertionError("the phones never stop pushing")

    async def check(self) -> None:
        """Settle down. Check that nothing is lost, and that all phones and the server agree."""
        live = await self.server.fetch([live_id.id for live_id in await self.server.live_ids()])
        expected: dict[str, State] = {}
        for entry, state in [
            *self.kept.items(),
            *((record.entry, State.opened(record.sealed)) for record in live),
            *(item for phone in self.phones for item in phone.entries.items()),
        ]:
            expected[entry] = expected.get(entry, State()).merge(state)

        await self.settle_down()

        for phone in self.phones:
            assert phone.entries == expected
        left = await self.server.fetch([live_id.id for live_id in await self.server.live_ids()])
        assert {record.entry: State.opened(record.sealed) for record in left} == expected
        assert len(left) == len(expected)
