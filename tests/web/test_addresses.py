"""Which address a request counts for, behind which proxies."""

from __future__ import annotations

import logging
from ipaddress import ip_network

import pytest

from hearth_cft.config import TrustedProxies
from hearth_cft.web.addresses import TELLING_ACCOUNTS, Client, HiddenAddresses, client_of

INSIDE = (ip_network("10.0.0.0/8"), ip_network("2001:db8:9::/48"))


def network_of(peer: str | None, *forwarded: str, trusted: TrustedProxies = None) -> str:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    scope = {"client": None if peer is None else (peer, 1), "headers": headers}
    return client_of(scope, trusted).network


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", [], "192.0.2.1"),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("127.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("::1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 2001:db8::5"], "2001:db8::/64"),
        ("127.0.0.1", ["198.51.100.7:51234"], "198.51.100.7"),
        ("127.0.0.1", ["[2001:db8::1]:443"], "2001:db8::/64"),
        ("127.0.0.1", ["[2001:db8::1]"], "2001:db8::/64"),
        ("127.0.0.1", ["203.0.113.9", "198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["203.0.113.9, 127.0.0.1"], "127.0.0.1"),
        ("127.0.0.1", ["nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.9, nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["١.2.3.4"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.1"], "10.0.0.1"),
        ("<local>", [], "unknown"),
        (None, ["198.51.100.1"], "unknown"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed_unless_told(
    peer: str | None, forwarded: list[str], expected: str
) -> None:
    assert network_of(peer, *forwarded) == expected


@pytest.mark.parametrize(
    ("hops", "expected"),
    [(0, "192.0.2.1"), (1, "198.51.100.3"), (2, "198.51.100.2"), (9, "203.0.113.9")],
)
def test_a_number_of_proxies_is_counted_from_the_right(hops: int, expected: str) -> None:
    forwarded = "203.0.113.9, 198.51.100.2, 198.51.100.3"

    assert network_of("192.0.2.1", forwarded, trusted=hops) == expected


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("10.0.0.1", "203.0.113.9, 198.51.100.2, 10.1.1.1", "198.51.100.2"),
        ("10.0.0.1", "203.0.113.9, [2001:db8:9::1]:80", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, junk, 10.1.1.1", "10.1.1.1"),
        ("192.0.2.1", "203.0.113.9, 10.1.1.1", "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1"),
    ],
)
def test_networks_are_believed_as_far_as_they_reach(
    peer: str, forwarded: str, expected: str
) -> None:
    assert network_of(peer, forwarded, trusted=INSIDE) == expected


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::3", "2001:db8:1::/48"),
        ("192.0.2.1", "192.0.2.1"),
        ("<local>", "unknown"),
    ],
)
def test_a_site_is_what_one_customer_has(peer: str, expected: str) -> None:
    assert client_of({"client": (peer, 1), "headers": []}, None).site == expected


def test_a_proxy_that_hides_addresses_is_noticed_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    hidden = HiddenAddresses()

    for _ in range(3 * TELLING_ACCOUNTS):
        hidden.note(Client("127.0.0.1", is_hidden=True))

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "trusted_proxies" in caplog.text


@pytest.mark.parametrize(
    "other", [Client("198.51.100.1", is_hidden=False), Client("192.168.1.7", is_hidden=True)]
)
def test_clients_with_addresses_of_their_own_show_no_such_proxy(
    caplog: pytest.LogCaptureFixture, other: Client
) -> None:
    hidden = HiddenAddresses()
    hidden.note(other)

    for _ in range(3 * TELLING_ACCOUNTS):
        hidden.note(Client("192.168.1.1", is_hidden=True))

    assert caplog.records == []
