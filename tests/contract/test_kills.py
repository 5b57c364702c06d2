"""Servers that are killed at any moment, and whether a server with a fault is found out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.mortal_server import FAULTS
from tests.contract.promises import Promises
from tests.samples import a_record

KILLS = os.environ.get("HEARTH_KILLS", "24")
MOST_KILLS_UNTIL_FOUND = "200"


def killed(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the kills in a process of their own, because it forks."""
    return subprocess.run(
        [sys.executable, "-m", "tests.contract.kills", *arguments],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_killed_at_any_moment_a_server_breaks_no_promise() -> None:
    run = killed(KILLS)

    assert run.stdout.startswith(f"{KILLS} kills"), run.stderr
    assert " 0 broken promises" in run.stdout, run.stdout
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_the_kills_find_a_server_with_a_fault(fault: str) -> None:
    run = killed(MOST_KILLS_UNTIL_FOUND, fault)

    assert "broken promises" in run.stdout, run.stderr
    assert " 0 broken promises" not in run.stdout
    assert run.returncode == 1


def test_an_acknowledged_record_is_live_superseded_or_removed() -> None:
    old = a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    for live, broken in (([old], []), ([new], []), ([], [f"{old.id}: lost"])):
        promises = Promises()
        promises.pushed(old, "stored", promises.pushing(old))
        promises.pushing(new)

        assert promises.check({record.id: record for record in live}) == broken


def test_a_superseded_record_is_not_live_beside_its_superseder() -> None:
    promises, old = Promises(), a_record()
    new = a_record(entry=old.entry, supersedes=[old])
    promises.pushing(old)
    promises.pushing(new)

    [broken] = promises.check({old.id: old, new.id: new})

    assert broken == f"{old.id}: it is live beside a record that supersedes it"


def test_a_removed_record_comes_back_only_if_it_is_pushed_again() -> None:
    record = a_record()
    for again, broken in ((True, 0), (False, 1)):
        promises = Promises()
        promises.pushed(record, "stored", promises.pushing(record))
        promises.removed([record.id], promises.removing([record.id]))
        if again:
            promises.pushing(record)

        assert len(promises.check({record.id: record})) == broken


def test_a_removed_record_that_is_pushed_again_without_an_answer_may_be_there_or_not() -> None:
    record = a_record()
    for live in ({}, {record.id: record}):
        promises = Promises()
        promises.pushed(record, "stored", promises.pushing(record))
        promises.removed([record.id], promises.removing([record.id]))
        promises.pushing(record)

        assert promises.check(live) == []


def test_what_a_removed_record_superseded_is_not_missed() -> None:
    for answered in (False, True):
        promises, old = Promises(), a_record()
        new = a_record(entry=old.entry, supersedes=[old])
        before = promises.pushing(old)
        superseding = promises.pushing(new)
        promises.pushed(old, "stored", before)
        promises.pushed(new, "stored", superseding)
        promises.removed([new.id], promises.removing([new.id]))
        again = promises.pushing(new)
        if answered:
            promises.pushed(new, "stored", again)

        assert promises.check({}) == ([f"{new.id}: lost"] if answered else [])


def test_an_unanswered_removal_may_have_happened() -> None:
    record = a_record()
    for live in ({}, {record.id: record}):
        promises = Promises()
        promises.pushed(record, "stored", promises.pushing(record))
        promises.removing([record.id])

        assert promises.check(live) == []


def test_what_was_gone_after_one_kill_stays_gone_after_the_next() -> None:
    promises, record = Promises(), a_record()
    promises.pushing(record)
    assert promises.check({}) == []

    assert len(promises.check({record.id: record})) == 1


def test_other_bytes_and_unknown_records_are_noticed() -> None:
    promises, record = Promises(), a_record()
    promises.pushing(record)
    changed, unknown = a_record(record_id=record.id), a_record()

    broken = promises.check({record.id: changed, unknown.id: unknown})

    assert broken == [f"{record.id}: other bytes", f"{unknown.id}: nobody sent it"]
