"""Headers of every response: Strict-Transport-Security and the mark."""

from __future__ import annotations

import pytest

from hearth_cft.config import Config
from hearth_cft.web.headers import MARK, part_headers, security_headers

NAME = b"strict-transport-security"


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(), None),
        (Config(hsts_max_age=300), None),
        (Config(behind_tls=True), b"max-age=63072000; includeSubDomains"),
        (Config(behind_tls=True, hsts_subdomains=False), b"max-age=63072000"),
        (Config(behind_tls=True, hsts_max_age=300), b"max-age=300; includeSubDomains"),
        (Config(behind_tls=True, hsts_max_age=0, hsts_subdomains=False), b"max-age=0"),
    ],
)
def test_browsers_are_told_to_come_by_https_as_the_settings_say(
    config: Config, expected: bytes | None
) -> None:
    assert dict(security_headers(config)).get(NAME) == expected
    assert dict(part_headers(config)).get(NAME) == expected


def test_every_response_is_marked_as_hearths() -> None:
    assert MARK in part_headers(Config())
    assert MARK in security_headers(Config())
