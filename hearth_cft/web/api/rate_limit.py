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
    If `spares_newcomers`, the overall limit doesn't apply to an address without a recent use: many
    addresses together can't shut out another one.
    """

    def __init__(
        self,
        each: int,
        overall: int,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        remembered: int = REMEMBERED_ADDRESSES,
        spares_newcomers: bool = False,
    ) -> None:
        self._each = each
        self._overall = overall
        self._seconds = seconds
        self._clock = clock
        self._remembered = remembered
        self._spares_newcomers = spares_newcomers
        # A bucket is a level and the time at which it had that level.
        self._total = (0.0, 0.0)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of remembered addresses."""
        return len(self._buckets)

    def retry_after(self, address: str) -> float:
        """Return the seconds until the address is allowed another use; 0.0 means now."""
        bucket = self._buckets.get(address, (0.0, 0.0))
        wait = self._retry_after(bucket, self._each)
        if self._spares_newcomers and not self._level(bucket, self._each):
            return wait
        return max(wait, self._retry_after(self._total, self._overall))

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

    def _retry_after(self, bucket: tuple[float, float], limit: int) -> float:
        if limit == 0:
            return self._seconds
        return max(0.0, (self._level(bucket, limit) + 1 - limit) * self._seconds / limit)
