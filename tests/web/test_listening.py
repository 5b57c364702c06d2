"""The addresses that a server listens on."""

from __future__ import annotations

import errno
import socket

import pytest

from hearth_cft.config import Config
from hearth_cft.web.server import ServeError, listen


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "a..b"])
def test_a_host_that_is_not_this_machine_is_named(host: str) -> None:
    with pytest.raises(ServeError) as raised:
        listen(Config(host=host, port=0))

    assert str(raised.value) == f"'host' is '{host}': that is no address of this machine"


def test_a_port_for_root_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse the port as Linux does, since the tests may run as root."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)

    with pytest.raises(ServeError, match=r"127\.0\.0\.1:80: Permission denied; try --port 8000"):
        listen(Config(port=80))


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_a_host_may_be_an_ipv6_address(host: str) -> None:
    with listen(Config(host=host, port=0)) as listener:
        assert listener.getsockname()[0] == "::1"


def test_every_address_of_ipv6_includes_those_of_ipv4() -> None:
    with listen(Config(host="::", port=0)) as listener:
        port = listener.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 20).close()
        socket.create_connection(("::1", port), 20).close()


def test_a_name_takes_the_first_address_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: object, **__: object) -> list[tuple[object, ...]]:
        stream = (socket.SOCK_STREAM, 6, "")
        return [
            (socket.AF_INET6, *stream, ("::1", 0, 0, 0)),
            (socket.AF_INET, *stream, ("192.0.2.1", 0)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", found)

    with listen(Config(host="clinic.example", port=0)) as listener:
        assert listener.getsockname()[0] == "::1"
