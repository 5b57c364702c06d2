"""What a server has promised about the records of one account, and whether it keeps its word.

The model knows every record that was sent and every answer that came. It doesn't know which of the
requests without an answer took effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hearth_cft.records import Record

REMEMBERED = 30
"""How many records that are no longer live may still be sent again."""


@dataclass(frozen=True)
class Sent:
    """A request that may have taken effect. `attempts` has how often each id was pushed by then.

    It has only the ids that the request ends and that no other request without an answer pushes.
    """

    attempts: Mapping[str, int]


class Promises:
    """The promises about one account. Call `pushing` before a push, `pushed` after its answer."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        """The records that may be live, and some that are no longer live."""
        self.acknowledged: set[str] = set()
        self._may_be_gone: set[str] = set()
        self._removed_once: set[str] = set()
        """The ids that somebody has asked to remove. They have ended what they superseded."""
        self._must_be_gone: set[str] = set()
        self._attempts = Counter[str]()
        self._unanswered_pushes = Counter[str]()
        self._unanswered_removals = Counter[str]()

    def pushing(self, record: Record) -> Sent:
        """Note that a record is about to be sent."""
        self.records[record.id] = record
        if record.id in self._must_be_gone:
            # What was promised of it has ended. A new answer promises it again.
            self.acknowledged.discard(record.id)
            if not self._unanswered_removals[record.id]:
                self._may_be_gone.discard(record.id)
        self._must_be_gone.discard(record.id)
        self._attempts[record.id] += 1
        self._unanswered_pushes[record.id] += 1
        return self._sent(record.supersedes)

    def pushed(self, record: Record, outcome: str, sent: Sent) -> list[str]:
        """Note the outcome of a record. Return what is wrong with it."""
        self._unanswered_pushes[record.id] -= 1
        if outcome in ("stored", "same"):
            self.acknowledged.add(record.id)
            self._end(sent)
        elif outcome != "superseded" or not self._superseders()[record.id]:
            return [f"{record.id}: the outcome is {outcome}"]
        return []

    def removing(self, ids: Collection[str]) -> Sent:
        """Note that a request to remove these ids is about to be sent."""
        self._may_be_gone.update(ids)
        self._removed_once.update(ids)
        self._unanswered_removals.update(ids)
        return self._sent(ids)

    def removed(self, ids: Collection[str], sent: Sent) -> None:
        """Note that the removal was acknowledged."""
        self._unanswered_removals.subtract(ids)
        self._end(sent)

    def removable(self) -> list[str]:
        """Return the acknowledged ids that nobody has asked to remove."""
        return sorted(self.acknowledged - self._may_be_gone - self._must_be_gone)

    def check(self, live: Mapping[str, Record]) -> list[str]:
        """Return the broken promises, if these are the live records after a restart.

        Then take the live records as the truth: nothing that was unanswered can happen any more.
        """
        broken = [*self._wrong(live), *self._lost(live)]
        self._settle(live)
        return broken

    def _sent(self, ids: Iterable[str]) -> Sent:
        quiet = [record_id for record_id in ids if not self._unanswered_pushes[record_id]]
        return Sent({record_id: self._attempts[record_id] for record_id in quiet})

    def _end(self, sent: Sent) -> None:
        for record_id, attempts in sent.attempts.items():
            if self._attempts[record_id] == attempts:
                self._must_be_gone.add(record_id)
                self.acknowledged.discard(record_id)

    def _superseders(self) -> Mapping[str, list[str]]:
        superseders: dict[str, list[str]] = {record_id: [] for record_id in self.records}
        for record in self.records.values():
            for superseded in record.supersedes:
                superseders.setdefault(superseded, []).append(record.id)
        return superseders

    def _wrong(self, live: Mapping[str, Record]) -> Iterable[str]:
        superseders = self._superseders()
        for record_id, record in live.items():
            if record_id not in self.records and record_id not in self._must_be_gone:
                yield f"{record_id}: nobody sent it"
            elif record_id in self._must_be_gone:
                yield f"{record_id}: it was removed or superseded, and came back"
            elif record != self.records[record_id]:
                yield f"{record_id}: other bytes"
            if live.keys() & superseders.get(record_id, []):
                yield f"{record_id}: it is live beside a record that supersedes it"

    def _lost(self, live: Mapping[str, Record]) -> Iterable[str]:
        superseders = self._superseders()
        known: dict[str, bool] = {}

        def was_superseded(record_id: str) -> bool:
            if record_id not in known:
                known[record_id] = any(
                    superseder in live
                    or superseder in self._removed_once
                    or was_superseded(superseder)
                    for superseder in superseders.get(record_id, [])
                )
            return known[record_id]

        left = self.acknowledged - live.keys() - self._may_be_gone
        return [f"{record_id}: lost" for record_id in sorted(left) if not was_superseded(record_id)]

    def _settle(self, live: Mapping[str, Record]) -> None:
        gone = [record for record in self.records.values() if record.id not in live]
        self._must_be_gone |= self.records.keys() - live.keys()
        self._must_be_gone -= live.keys()
        self.records = {record.id: record for record in gone[-REMEMBERED:]} | dict(live)
        self.acknowledged = set(live)
        self._may_be_gone.clear()
        self._removed_once.clear()
        self._unanswered_pushes.clear()
        self._unanswered_removals.clear()
