"""The rules of records, without a store: which records supersede others, and the limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.records import (
    ACCOUNT_PATTERN,
    AUTH_PATTERN,
    BYTES_PATTERN,
    ID_PATTERN,
    MAX_SEALED_BYTES,
    Draft,
    Limits,
    Outcome,
    Record,
    auth_digest,
    digest_sum,
    from_base64url,
    remove,
    set_digest,
    settle,
)
from tests.samples import ROOMY, a_record, base64url, new_account, new_id

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sync-v1.json").read_text())


class Live:
    """An account's live records in a dict."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records = {record.id: record for record in records}

    @property
    def live_count(self) -> int:
        return len(self.records)

    @property
    def live_size(self) -> int:
        return sum(record.size for record in self.records.values())

    def find(self, record_id: str) -> Record | None:
        return self.records.get(record_id)

    def superseders(self, entry: str, record_id: str) -> int:
        live = self.records.values()
        return sum(record.entry == entry and record_id in record.supersedes for record in live)

    def push(self, *records: Record, limits: Limits = ROOMY) -> list[str]:
        draft = Draft(self)
        outcomes = settle(draft, records, limits)
        for record_id in draft.removed:
            del self.records[record_id]
        self.records |= draft.put
        assert (draft.live_count, draft.live_size) == (self.live_count, self.live_size)
        return [str(outcome) for outcome in outcomes.values()]


def test_a_new_record_is_stored() -> None:
    live, record = Live(), a_record()

    assert live.push(record) == ["stored"]
    assert live.find(record.id) == record


def test_the_same_bytes_again_change_nothing() -> None:
    live, record = Live(), a_record()

    assert [*live.push(record), *live.push(record)] == ["stored", "same"]
    assert live.live_count == 1


@pytest.mark.parametrize("part", ["entry", "supersedes", "sealed"])
def test_the_same_id_with_anything_else_in_it_is_a_clash(part: str) -> None:
    record = a_record()
    live = Live([record])
    other = {"entry": new_id(), "supersedes": (new_id(),), "sealed": base64url(b"x" * 100)}

    assert live.push(replace(record, **{part: other[part]})) == ["clash"]
    assert live.find(record.id) == record


def test_a_record_takes_the_place_of_those_it_supersedes() -> None:
    first = a_record()
    second = a_record(entry=first.entry)
    live = Live([first, second])
    third = a_record(entry=first.entry, supersedes=[first, second])

    assert live.push(third) == ["stored"]
    assert list(live.records) == [third.id]


def test_a_push_that_supersedes_an_unmerged_record_leaves_it_alone() -> None:
    merged = a_record()
    unmerged = a_record(entry=merged.entry)
    live = Live([merged, unmerged])
    newer = a_record(entry=merged.entry, supersedes=[merged])

    live.push(newer)

    assert set(live.records) == {unmerged.id, newer.id}


def test_a_record_never_supersedes_another_entry() -> None:
    elsewhere = a_record()
    live = Live([elsewhere])

    live.push(a_record(supersedes=[elsewhere]))

    assert live.find(elsewhere.id) == elsewhere


def test_a_late_copy_of_a_superseded_record_stays_dead() -> None:
    old = a_record()
    live = Live([old])
    new = a_record(entry=old.entry, supersedes=[old])

    assert live.push(new) == ["stored"]
    assert live.push(old) == ["superseded"]
    assert list(live.records) == [new.id]


def test_a_record_that_arrives_before_what_it_supersedes_keeps_it_out() -> None:
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])

    assert Live().push(new, old) == ["stored", "superseded"]


def test_records_of_one_push_are_settled_in_turn() -> None:
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    live = Live()

    assert live.push(old, new) == ["stored", "stored"]
    assert list(live.records) == [new.id]


def test_more_than_64_kib_sealed_is_too_large() -> None:
    live = Live()

    assert live.push(a_record(size=MAX_SEALED_BYTES)) == ["stored"]
    assert live.push(a_record(size=MAX_SEALED_BYTES + 1)) == ["too_large"]


def test_beyond_the_quota_of_records_the_others_of_a_push_are_stored() -> None:
    live, limits = Live(), Limits(records=2)

    assert live.push(a_record(), a_record(), a_record(), limits=limits) == [
        "stored",
        "stored",
        "quota",
    ]


def test_an_account_at_its_quota_can_still_change_what_it_has() -> None:
    old = a_record(size=1000)
    live, limits = Live([old]), Limits(records=1, account_bytes=1000)

    assert live.push(a_record(entry=old.entry, supersedes=[old], size=1000), limits=limits) == [
        "stored"
    ]


def test_beyond_the_quota_of_bytes_a_record_is_refused() -> None:
    live, limits = Live(), Limits(account_bytes=1000)

    assert live.push(a_record(size=600), a_record(size=600), limits=limits) == ["stored", "quota"]


def test_an_account_above_a_lowered_quota_can_shrink() -> None:
    records = [a_record(size=1000) for _ in range(3)]
    live, limits = Live(records), Limits(records=1, account_bytes=100)

    smaller = a_record(entry=records[0].entry, supersedes=records[:1], size=50)

    assert live.push(smaller, limits=limits) == ["stored"]


def test_ids_of_superseded_records_count_against_the_quota() -> None:
    superseded = [a_record() for _ in range(100)]

    assert Live().push(
        a_record(supersedes=superseded, size=28), limits=Limits(account_bytes=2800)
    ) == [Outcome.QUOTA]


def test_a_draft_on_a_draft_is_the_same_as_one_after_the_other() -> None:
    old = a_record()
    live = Live([old])
    middle = a_record(entry=old.entry, supersedes=[old])
    new = a_record(entry=old.entry, supersedes=[middle])
    below = Draft(live)

    for record in (middle, new):
        above = Draft(below)
        settle(above, [record], ROOMY)
        below.absorb(above)

    assert (set(below.put), below.removed) == ({new.id}, {old.id})
    assert (below.live_count, below.live_size) == (1, new.size)


def test_limits_below_zero_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="account_bytes must be 0 or more"):
        Limits(account_bytes=-1)


@pytest.mark.parametrize("vector", VECTORS["keys"])
def test_the_vectors_keys_are_read_as_the_phone_writes_them(vector: dict[str, str]) -> None:
    assert re.fullmatch(ACCOUNT_PATTERN, vector["account"])
    assert re.fullmatch(AUTH_PATTERN, vector["auth"])
    assert auth_digest(from_base64url(vector["auth"])) == vector["auth_digest"]


@pytest.mark.parametrize("vector", VECTORS["records"])
def test_the_vectors_records_are_ids_and_bytes_in_canonical_form(vector: dict[str, object]) -> None:
    record = vector["record"]
    assert isinstance(record, dict)

    ids = [record["id"], record["entry"], *record["supersedes"]]
    assert all(re.fullmatch(ID_PATTERN, record_id) for record_id in ids)
    assert re.fullmatch(BYTES_PATTERN, record["sealed"])
    assert record["supersedes"] == sorted(record["supersedes"], key=from_base64url)


def test_random_ids_are_canonical_and_other_spellings_of_them_are_not() -> None:
    assert re.fullmatch(ID_PATTERN, new_id())
    assert re.fullmatch(ACCOUNT_PATTERN, new_account())
    assert not re.fullmatch(ID_PATTERN, "A" * 21 + "B")
    assert not re.fullmatch(ACCOUNT_PATTERN, "a" * 25 + "b")
    assert not re.fullmatch(AUTH_PATTERN, "A" * 42 + "B")
    assert not re.fullmatch(BYTES_PATTERN, "AAAAA")
    assert not re.fullmatch(BYTES_PATTERN, "AAAAAB")


@pytest.mark.parametrize("vector", VECTORS["set_digests"])
def test_a_set_digest_is_what_the_vectors_say(vector: dict[str, Any]) -> None:
    assert set_digest(digest_sum(vector["ids"])) == vector["digest"]


def test_removing_takes_the_live_records_and_ignores_the_rest() -> None:
    live = Live([a_record(), a_record()])
    kept, removed = live.records.values()
    draft = Draft(live)

    assert remove(draft, [removed.id, removed.id, new_id()]) == 1

    assert draft.removed == {removed.id}
    assert (draft.live_count, draft.live_size) == (1, kept.size)


class Watched(Live):
    """Live records that count how many of them are read."""

    reads = 0

    def find(self, record_id: str) -> Record | None:
        self.reads += 1
        return super().find(record_id)

    def superseders(self, entry: str, record_id: str) -> int:
        self.reads += 1
        return 0


def test_the_cost_of_a_push_does_not_depend_on_the_live_records_of_the_entry() -> None:
    entry = new_id()
    live = Watched(a_record(entry=entry, size=28) for _ in range(300))
    pushed = [a_record(entry=entry, supersedes=[a_record() for _ in range(5)]) for _ in range(20)]

    settle(Draft(live), pushed, ROOMY)

    assert live.reads <= sum(2 + len(record.supersedes) for record in pushed)


IDS = [new_id() for _ in range(8)]
PUSHED = st.builds(
    lambda number, entry, superseded: Record(
        IDS[number], IDS[entry], tuple(sorted(map(IDS.__getitem__, superseded))), "A" * 38
    ),
    st.integers(0, 7),
    st.integers(0, 1),
    st.sets(st.integers(0, 7), max_size=4),
)


@given(st.lists(st.lists(PUSHED, max_size=4), max_size=6), st.integers(0, 7))
def test_pushes_settle_as_the_rules_say(pushes: list[list[Record]], removed: int) -> None:
    live, expected = Live(), dict[str, Record]()
    for push in pushes:
        draft = Draft(live)
        later = Draft(draft)
        outcomes = [
            outcome for record in push for outcome in settle(later, [record], ROOMY).items()
        ]
        remove(later, [IDS[removed]])
        draft.absorb(later)
        for record_id in draft.removed:
            del live.records[record_id]
        live.records |= draft.put

        assert outcomes == [(record.id, plainly_settled(expected, record)) for record in push]
        expected.pop(IDS[removed], None)
        assert live.records == expected
        assert (draft.live_count, draft.live_size) == (live.live_count, live.live_size)


def plainly_settled(live: dict[str, Record], record: Record) -> str:
    """Settle a record with a look at every live record of its entry."""
    if record.id in live:
        return "same" if live[record.id] == record else "clash"
    siblings = [sibling for sibling in live.values() if sibling.entry == record.entry]
    if any(record.id in sibling.supersedes for sibling in siblings):
        return "superseded"
    for sibling in siblings:
        if sibling.id in record.supersedes:
            del live[sibling.id]
    live[record.id] = record
    return "stored"
