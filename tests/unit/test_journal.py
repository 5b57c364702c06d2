"""The journal file: intact, torn and damaged files, and what remains after a disk error."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hearth_cft.records import NoSpaceError, StoreUnavailableError
from hearth_cft.storage.tinydb.journal import Journal
from hearth_cft.storage.tinydb.journal_format import (
    HEADER,
    OLD_VERSION,
    Change,
    JournalDamagedError,
    JournalVersionError,
    decode_line,
    encode_line,
    replay,
)
from hearth_cft.storage.tinydb.tables import Database

CHANGES = [Change("records", {f"id{n}": {"sealed": "x" * 5 * n}}, []) for n in range(4)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account.jsonl"


def written(path: Path, changes: list[Change] = CHANGES) -> Journal:
    journal = Journal(path)
    journal.load()
    for change in changes:
        journal.append([change])
        journal.flush()
    return journal


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes, as if the disk were full.

    A write beyond the limit is cut short, and the next one fails. Mounting a real full disk would
    need privileges.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[None]:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        for name in names:
            patch.setattr(f"os.{name}", fail)
        yield


def test_a_line_is_a_checksum_a_length_and_json() -> None:
    line = encode_line({"t": "records"})

    assert line == b'c11eb0e8:0000000f:77deff78:{"t":"records"}\n'
    assert decode_line(line[:-1]) == {"t": "records"}


def test_a_line_of_version_1_is_a_checksum_and_json() -> None:
    line = encode_line({"t": "records"}, OLD_VERSION)

    assert line == b'c11eb0e8 {"t":"records"}\n'
    assert decode_line(line[:-1], OLD_VERSION) == {"t": "records"}


def test_the_first_line_names_the_format_and_its_version(path: Path) -> None:
    written(path)

    first = path.read_bytes().splitlines()[0]
    assert decode_line(first, OLD_VERSION) == {"format": "hearth journal", "version": 2}


def test_what_was_appended_is_read_again(path: Path) -> None:
    written(path)

    assert Journal(path).load() == CHANGES


def test_a_file_that_is_not_there_holds_nothing(path: Path) -> None:
    assert Journal(path).load() == []
    assert not path.exists()


def test_at_every_cut_point_whole_lines_count_and_the_torn_one_is_cut_off(path: Path) -> None:
    written(path)
    data = path.read_bytes()
    ends = [n + 1 for n, byte in enumerate(data) if byte == ord("\n")]

    for cut in range(len(data) + 1):
        path.write_bytes(data[:cut])
        whole = sum(end <= cut for end in ends)

        assert Journal(path).load() == CHANGES[: max(0, whole - 1)]
        assert path.stat().st_size == (ends[whole - 1] if whole else 0)


def test_after_every_cut_point_the_next_line_is_read_again(path: Path) -> None:
    written(path)
    data = path.read_bytes()

    for cut in range(len(data) - 40, len(data)):
        path.write_bytes(data[:cut])
        written(path, CHANGES[3:])

        assert Journal(path).load() == CHANGES


def test_a_tail_that_a_power_cut_left_as_zeros_is_torn(path: Path) -> None:
    written(path)
    data = path.read_bytes()

    for zeros in range(1, 30):
        for tail in (b"\0" * zeros, b"\0" * zeros + b"\n"):
            path.write_bytes(data[: len(data) - len(tail)] + tail)

            assert Journal(path).load() == CHANGES[:3]


OLD_HEADER = encode_line({"format": "hearth journal", "version": OLD_VERSION}, OLD_VERSION)
FILES = {
    "version 1": OLD_HEADER + b"".join(change.line(OLD_VERSION) for change in CHANGES),
    "version 2": HEADER + b"".join(change.line() for change in CHANGES),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_any_bit_changed_in_a_line_that_is_there_in_full_is_damage(data: bytes) -> None:
    for place in range(len(data)):
        for bit in range(8):
            changed = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]

            with pytest.raises(JournalDamagedError) as caught:
                replay(changed, Path("account.jsonl"))

            assert caught.value.line == data.count(b"\n", 0, place) + 1


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_cut_of_any_length_leaves_the_whole_lines(data: bytes) -> None:
    for cut in range(len(data)):
        replayed = replay(data[:cut], Path("account.jsonl"))

        assert replayed.length == data.rfind(b"\n", 0, cut) + 1
        assert replayed.changes == CHANGES[: max(0, data.count(b"\n", 0, cut) - 1)]


@given(tail=st.binary(min_size=1, max_size=30), keeps_length=st.booleans())
def test_a_last_line_with_any_damaged_end_is_damage(tail: bytes, keeps_length: bool) -> None:
    data = FILES["version 2"]
    changed = data[: len(data) - len(tail)] + tail if keeps_length else data[:-1] + tail
    assume(changed != data and not tail.endswith(b"\n") and b"\0" not in tail)

    with pytest.raises(JournalDamagedError):
        replay(changed, Path("account.jsonl"))


def test_a_damaged_file_is_set_aside(path: Path) -> None:
    path.write_bytes(FILES["version 2"][:-1] + b"\x0b")

    with pytest.raises(JournalDamagedError, match="line 5: the end of the line is damaged"):
        Journal(path).load()

    assert not path.exists()
    assert path.with_suffix(".damaged").exists()


def test_a_file_of_version_1_stays_so_until_it_is_rewritten(path: Path) -> None:
    path.write_bytes(FILES["version 1"])
    written(path, CHANGES[:1])
    assert path.read_bytes() == FILES["version 1"] + CHANGES[0].line(OLD_VERSION)

    journal = Journal(path)
    changes = journal.load()
    assert changes == [*CHANGES, CHANGES[0]]
    journal.rewrite(changes)
    journal.append([CHANGES[1]])
    journal.flush()

    assert path.read_bytes() == FILES["version 2"] + CHANGES[0].line() + CHANGES[1].line()
    assert Journal(path).load() == [*CHANGES, *CHANGES[:2]]


def test_how_many_bytes_were_torn_is_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(FILES["version 2"] + CHANGES[1].line()[:17])

    assert Journal(path).load() == CHANGES

    assert caplog.messages == ["cut 17 bytes of a torn last line off account.jsonl"]


def test_a_damaged_file_stays_aside_until_somebody_looks(path: Path) -> None:
    written(path)
    path.write_bytes(path.read_bytes().replace(b"xxxxx", b"xxyxx"))

    for _ in range(2):
        with pytest.raises(JournalDamagedError, match=r"account\."):
            Journal(path).load()

    assert path.with_suffix(".damaged").exists()


def test_a_lost_line_ending_is_damage_and_not_a_torn_line(path: Path) -> None:
    written(path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"\n", b"\r", 2))

    with pytest.raises(JournalDamagedError):
        Journal(path).load()


def test_a_file_of_a_newer_version_is_left_as_it_is(path: Path) -> None:
    data = encode_line({"format": "hearth journal", "version": 3}, 1) + b"something new\n"
    path.write_bytes(data)

    with pytest.raises(JournalVersionError, match="journal version 3; this Hearth reads 1 and 2:"):
        Journal(path).load()

    assert path.read_bytes() == data


def test_on_a_full_disk_a_line_goes_in_whole_or_not_at_all(path: Path) -> None:
    journal = written(path)
    before = path.read_bytes()

    for room in range(0, 60, 7):
        with full_disk(len(before) + room), pytest.raises(NoSpaceError):
            journal.append([Change("records", {"big": {"sealed": "y" * 100}})])
        assert path.read_bytes() == before

    journal.append([CHANGES[0]])
    journal.flush()
    assert Journal(path).load() == [*CHANGES, CHANGES[0]]


def test_on_a_full_disk_a_first_line_leaves_nothing_to_stumble_over(path: Path) -> None:
    journal = Journal(path)
    with full_disk(len(HEADER) + 10), pytest.raises(NoSpaceError):
        journal.append([CHANGES[1]])

    assert Journal(path).load() == []
    written(path)
    assert Journal(path).load() == CHANGES


def test_a_failed_flush_is_cut_off_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = written(path)
    before = path.read_bytes()

    with failing(monkeypatch, "fdatasync"):
        journal.append([CHANGES[0]])
        with pytest.raises(StoreUnavailableError):
            journal.flush()

    assert path.read_bytes() == before
    journal.append([CHANGES[1]])
    journal.flush()
    assert Journal(path).load() == [*CHANGES, CHANGES[1]]


def test_after_a_failed_flush_that_can_not_be_cut_off_nothing_is_taken_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = written(path)

    with failing(monkeypatch, "fdatasync", "ftruncate"):
        journal.append([CHANGES[0]])
        with pytest.raises(StoreUnavailableError):
            journal.flush()

    assert journal.unusable
    with pytest.raises(StoreUnavailableError):
        journal.append([CHANGES[0]])


def test_what_another_process_wrote_is_neither_cut_nor_mixed_up(path: Path) -> None:
    journal = written(path)
    other = written(path, CHANGES[:1])
    both = path.read_bytes()

    with pytest.raises(StoreUnavailableError):
        journal.append([CHANGES[1]])

    assert path.read_bytes() == both
    assert other.length == len(both)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that collects the names of synced files and folders in order."""
    names: list[str] = []

    def recording(sync: Callable[[int], None]) -> Callable[[int], None]:
        def record(handle: int) -> None:
            names.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
            sync(handle)

        return record

    monkeypatch.setattr("os.fdatasync", recording(os.fdatasync))
    monkeypatch.setattr("os.fsync", recording(os.fsync))
    return names


def test_a_new_file_also_syncs_its_folder_and_an_old_one_does_not(
    path: Path, synced: list[str]
) -> None:
    written(path, CHANGES[:2])

    assert synced == [path.name, path.parent.name, path.name]


def test_rewriting_syncs_the_new_file_before_it_takes_the_name(
    path: Path, synced: list[str]
) -> None:
    journal = written(path)
    synced.clear()

    journal.rewrite([CHANGES[0]])

    assert synced == [f"{path.name}.tmp", path.parent.name]
    assert Journal(path).load() == CHANGES[:1]
    assert list(path.parent.iterdir()) == [path]


def test_a_rewrite_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = written(path)
    with full_disk(len(HEADER) + 10), pytest.raises(OSError, match="File too large"):
        journal.rewrite(CHANGES)
    with failing(monkeypatch, "fsync"), pytest.raises(OSError, match="Input/output"):
        journal.rewrite(CHANGES)

    assert Journal(path).load() == CHANGES
    assert list(path.parent.iterdir()) == [path]
    journal.append([CHANGES[0]])


def test_until_a_rewritten_files_name_is_synced_no_flush_succeeds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = written(path)
    real = os.fsync
    handles: list[int] = []

    def fail_the_second_time(handle: int) -> None:
        handles.append(handle)
        if len(handles) > 1:
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fail_the_second_time)
        with pytest.raises(OSError, match="Input/output"):
            journal.rewrite([CHANGES[0]])
        journal.append([CHANGES[1]])
        with pytest.raises(StoreUnavailableError):
            journal.flush()

    journal.append([CHANGES[2]])
    journal.flush()
    assert Journal(path).load() == [CHANGES[0], CHANGES[2]]


def test_files_are_readable_by_their_owner_alone(path: Path) -> None:
    journal = written(path)
    assert path.stat().st_mode & 0o777 == 0o600

    journal.rewrite([])
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_open_between_two_commits(path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    database = Database(path)
    database.insert({"a": 1})
    database.storage.compact()  # type: ignore[attr-defined]

    assert len(os.listdir("/proc/self/fd")) == before
