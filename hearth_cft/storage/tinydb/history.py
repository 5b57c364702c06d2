"""Remember the latest commits to a set of ids, to tell a phone what has changed since its sync."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from itertools import islice
from typing import NamedTuple

from hearth_cft.records import digest_sum, from_base64url, set_digest

# Between two syncs of a phone, a client's other phones rarely push 256 times. More ids than the
# 2,000 live records of a full account would make the answer longer than the whole list.
MOST_COMMITS = 256
MOST_IDS = 2_000

# The resident memory that a commit and an id take, rounded up. A commit is counted with its digest.
_COMMIT_BYTES = 400
_ID_BYTES = 90
_MODULUS = 1 << 256


class _Commit(NamedTuple):
    """The ids that one commit removed, and those that it added afterwards."""

    gone: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def ids(self) -> int:
        return len(self.gone) + len(self.added)

    @property
    def growth(self) -> int:
        """Return the difference that the commit makes to the sum of the ids' digests."""
        return digest_sum(self.added) - digest_sum(self.gone)


class Difference(NamedTuple):
    """The net effect of several commits. No id is in both."""

    added: Collection[str]
    gone: Collection[str]


class History:
    """The latest commits to a set of ids.

    The states of the set are numbered. State n becomes state n + 1 by one commit. Nothing is hashed
    until somebody asks for a digest, so that a commit costs next to nothing until then.
    """

    def __init__(self) -> None:
        self._commits: deque[_Commit] = deque()
        self._id_count = 0
        self._first = 0
        """The number of the state before the oldest remembered commit."""
        self._sums: deque[int] = deque()
        """The sums of the states from `_first` on, as far as they have been computed."""
        self._numbers: dict[int, int] = {}
        """The number of the latest state with each of these sums."""

    @property
    def weight(self) -> int:
        """Return roughly how many bytes of memory the history takes."""
        return _COMMIT_BYTES * len(self._commits) + _ID_BYTES * self._id_count

    def note(self, gone: Iterable[str], added: Iterable[str]) -> None:
        """Add a commit that removed the ids in `gone` and then added those in `added`."""
        commit = _Commit(tuple(gone), tuple(added))
        self._commits.append(commit)
        self._id_count += commit.ids
        while len(self._commits) > MOST_COMMITS or self._id_count > MOST_IDS:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        self._id_count -= self._commits.popleft().ids
        if self._sums:
            total = self._sums.popleft()
            if self._numbers[total] == self._first:
                del self._numbers[total]
        self._first += 1

    def digest(self, live: Iterable[str]) -> str:
        """Return the set digest of the newest state. `live` has the ids of that state."""
        self._compute_sums(live)
        return set_digest(self._sums[-1])

    def since(self, digest: str, live: Iterable[str]) -> Difference | None:
        """Return what has changed since the state with this set digest.

        Returns None if no remembered state has it. `live` has the ids of the newest state.
        """
        self._compute_sums(live)
        number = self._numbers.get(int.from_bytes(from_base64url(digest)))
        return None if number is None else self._difference(number)

    def _compute_sums(self, live: Iterable[str]) -> None:
        if not self._sums:
            total = digest_sum(live)
            self._sums.append(total % _MODULUS)
            for commit in reversed(self._commits):
                total -= commit.growth
                self._sums.appendleft(total % _MODULUS)
            self._numbers = {total: self._first + n for n, total in enumerate(self._sums)}
        for commit in islice(self._commits, len(self._sums) - 1, None):
            total = (self._sums[-1] + commit.growth) % _MODULUS
            self._numbers[total] = self._first + len(self._sums)
            self._sums.append(total)

    def _difference(self, number: int) -> Difference:
        # Dicts keep the order, so that equal histories give equal answers.
        added: dict[str, None] = {}
        gone: dict[str, None] = {}
        for commit in islice(self._commits, number - self._first, None):
            _move(commit.gone, added, gone)
            _move(commit.added, gone, added)
        return Difference(added.keys(), gone.keys())


def _move(ids: Iterable[str], source: dict[str, None], target: dict[str, None]) -> None:
    """Take each id out of `source`. Put it into `target` if it wasn't there."""
    for record_id in ids:
        if record_id in source:
            del source[record_id]
        else:
            target[record_id] = None
