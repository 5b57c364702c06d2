"""Basic auth in front of the API is noticed, and said once."""

from __future__ import annotations

import logging

import pytest

from hearth_cft.web.api.basic_auth import TELLING_CALLS, BasicAuthInFront

PASSWORD = "Basic cGlsb3Q6c2VjcmV0"
TOKEN = "Bearer abc"


def test_passwords_without_any_token_are_noticed_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    in_front = BasicAuthInFront()

    for _ in range(3 * TELLING_CALLS):
        in_front.note(PASSWORD)

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "leave /api/ out" in caplog.text


@pytest.mark.parametrize("calls", [[PASSWORD, TOKEN], [""], [PASSWORD]])
def test_a_token_that_comes_too_or_few_passwords_show_nothing(
    caplog: pytest.LogCaptureFixture, calls: list[str]
) -> None:
    in_front = BasicAuthInFront()

    for header in calls * (TELLING_CALLS - 1):
        in_front.note(header)

    assert caplog.records == []
