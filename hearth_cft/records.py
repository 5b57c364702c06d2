"""What a backup holds and what supersedes what. Pure: it knows neither HTTP nor files.

A record is one sealed, complete state of an entry (one filled-in worksheet or one practice note).
Ids, keys and sealed bytes are unpadded base64url text here, as they travel; nothing on the server
ever opens a record.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Protocol

KIB = 1024
MIB = 1024 * KIB

# Canonical only: the bits of the last character that carry nothing must be zero.
_SYMBOL = "[A-Za-z0-9_-]"
ACCOUNT_PATTERN = "^[a-z2-7]{25}[aeimquy4]$"
"""16 bytes as lower-case RFC 4648 base32 without padding."""
ID_PATTERN = f"^{_SYMBOL}{{21}}[AQgw]$"
"""16 bytes as unpadded base64url."""
AUTH_PATTERN = f"^{_SYMBOL}{{42}}[AEIMQUYcgkosw048]$"
"""32 bytes as unpadded base64url."""
BYTES_PATTERN = f"^(?:{_SYMBOL}{{4}})*(?:{_SYMBOL}[AQgw]|{_SYMBOL}{{2}}[AEIMQUYcgkosw048])?$"
"""Any number of bytes as unpadded base64url."""

MAX_SEALED_BYTES = 64 * KIB
MIN_SEALED_BYTES = 12 + 16
"""An AES-256-GCM message is never shorter than its IV and its tag."""

# What a superseded id costs the server in memory, so that ids alone can't outgrow an account.
_SUPERSEDED_ID_BYTES = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What an account, an address and a day may take. Sizes are in bytes."""

    records: int = 2_000
    account_bytes: int = 10 * MIB
    accounts_per_address: int = 50
    accounts_a_day: int = 1_000
    free_space_floor: int = 100 * MIB

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 0:
                raise ValueError(f"{field.name} must be 0 or more")


class RecordsError(Exception):
    """Something about accounts or records that the caller has to be told.

    Messages never hold an account id: they may end in a log.
    """


class AccountMissingError(RecordsError):
    """There is no such account."""

    def __init__(self) -> None:
        super().__init__("no such account")


class AccountExistsError(RecordsError):
    """The account exists and belongs to another key."""

    def __init__(self) -> None:
        super().__init__("the account exists, with another key")


class AccountErasedError(RecordsError):
    """The account was erased, on purpose and for good."""

    def __init__(self) -> None:
        super().__init__("the account was erased")


class StoreError(Exception):
    """The store can't be opened; the message says in one line what is wrong and where."""


class NoSpaceError(StoreError):
    """The disk is full, or fuller than the free-space floor allows. Nothing was changed."""


class StoreUnavailableError(StoreError):
    """The store can't promise durability now. Nothing was acknowledged.

    `retry_after`: seconds after which trying again makes sense.
    """

    def __init__(self, reason: str, retry_after: int = 30) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Record:
    """One sealed state of an entry. `supersedes` is ascending by the ids' bytes."""

    id: str
    entry: str
    supersedes: tuple[str, ...]
    sealed: str

    @property
    def sealed_bytes(self) -> int:
        """The length of `sealed` in bytes."""
        return len(self.sealed) * 3 // 4

    @property
    def size(self) -> int:
        """What the record counts against `Limits.account_bytes`."""
        return size_of(self.sealed, self.supersedes)


def size_of(sealed: str, supersedes: Sequence[str]) -> int:
    """Give what a record of these parts counts against `Limits.account_bytes`."""
    return len(sealed) * 3 // 4 + _SUPERSEDED_ID_BYTES * len(supersedes)


@dataclass(frozen=True, slots=True)
class LiveId:
    """A record that nothing supersedes, without its contents."""

    id: str
    entry: str


class Outcome(StrEnum):
    """What became of one pushed record."""

    STORED = "stored"
    SAME = "same"
    SUPERSEDED = "superseded"
    CLASH = "clash"
    TOO_LARGE = "too_large"
    QUOTA = "quota"


class LiveRecords(Protocol):
    """The live records of one account, as much of them as the rules need."""

    @property
    def live_count(self) -> int: ...

    @property
    def live_size(self) -> int:
        """The sum of the records' sizes."""

    def find(self, record_id: str) -> Record | None: ...

    def of_entry(self, entry: str) -> Iterable[Record]: ...


class Draft:
    """Live records with changes on top that nobody has stored yet.

    Costs what the changes touch, not what the account holds. `put` and `removed` are the
    difference from `base`: remove first, then put.
    """

    def __init__(self, base: LiveRecords) -> None:
        self._base = base
        self._by_entry: dict[str, dict[str, Record]] = {}
        self.put: dict[str, Record] = {}
        self.removed: set[str] = set()
        self.live_count = base.live_count
        self.live_size = base.live_size

    def find(self, record_id: str) -> Record | None:
        """Give the live record of that id, if there is one."""
        if record_id in self.put:
            return self.put[record_id]
        return None if record_id in self.removed else self._base.find(record_id)

    def of_entry(self, entry: str) -> list[Record]:
        """Give the live records of the entry."""
        live = list(self._base.of_entry(entry))
        if self.removed:
            live = [record for record in live if record.id not in self.removed]
        if entry in self._by_entry:
            live += self._by_entry[entry].values()
        return live

    def add(self, record: Record) -> None:
        """Add a record whose id is not live."""
        self.put[record.id] = record
        self._by_entry.setdefault(record.entry, {})[record.id] = record
        self.live_count += 1
        self.live_size += record.size

    def remove(self, record: Record) -> None:
        """Remove a live record."""
        if self.put.pop(record.id, None) is None:
            self.removed.add(record.id)
        else:
            del self._by_entry[record.entry][record.id]
        self.live_count -= 1
        self.live_size -= record.size

    def absorb(self, later: Draft) -> None:
        """Take over the changes of a draft that was made on top of this one."""
        for record_id in later.removed:
            if record := self.find(record_id):
                self.remove(record)
        for record in later.put.values():
            self.add(record)

    @property
    def changed(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.put or self.removed)


def settle(draft: Draft, records: Iterable[Record], limits: Limits) -> dict[str, Outcome]:
    """Decide each pushed record in turn and note in the draft what has to be stored."""
    return {record.id: _settle_one(draft, record, limits) for record in records}


def _settle_one(draft: Draft, record: Record, limits: Limits) -> Outcome:
    known = draft.find(record.id)
    if known is not None:
        return Outcome.SAME if known == record else Outcome.CLASH
    siblings = draft.of_entry(record.entry)
    # A late copy of what another record has already taken in must not come back to life.
    if any([record.id in sibling.supersedes for sibling in siblings]):
        return Outcome.SUPERSEDED
    if record.sealed_bytes > MAX_SEALED_BYTES:
        return Outcome.TOO_LARGE
    replaced = _superseded_by(record, siblings) if siblings else []
    # What shrinks is always allowed, so that an account above a lowered limit can tidy up.
    more = 1 - len(replaced)
    larger = record.size - sum([sibling.size for sibling in replaced])
    if more > 0 and draft.live_count + more > limits.records:
        return Outcome.QUOTA
    if larger > 0 and draft.live_size + larger > limits.account_bytes:
        return Outcome.QUOTA
    for sibling in replaced:
        draft.remove(sibling)
    draft.add(record)
    return Outcome.STORED


def _superseded_by(record: Record, siblings: Iterable[Record]) -> list[Record]:
    superseded = frozenset(record.supersedes)
    return [sibling for sibling in siblings if sibling.id in superseded]


def from_base64url(text: str) -> bytes:
    """Give the bytes of unpadded base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def auth_digest(auth: bytes) -> str:
    """Give what the server keeps of an account's key, in hex: it proves, but can't be used."""
    return hashlib.sha256(b"hearth/v1/auth" + auth).hexdigest()


def account_digest(account_id: str) -> str:
    """Give what is left of an erased account: SHA-256 of its id, in hex."""
    return hashlib.sha256(account_id.encode()).hexdigest()


class RecordStore(Protocol):
    """Where accounts and their sealed records are kept.

    Every method but `signing_key` raises StoreUnavailableError when it can't promise durability.
    What returns has happened and survives a power cut.
    """

    async def signing_key(self) -> bytes:
        """Give the 32 secret bytes that sign tokens, the same for every node and every start."""

    async def check(self) -> None:
        """Raise StoreError if the store could not take a new record now."""

    async def create_account(self, account_id: str, auth: str) -> bool:
        """Make an account that belongs to a digest; False if it exists and belongs to it already.

        Raises AccountExistsError, AccountErasedError, NoSpaceError.
        """

    async def auth_of(self, account_id: str) -> str | None:
        """Give the digest that the account belongs to; None if there is no such account.

        Raises AccountErasedError.
        """

    async def live_ids(self, account_id: str) -> Sequence[LiveId]:
        """List the live records, ascending by id.

        Raises AccountMissingError, AccountErasedError.
        """

    async def fetch(self, account_id: str, ids: Collection[str]) -> Sequence[Record]:
        """Give the live records among `ids`, in that order.

        Raises AccountMissingError, AccountErasedError.
        """

    async def push(self, account_id: str, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records in one durable commit.

        Raises AccountMissingError, AccountErasedError, NoSpaceError.
        """

    async def erase_account(self, account_id: str) -> None:
        """Remove the account and all its records, leaving only the digest of its id.

        Does nothing to an account that has been erased. Raises AccountMissingError.
        """
