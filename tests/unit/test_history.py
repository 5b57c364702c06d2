"""The history of an account: what has changed since any state that it remembers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.records import digest_sum, set_digest
from hearth_cft.storage.tinydb.history import MOST_COMMITS, MOST_IDS, History
from tests.samples import new_id

IDS = [new_id() for _ in range(6)]
EMPTY = set_digest(0)


def digest_of(ids: set[str]) -> str:
    return set_digest(digest_sum(ids))


def applied(history: History, old: set[str], new: set[str]) -> set[str]:
    """Return the old set with what the history says has changed since."""
    difference = history.since(digest_of(old), new)
    assert difference is not None
    assert old.isdisjoint(difference.added)
    assert old.issuperset(difference.gone)
    return (old | set(difference.added)) - set(difference.gone)


# Each step toggles the membership of some ids, and may ask for a digest.
STEPS = st.lists(st.tuples(st.sets(st.sampled_from(IDS), max_size=4), st.booleans()), max_size=30)


@given(STEPS)
def test_the_changes_since_any_earlier_state_lead_to_the_newest_one(
    steps: list[tuple[set[str], bool]],
) -> None:
    history, live = History(), set[str]()
    states = [set[str]()]
    for toggled, asks in steps:
        history.note(toggled & live, toggled - live)
        live = live ^ toggled
        states.append(live)
        if asks:
            assert history.digest(live) == digest_of(live)

    assert history.digest(live) == digest_of(live)
    for state in states:
        assert applied(history, state, live) == live


@given(STEPS)
def test_a_set_that_never_was_is_not_known(steps: list[tuple[set[str], bool]]) -> None:
    history, live = History(), set[str]()
    for toggled, _ in steps:
        history.note(toggled & live, toggled - live)
        live = live ^ toggled

    assert history.since(digest_of(live | {new_id()}), live) is None


def test_an_id_that_is_removed_and_added_again_in_one_commit_has_not_changed() -> None:
    history = History()
    history.note([], IDS[:2])
    history.note([IDS[0]], [IDS[0], IDS[2]])

    difference = history.since(digest_of(set(IDS[:2])), IDS[:3])

    assert difference is not None
    assert (list(difference.added), list(difference.gone)) == ([IDS[2]], [])


@pytest.mark.parametrize("asks", [False, True])
def test_the_latest_commits_are_remembered_and_earlier_ones_forgotten(asks: bool) -> None:
    history, ids = History(), [new_id() for _ in range(MOST_COMMITS + 2)]
    history.note([], ids)
    for number, record_id in enumerate(ids):
        if asks:
            history.digest(ids[number:])
        history.note([record_id], [])

    assert history.since(digest_of(set(ids[1:])), ()) is None
    assert applied(history, set(ids[2:]), set()) == set()


def test_a_commit_of_more_ids_than_are_remembered_forgets_all_states_but_its_own() -> None:
    history, ids = History(), [new_id() for _ in range(MOST_IDS + 1)]
    history.digest(())

    history.note([], ids)

    assert history.since(EMPTY, ids) is None
    assert applied(history, set(ids), set(ids)) == set(ids)
    assert history.weight == 0


def test_a_phone_with_nothing_new_costs_no_hashing() -> None:
    history = History()
    history.note([], IDS)
    digest = history.digest(IDS)

    def unread() -> None:
        raise AssertionError("the live ids were read again")
        yield

    assert history.digest(unread()) == digest  # type: ignore[func-returns-value]
