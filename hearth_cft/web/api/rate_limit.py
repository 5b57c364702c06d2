"""How often an address, and everybody together, may do something. In memory, bounded, forgetful."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_ADDRESSES = 10_000


class RateLimiter:
    """A leaky bucket for each address and one for all: `each` and `overall` a `seconds`.

    Beyond the number of addresses remembered the one seen longest ago is forgotten; who commands
    that many meets the overall limit.
    """

    def __init__(
        self,
        each: int,
        overall: int,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        remembered: int = REMEMBERED_ADDRESSES,
    ) -> None:
        self._each = each
        self._overall = overall
        self._seconds = seconds
        self._clock = clock
        self._remembered = remembered
        self._all = (0.0, 0.0)
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._levels)

    def retry_after(self, address: str) -> float:
        """Give the seconds until one more is allowed; 0.0 means now."""
        mine = self._retry_after(self._levels.get(address, (0.0, 0.0)), self._each)
        return max(mine, self._retry_after(self._all, self._overall))

    def hit(self, address: str) -> None:
        """Count one."""
        self._add(address, 1)

    def refund(self, address: str) -> None:
        """Take one back that was counted and did not happen."""
        self._add(address, -1)

    def _add(self, address: str, count: int) -> None:
        now = self._clock()
        level = self._level(self._levels.get(address, (0.0, 0.0)), self._each)
        self._levels[address] = (max(0.0, level + count), now)
        self._levels.move_to_end(address)
        self._all = (max(0.0, self._level(self._all, self._overall) + count), now)
        if len(self._levels) > self._remembered:
            self._levels.popitem(last=False)

    def _level(self, noted: tuple[float, float], limit: int) -> float:
        level, then = noted
        return max(0.0, level - (self._clock() - then) * limit / self._seconds)

    def _retry_after(self, noted: tuple[float, float], limit: int) -> float:
        if limit == 0:
            return self._seconds
        return max(0.0, (self._level(noted, limit) + 1 - limit) * self._seconds / limit)


def network(remote: str | None, forwarded: str | None) -> str:
    """Give what one household or clinic shares: an IPv4 address, or the first half of an IPv6 one.

    `forwarded`: X-Forwarded-For when a proxy of ours is in front, whose own word is the last.
    """
    hops = [forwarded.rsplit(",", 1)[-1]] if forwarded else []
    for hop in (*hops, remote or ""):
        try:
            address = ipaddress.ip_address(hop.strip())
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return "unknown"
