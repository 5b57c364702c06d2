"""Find the address that a request comes from, with proxies in front or without.

Whatever a client can make up never counts as an address of its own.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from hearth_cft.config import TrustedProxies
from hearth_cft.web.prerendered import Scope

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# So many new accounts from one private address, and none from elsewhere, show a proxy.
TELLING_ACCOUNTS = 5

log = logging.getLogger("hearth")


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from.

    `network` is what one household or clinic shares: an IPv4 address, the /64 network of an IPv6
    address, or "unknown". `is_hidden` is True if no proxy passed the address on, and the address
    isn't a public one.
    """

    network: str
    is_hidden: bool

    @property
    def site(self) -> str:
        """Return the /48 network of an IPv6 address, or else `network`.

        A /48 is the most that one customer usually has (RFC 6177): 65,536 values of `network`.
        """
        if ":" not in self.network:
            return self.network
        return str(ipaddress.ip_network(self.network).supernet(new_prefix=48))


def client_of(scope: Scope, trusted: TrustedProxies) -> Client:
    """Return where a request comes from. `trusted` is the setting `trusted_proxies`."""
    peer = parsed((scope.get("client") or ("",))[0])
    # Several header lines are one list (RFC 9110, section 5.2).
    hops = ",".join(
        value.decode("latin-1")
        for name, value in scope["headers"]
        if name.lower() == b"x-forwarded-for"
    ).split(",")
    address, hop_count = peer, 0
    for hop in reversed(hops):
        if not _is_trusted(address, hop_count, trusted):
            break
        before = parsed(hop)
        # If a hop is junk, count the proxy that passed it on.
        if before is None:
            break
        address, hop_count = before, hop_count + 1
    is_public = address is not None and address.is_global
    return Client(_network(address), is_hidden=hop_count == 0 and not is_public)


def parsed(text: str) -> Address | None:
    """Return the address in a text such as `198.51.100.7:51234` or `[2001:db8::1]:443`, or None."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _is_trusted(address: Address | None, hop_count: int, trusted: TrustedProxies) -> bool:
    if trusted is None:
        return hop_count == 0 and address is not None and address.is_loopback
    if isinstance(trusted, int):
        return hop_count < trusted
    return address is not None and _is_in(address, trusted)


def _is_in(
    address: Address, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> bool:
    return any(address in network for network in networks)


def _network(address: Address | None) -> str:
    if address is None:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


class HiddenAddresses:
    """Notice a proxy that doesn't pass on the addresses of its clients. Log it once."""

    def __init__(self) -> None:
        self._is_watching = True
        self._network: str | None = None
        self._count = 0

    def note(self, client: Client) -> None:
        """Count a new account of the client."""
        if not self._is_watching:
            return
        is_same = self._network in (None, client.network)
        self._is_watching = client.is_hidden and is_same
        self._network, self._count = client.network, self._count + 1
        if self._is_watching and self._count == TELLING_ACCOUNTS:
            self._is_watching = False
            log.warning(
                "every new account comes from one private address: if a proxy is in front, set "
                "trusted_proxies and let it send X-Forwarded-For, or its clients share one limit"
            )
