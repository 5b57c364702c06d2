"""Define records and accounts, and the rules for which record supersedes which.

A record is one sealed, complete state of an entry. An entry is one filled-in worksheet or one
practice note. The server never opens a record. Record ids, entry ids, keys and sealed bytes are
strings of unpadded base64url here, as in the requests and responses. This module uses neither HTTP
nor files.
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

# The patterns accept canonical text only: the unused bits of the last character must be zero.
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
"""An AES-256-GCM message is at least as long as its IV and its tag together."""

# About three quarters of the memory that the server needs for one superseded id. These ids count
# towards the account's limit, so a client can't fill the memory with ids alone. The first one of a
# record is free, so that a full account can still replace any record with one of the same length.
_SUPERSEDED_ID_BYTES = 160


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an account, an address, a day and the disk. Sizes are in bytes."""

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
    """An error about accounts or records that the caller must handle.

    The message never contains an account id, because it may be logged.
    """


class AccountMissingError(RecordsError):
    """There is no such account."""

    def __init__(self) -> None:
        super().__init__("no such account")


class AccountExistsError(RecordsError):
    """The account exists and belongs to another key."""

    def __init__(self) -> None:
        super().__init__("the account exists and belongs to another key")


class AccountErasedError(RecordsError):
    """The account was erased deliberately and permanently."""

    def __init__(self) -> None:
        super().__init__("the account was erased")


class StoreError(Exception):
    """The store can't be opened or used.

    If the store can't be opened, the message says on one line what is wrong and where.
    """


class NoSpaceError(StoreError):
    """The disk is full, or its free space is below `Limits.free_space_floor`.

    Nothing was changed.
    """


class StoreUnavailableError(StoreError):
    """The store can't guarantee durability at the moment. Nothing was acknowledged.

    `retry_after`: the number of seconds to wait before trying again.
    """

    def __init__(self, reason: str, retry_after: int = 30) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Record:
    """One sealed state of an entry. `supersedes` is in ascending order of the ids' bytes."""

    id: str
    entry: str
    supersedes: tuple[str, ...]
    sealed: str

    @property
    def sealed_bytes(self) -> int:
        """Return the length in bytes of `sealed` after decoding."""
        return len(self.sealed) * 3 // 4

    @property
    def size(self) -> int:
        """Return the number of bytes that count towards `Limits.account_bytes`."""
        return size_of(self.sealed, self.supersedes)


def size_of(sealed: str, supersedes: Sequence[str]) -> int:
    """Return the number of bytes of such a record that count towards `Limits.account_bytes`."""
    return len(sealed) * 3 // 4 + _SUPERSEDED_ID_BYTES * max(0, len(supersedes) - 1)


@dataclass(frozen=True, slots=True)
class LiveId:
    """A live record without its contents. A record is live if no other record supersedes it."""

    id: str
    entry: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed in an account since a set of live records.

    `digest` is the set digest of the records that are live now. If `complete` is true, the earlier
    set isn't known, and `added` lists all live records. Otherwise `added` and `gone` are the net
    effect: they don't name a record that has come and gone since.
    """

    digest: str
    added: Sequence[LiveId]
    gone: Sequence[str]
    complete: bool


class Outcome(StrEnum):
    """The result of pushing one record."""

    STORED = "stored"
    SAME = "same"
    SUPERSEDED = "superseded"
    CLASH = "clash"
    TOO_LARGE = "too_large"
    QUOTA = "quota"


class LiveRecords(Protocol):
    """The live records of one account, with the methods that `settle` needs."""

    @property
    def live_count(self) -> int: ...

    @property
    def live_size(self) -> int:
        """Return the sum of the records' sizes in bytes."""

    def find(self, record_id: str) -> Record | None: ...

    def superseders(self, entry: str, record_id: str) -> int:
        """Return how many live records of the entry supersede this id."""


class Draft:
    """Live records with unsaved changes on top.

    The cost depends on what the changes touch, not on the size of the account. `removed` and `put`
    are the changes to `base`. Remove the records in `removed` first, then put those in `put`.
    """

    def __init__(self, base: LiveRecords) -> None:
        self._base = base
        self._superseders: dict[tuple[str, str], int] = {}
        """How many superseders each id has gained, by entry and id. The number can be negative."""
        self.put: dict[str, Record] = {}
        self.removed: set[str] = set()
        self.live_count = base.live_count
        self.live_size = base.live_size

    def find(self, record_id: str) -> Record | None:
        """Return the live record with this id, or None if there is none."""
        if record_id in self.put:
            return self.put[record_id]
        return None if record_id in self.removed else self._base.find(record_id)

    def superseders(self, entry: str, record_id: str) -> int:
        """Return how many live records of the entry supersede this id."""
        gained = self._superseders.get((entry, record_id), 0)
        return self._base.superseders(entry, record_id) + gained

    def add(self, record: Record) -> None:
        """Add a record whose id is not live."""
        self.put[record.id] = record
        self._count(record, 1)

    def remove(self, record: Record) -> None:
        """Remove a live record."""
        if self.put.pop(record.id, None) is None:
            self.removed.add(record.id)
        self._count(record, -1)

    def _count(self, record: Record, sign: int) -> None:
        self.live_count += sign
        self.live_size += sign * record.size
        for superseded_id in record.supersedes:
            key = record.entry, superseded_id
            self._superseders[key] = self._superseders.get(key, 0) + sign

    def absorb(self, later: Draft) -> None:
        """Apply the changes of a draft whose base is this draft."""
        for record_id in later.removed:
            if record := self.find(record_id):
                self.remove(record)
        for record in later.put.values():
            self.add(record)

    @property
    def changed(self) -> bool:
        """Return whether there is anything to store."""
        return bool(self.put or self.removed)


def settle(draft: Draft, records: Iterable[Record], limits: Limits) -> dict[str, Outcome]:
    """Decide the outcome of each pushed record in turn. Put the changes in the draft.

    Returns the outcomes by record id.
    """
    return {record.id: _settle_record(draft, record, limits) for record in records}


def remove(draft: Draft, ids: Iterable[str]) -> int:
    """Remove the live records with these ids from the draft. Return how many there were."""
    before = draft.live_count
    for record_id in ids:
        if record := draft.find(record_id):
            draft.remove(record)
    return before - draft.live_count


def _settle_record(draft: Draft, record: Record, limits: Limits) -> Outcome:
    known = draft.find(record.id)
    if known is not None:
        return Outcome.SAME if known == record else Outcome.CLASH
    # A late copy of a superseded record must not become live again.
    if draft.superseders(record.entry, record.id):
        return Outcome.SUPERSEDED
    if record.sealed_bytes > MAX_SEALED_BYTES:
        return Outcome.TOO_LARGE
    replaced = _superseded_by(record, draft)
    # A change that makes the account smaller is always allowed. An account may be over its limit,
    # because the service has lowered the limit.
    added_count = 1 - len(replaced)
    added_size = record.size - sum([sibling.size for sibling in replaced])
    if added_count > 0 and draft.live_count + added_count > limits.records:
        return Outcome.QUOTA
    if added_size > 0 and draft.live_size + added_size > limits.account_bytes:
        return Outcome.QUOTA
    for sibling in replaced:
        draft.remove(sibling)
    draft.add(record)
    return Outcome.STORED


def _superseded_by(record: Record, draft: Draft) -> list[Record]:
    # The cost depends on the record alone. An entry may have any number of live records.
    found = map(draft.find, dict.fromkeys(record.supersedes))
    return [sibling for sibling in found if sibling and sibling.entry == record.entry]


def from_base64url(text: str) -> bytes:
    """Decode unpadded base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base64url(data: bytes) -> str:
    """Encode bytes as unpadded base64url."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def digest_sum(ids: Iterable[str]) -> int:
    """Return the sum of the SHA-256 of each id's 16 bytes, as `set_digest` needs it.

    To keep a set's sum up to date, add the sum of the ids that come and subtract the sum of those
    that go.
    """
    return sum(
        int.from_bytes(hashlib.sha256(from_base64url(record_id)).digest()) for record_id in ids
    )


def set_digest(total: int) -> str:
    """Return the digest of a set whose ids have this sum: 32 bytes as unpadded base64url."""
    return to_base64url((total % (1 << 256)).to_bytes(32))


def auth_digest(auth: bytes) -> str:
    """Return the digest of an account's key, in hex.

    The server stores only this digest. The digest can verify the key, but can't be used as a key.
    """
    return hashlib.sha256(b"hearth/v1/auth" + auth).hexdigest()


def account_digest(account_id: str) -> str:
    """Return the SHA-256 of an account id, in hex. Only this remains of an erased account."""
    return hashlib.sha256(account_id.encode()).hexdigest()


class RecordStore(Protocol):
    """A store of accounts and their sealed records.

    Every method except `signing_key` raises StoreUnavailableError if it can't guarantee durability.
    When a method returns, its changes are complete and survive a power cut.
    """

    async def signing_key(self) -> bytes:
        """Return the 32 secret bytes that sign tokens.

        They are the same on every node and after every restart.
        """

    async def check(self) -> None:
        """Raise StoreError if the store can't take a new record now."""

    async def create_account(self, account_id: str, auth: str) -> bool:
        """Create an account that belongs to the key with the digest `auth`.

        Returns False if the account exists already and belongs to this digest.
        Raises AccountExistsError, AccountErasedError, NoSpaceError.
        """

    async def auth_of(self, account_id: str) -> str | None:
        """Return the digest that the account belongs to, or None if there is no such account.

        Raises AccountErasedError.
        """

    async def live_ids(self, account_id: str) -> Sequence[LiveId]:
        """List the live records in ascending order of their ids.

        Raises AccountMissingError, AccountErasedError.
        """

    async def fetch(self, account_id: str, ids: Collection[str]) -> Sequence[Record]:
        """Return the live records with these ids, in the order of `ids`.

        Raises AccountMissingError, AccountErasedError.
        """

    async def push(self, account_id: str, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records in one durable commit, and return the outcomes by record id.

        Raises AccountMissingError, AccountErasedError, NoSpaceError.
        """

    async def changes(self, account_id: str, since: str) -> Changes:
        """Return what has changed since the live records had the set digest `since`.

        Raises AccountMissingError, AccountErasedError.
        """

    async def remove(self, account_id: str, ids: Collection[str]) -> int:
        """Remove live records in one durable commit, and return how many were removed.

        Ids that aren't live are ignored. Removing works below the free-space floor and in an
        account that is over its limits. A removed record that is pushed again is stored.
        Raises AccountMissingError, AccountErasedError.
        """

    async def erase_account(self, account_id: str) -> None:
        """Remove the account and all its records. Keep only the digest of its id.

        Does nothing if the account was erased already. Raises AccountMissingError.
        """
