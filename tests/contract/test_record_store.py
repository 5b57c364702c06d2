"""The contract that every RecordStore must meet."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest

from hearth_cft.records import (
    AccountErasedError,
    AccountExistsError,
    AccountMissingError,
    Limits,
    NoSpaceError,
    Record,
    RecordStore,
    StoreUnavailableError,
)
from tests.contract.conftest import Opener
from tests.samples import ROOMY, a_record, new_account, new_auth, new_id

_, AUTH = new_auth()


async def an_account(store: RecordStore) -> str:
    account = new_account()
    await store.create_account(account, AUTH)
    return account


async def contents(store: RecordStore, account: str) -> list[Record]:
    live = await store.live_ids(account)
    return list(await store.fetch(account, [live_id.id for live_id in live]))


async def test_an_account_is_made_once(store: RecordStore) -> None:
    account = new_account()

    assert await store.auth_of(account) is None
    assert await store.create_account(account, AUTH) is True
    assert await store.create_account(account, AUTH) is False
    assert await store.auth_of(account) == AUTH


async def test_an_account_that_belongs_to_another_key_is_not_given_away(store: RecordStore) -> None:
    account = await an_account(store)

    with pytest.raises(AccountExistsError):
        await store.create_account(account, new_auth()[1])

    assert await store.auth_of(account) == AUTH


async def test_of_two_who_make_the_same_account_at_once_one_gets_it(store: RecordStore) -> None:
    account = new_account()

    results = await asyncio.gather(
        *(store.create_account(account, new_auth()[1]) for _ in range(5)), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["AccountExistsError"] * 4 + [
        "bool"
    ]


async def test_what_was_pushed_is_listed_and_fetched_byte_for_byte(store: RecordStore) -> None:
    account = await an_account(store)
    records = [a_record(supersedes=[a_record(), a_record()]) for _ in range(3)]

    outcomes = await store.push(account, records)

    assert outcomes == {record.id: "stored" for record in records}
    live = await store.live_ids(account)
    assert [(live_id.id, live_id.entry) for live_id in live] == sorted(
        (record.id, record.entry) for record in records
    )
    assert list(await store.fetch(account, [record.id for record in records])) == records


async def test_a_fetch_leaves_out_what_is_not_live(store: RecordStore) -> None:
    account = await an_account(store)
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    await store.push(account, [old, new])

    assert list(await store.fetch(account, [old.id, new_id(), new.id])) == [new]


async def test_every_outcome_is_told_in_the_same_push(opener: Opener) -> None:
    async with opener(replace(ROOMY, records=3)) as store:
        account = await an_account(store)
        old, kept = a_record(), a_record()
        new = a_record(entry=old.entry, supersedes=[old])
        await store.push(account, [old, new, kept])
        other = replace(a_record(), id=kept.id)
        large, stored, over = a_record(size=70_000), a_record(), a_record()

        first = await store.push(account, [kept, old, large, stored, over])
        second = await store.push(account, [other])

    assert list(first.values()) == ["same", "superseded", "too_large", "stored", "quota"]
    assert second == {kept.id: "clash"}


async def test_records_of_one_account_are_not_seen_by_another(store: RecordStore) -> None:
    account, other = await an_account(store), await an_account(store)
    record = a_record()
    await store.push(account, [record])

    assert await contents(store, other) == []
    assert list(await store.fetch(other, [record.id])) == []


async def test_without_an_account_nothing_is_stored(store: RecordStore) -> None:
    account = new_account()

    with pytest.raises(AccountMissingError):
        await store.push(account, [a_record()])
    with pytest.raises(AccountMissingError):
        await store.live_ids(account)
    with pytest.raises(AccountMissingError):
        await store.fetch(account, [new_id()])
    with pytest.raises(AccountMissingError):
        await store.erase_account(account)


async def test_an_erased_account_is_gone_for_good(store: RecordStore) -> None:
    account = await an_account(store)
    await store.push(account, [a_record()])

    await store.erase_account(account)
    await store.erase_account(account)

    with pytest.raises(AccountErasedError):
        await store.create_account(account, AUTH)
    with pytest.raises(AccountErasedError):
        await store.auth_of(account)
    with pytest.raises(AccountErasedError):
        await store.push(account, [a_record()])
    with pytest.raises(AccountErasedError):
        await store.live_ids(account)


async def test_erasing_one_account_leaves_the_others(store: RecordStore) -> None:
    erased, other = await an_account(store), await an_account(store)
    record = a_record()
    await store.push(other, [record])

    await store.erase_account(erased)

    assert await contents(store, other) == [record]


async def test_a_push_that_waits_while_the_account_is_erased_is_told_so(store: RecordStore) -> None:
    account = await an_account(store)

    _, *pushes = await asyncio.gather(
        store.erase_account(account),
        *(store.push(account, [a_record()]) for _ in range(5)),
        return_exceptions=True,
    )

    # A push before the erasure is stored and then erased. A push after it raises the error.
    assert all(isinstance(push, dict | AccountErasedError) for push in pushes)
    with pytest.raises(AccountErasedError):
        await store.live_ids(account)


async def test_an_account_that_is_made_and_erased_at_once_by_many_ends_erased(
    store: RecordStore,
) -> None:
    account = await an_account(store)

    results = await asyncio.gather(
        *(store.erase_account(account) for _ in range(3)),
        *(store.create_account(account, AUTH) for _ in range(3)),
        *(store.erase_account(account) for _ in range(3)),
        return_exceptions=True,
    )

    assert all(
        result in (None, False) or isinstance(result, AccountErasedError) for result in results
    )
    with pytest.raises(AccountErasedError):
        await store.auth_of(account)


async def test_everything_is_there_after_a_new_start(opener: Opener) -> None:
    records = [a_record() for _ in range(5)]
    async with opener(ROOMY) as store:
        account, erased = await an_account(store), await an_account(store)
        key = await store.signing_key()
        await store.push(account, records)
        await store.push(account, [a_record(entry=records[0].entry, supersedes=records[:1])])
        await store.erase_account(erased)
        before = await contents(store, account)

    async with opener(ROOMY) as store:
        assert await contents(store, account) == before
        assert await store.signing_key() == key
        assert await store.auth_of(account) == AUTH
        with pytest.raises(AccountErasedError):
            await store.auth_of(erased)


async def test_the_signing_key_is_32_bytes(store: RecordStore) -> None:
    assert len(await store.signing_key()) == 32


async def test_many_pushes_at_once_all_count(store: RecordStore) -> None:
    accounts = [await an_account(store) for _ in range(4)]
    pushes = [(account, a_record()) for account in accounts for _ in range(50)]

    outcomes = await asyncio.gather(*(store.push(account, [record]) for account, record in pushes))

    assert all(list(outcome.values()) == ["stored"] for outcome in outcomes)
    for account in accounts:
        assert len(await store.live_ids(account)) == 50


async def test_two_phones_that_push_the_same_entry_at_once_both_stay(store: RecordStore) -> None:
    account, old = await an_account(store), a_record()
    await store.push(account, [old])
    left, right = (a_record(entry=old.entry, supersedes=[old]) for _ in range(2))

    await asyncio.gather(store.push(account, [left]), store.push(account, [right]))

    assert {live_id.id for live_id in await store.live_ids(account)} == {left.id, right.id}


async def test_below_the_free_space_floor_nothing_grows_but_deleting_works(opener: Opener) -> None:
    old = a_record(size=2000)
    async with opener(ROOMY) as store:
        account, other = await an_account(store), await an_account(store)
        await store.push(account, [old])

    async with opener(Limits(free_space_floor=1 << 62)) as store:
        with pytest.raises(NoSpaceError):
            await store.check()
        with pytest.raises(NoSpaceError):
            await store.push(account, [a_record()])
        with pytest.raises(NoSpaceError):
            await store.create_account(new_account(), AUTH)
        smaller = a_record(entry=old.entry, supersedes=[old], size=1000)
        assert await store.push(account, [smaller]) == {smaller.id: "stored"}
        await store.erase_account(other)
        assert await contents(store, account) == [smaller]


async def test_a_store_that_stops_takes_nothing_more(opener: Opener) -> None:
    async with opener(ROOMY) as store:
        account = await an_account(store)
        await store.check()

    with pytest.raises(StoreUnavailableError):
        await store.push(account, [a_record()])
    with pytest.raises(StoreUnavailableError):
        await store.check()


async def test_a_client_that_hangs_up_does_not_stop_its_push(store: RecordStore) -> None:
    account, record = await an_account(store), a_record()
    push = asyncio.ensure_future(store.push(account, [record]))
    await asyncio.sleep(0)
    push.cancel()

    assert await store.push(account, [record]) == {record.id: "same"}


async def test_a_random_history_leaves_what_the_rules_say(store: RecordStore) -> None:
    source = random.Random(7)
    account = await an_account(store)
    known: list[Record] = []
    live: dict[str, Record] = {}
    for _ in range(100):
        entry = source.choice(known).entry if known and source.random() < 0.7 else new_id(source)
        siblings = [record for record in live.values() if record.entry == entry]
        record = a_record(
            entry=entry, supersedes=source.sample(siblings, source.randint(0, len(siblings)))
        )
        await store.push(account, [record])
        known.append(record)
        for superseded_id in record.supersedes:
            del live[superseded_id]
        live[record.id] = record

    assert {record.id: record for record in await contents(store, account)} == live
