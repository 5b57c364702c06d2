"""Bound the bytes that the API holds in memory for its clients, by network and overall.

A client holds the body that it sends, and the response until it has read it.
"""

from __future__ import annotations

from hearth_cft.records import MIB

# A phone holds at most 5 MiB: a response to records/fetch with fifty of the largest records.
EACH_BYTES = 16 * MIB
OVERALL_BYTES = 64 * MIB


class BusyError(Exception):
    """The server holds as much for this network, or for all, as it may."""


class Budget:
    """The bytes held now."""

    def __init__(self, each: int = EACH_BYTES, overall: int = OVERALL_BYTES) -> None:
        self._each = each
        self._overall = overall
        self._held: dict[str, int] = {}
        self._total = 0

    def take(self, network: str, size: int) -> None:
        """Hold `size` bytes more for the network.

        Raises BusyError if that is too much for the network or overall.
        """
        held = self._held.get(network, 0) + size
        if held > self._each or self._total + size > self._overall:
            raise BusyError
        self._held[network] = held
        self._total += size

    def give_back(self, network: str, size: int) -> None:
        """Hold `size` bytes less for the network."""
        self._total -= size
        self._held[network] -= size
        if not self._held[network]:
            del self._held[network]
