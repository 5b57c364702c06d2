"""Limit how often one address, and all addresses together, may do something.

The counts are in memory only. Their number is bounded: the oldest are forgotten.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_ADDRESSES = 10_000


class RateLimiter:
    """A leaky bucket for each address, and one for all addresses together.

    In `seconds`, one address may do something `each` times, and all together `overall` times.
    If there are more than `remembered` addresses, the limiter forgets the one seen longest ago.
    The overall limit still applies to an attacker who has that many addresses.
    For an address without a recent use, the overall limit is `newcomers`, if that is given: many
    addresses together can't soon shut out another one.
    """

    def __init__(
        self,
        each: int,
        overall: int,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        remembered: int = REMEMBERED_ADDRESSES,
        newcomers: int | None = None,
    ) -> None:
        self._each = each
        self._overall = overall
        self._seconds = seconds
        self._clock = clock
        self._remembered = remembered
        self._newcomers = overall if newcomers is None else newcomers
        # A bucket is a level and the time at which it had that level.
        self._total = (0.0, 0.0)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of remembered addresses."""
        return len(self._buckets)

    def retry_after(self, address: str) -> float:
        """Return the seconds until the address is allowed another use; 0.0 means now."""
        bucket = self._buckets.get(address, (0.0, 0.0))
        most = self._overall if self._level(bucket, self._each) else self._newcomers
        return max(
            self._retry_after(bucket, self._each, self._each),
            self._retry_after(self._total, self._overall, most),
        )

    def hit(self, address: str) -> None:
        """Count one use by the address."""
        self._add(address, 1)

    def refund(self, address: str) -> None:
        """Take back one use that was counted but did not happen."""
        self._add(address, -1)

    def _add(self, address: str, count: int) -> None:
        now = self._clock()
        level = self._level(self._buckets.get(address, (0.0, 0.0)), self._each)
        self._buckets[address] = (max(0.0, level + count), now)
        self._buckets.move_to_end(address)
        self._total = (max(0.0, self._level(self._total, self._overall) + count), now)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)

    def _level(self, bucket: tuple[float, float], limit: int) -> float:
        level, measured_at = bucket
        return max(0.0, level - (self._clock() - measured_at) * limit / self._seconds)

    def _retry_after(self, bucket: tuple[float, float], limit: int, most: int) -> float:
        """Return the seconds until the bucket has room below `most`. It loses `limit` in time."""
        if limit == 0:
            return self._seconds
        return max(0.0, (self._level(bucket, limit) + 1 - most) * self._seconds / limit)
