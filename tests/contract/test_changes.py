"""The contract of a RecordStore: what has changed since a digest, and records removed for good."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from hearth_cft.records import (
    AccountErasedError,
    AccountMissingError,
    Changes,
    Limits,
    RecordStore,
    digest_sum,
    set_digest,
)
from tests.contract.conftest import Opener
from tests.contract.test_record_store import an_account, contents
from tests.samples import ROOMY, a_record, new_account, new_id

EMPTY = set_digest(0)


def digest_of(ids: Iterable[str]) -> str:
    return set_digest(digest_sum(ids))


def applied(changes: Changes, old: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of each id after the changes, as a phone would compute it."""
    added = {live_id.id: live_id.entry for live_id in changes.added}
    if changes.complete:
        assert not changes.gone
        return added
    assert old.keys().isdisjoint(added)
    assert old.keys() >= set(changes.gone)
    kept = {record_id: entry for record_id, entry in old.items() if record_id not in changes.gone}
    return {**kept, **added}


async def test_the_changes_since_any_earlier_digest_lead_to_what_is_live(opener: Opener) -> None:
    source = random.Random(11)
    states: list[dict[str, str]] = [{}]
    async with opener(ROOMY) as store:
        account = await an_account(store)
        for step in range(80):
            live = await contents(store, account)
            if live and source.random() < 0.4:
                ids = [record.id for record in source.sample(live, source.randint(1, len(live)))]
                assert await store.remove(account, [*ids[:50], new_id(source)]) == len(ids[:50])
            else:
                old = source.sample(live, min(len(live), source.randint(0, 2)))
                entry = old[0].entry if old else None
                siblings = [record for record in old if record.entry == entry]
                await store.push(account, [a_record(entry=entry, supersedes=siblings), a_record()])
            states.append({each.id: each.entry for each in await store.live_ids(account)})
            if step % 9 == 0:
                await store.changes(account, digest_of(source.choice(states)))

        for state in states:
            changes = await store.changes(account, digest_of(state))
            assert not changes.complete
            assert applied(changes, state) == states[-1]
            assert changes.digest == digest_of(states[-1])

    async with opener(ROOMY) as store:
        for state in states:
            assert applied(await store.changes(account, digest_of(state)), state) == states[-1]


async def test_since_a_digest_that_never_was_everything_is_listed(store: RecordStore) -> None:
    account = await an_account(store)
    await store.push(account, [a_record(), a_record()])

    changes = await store.changes(account, digest_of([new_id()]))

    assert changes.complete
    assert list(changes.added) == list(await store.live_ids(account))
    assert (changes.digest, list(changes.gone)) == (
        digest_of(live_id.id for live_id in changes.added),
        [],
    )


async def test_a_phone_that_has_everything_is_told_nothing(opener: Opener) -> None:
    async with opener(ROOMY) as store:
        account = await an_account(store)
        assert await store.changes(account, EMPTY) == Changes(EMPTY, [], (), complete=False)
        await store.push(account, [a_record(), a_record()])
        digest = (await store.changes(account, EMPTY)).digest

        assert await store.changes(account, digest) == Changes(digest, [], (), complete=False)

    async with opener(ROOMY) as store:
        assert await store.changes(account, digest) == Changes(digest, [], (), complete=False)


async def test_what_came_and_went_since_is_not_named(store: RecordStore) -> None:
    account, old = await an_account(store), a_record()
    await store.push(account, [old])
    digest = (await store.changes(account, EMPTY)).digest
    middle = a_record(entry=old.entry, supersedes=[old])
    await store.push(account, [middle])
    new = a_record(entry=old.entry, supersedes=[middle])
    await store.push(account, [new])

    changes = await store.changes(account, digest)

    assert [live_id.id for live_id in changes.added] == [new.id]
    assert list(changes.gone) == [old.id]


async def test_removed_records_are_gone_after_a_new_start_too(opener: Opener) -> None:
    records = [a_record() for _ in range(4)]
    async with opener(ROOMY) as store:
        account = await an_account(store)
        await store.push(account, records)

        assert await store.remove(account, [records[1].id, records[2].id, new_id()]) == 2
        assert await store.remove(account, [records[1].id]) == 0
        left = await contents(store, account)

    assert {record.id for record in left} == {records[0].id, records[3].id}
    async with opener(ROOMY) as store:
        assert await contents(store, account) == left


async def test_removing_needs_no_room_and_makes_room(opener: Opener) -> None:
    records = [a_record(), a_record()]
    async with opener(ROOMY) as store:
        account = await an_account(store)
        await store.push(account, records)

    async with opener(Limits(free_space_floor=1 << 62)) as store:
        assert await store.remove(account, [records[0].id]) == 1
    async with opener(replace(ROOMY, records=1, account_bytes=10)) as store:
        assert await store.remove(account, [records[1].id]) == 1
    async with opener(replace(ROOMY, records=1)) as store:
        assert list((await store.push(account, [records[0]])).values()) == ["stored"]


async def test_pushes_and_removals_take_effect_in_the_order_of_the_calls(
    store: RecordStore,
) -> None:
    account = await an_account(store)
    records = [a_record() for _ in range(20)]

    results = await asyncio.gather(
        *(
            change
            for record in records
            for change in (
                store.push(account, [record]),
                store.remove(account, [record.id]),
                store.push(account, [record]),
            )
        )
    )

    assert results[1::3] == [1] * len(records)
    assert len(await store.live_ids(account)) == len(records)


async def test_without_an_account_nothing_is_removed_and_nothing_has_changed(
    store: RecordStore,
) -> None:
    missing, erased = new_account(), await an_account(store)
    await store.erase_account(erased)

    for account, error in ((missing, AccountMissingError), (erased, AccountErasedError)):
        with pytest.raises(error):
            await store.remove(account, [new_id()])
        with pytest.raises(error):
            await store.changes(account, EMPTY)


async def test_a_removal_that_waits_while_the_account_is_erased_is_told_so(
    store: RecordStore,
) -> None:
    account, record = await an_account(store), a_record()
    await store.push(account, [record])

    _, removal = await asyncio.gather(
        store.erase_account(account), store.remove(account, [record.id]), return_exceptions=True
    )

    assert removal == 1 or isinstance(removal, AccountErasedError)
