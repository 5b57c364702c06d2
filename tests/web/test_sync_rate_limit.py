"""The limits on how often an address may do something."""

from __future__ import annotations

import pytest

from hearth_cft.web.api.rate_limit import RateLimiter


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_as_many_as_allowed_go_at_once_and_then_one_by_one(clock: Clock) -> None:
    limiter = RateLimiter(3, 100, 60, clock=clock)
    for _ in range(3):
        assert limiter.retry_after("a") == 0.0
        limiter.hit("a")

    assert limiter.retry_after("a") == pytest.approx(20)
    clock.now += 20
    assert limiter.retry_after("a") == pytest.approx(0)


def test_one_address_does_not_use_up_what_another_may(clock: Clock) -> None:
    limiter = RateLimiter(1, 100, 60, clock=clock)
    limiter.hit("a")

    assert limiter.retry_after("a") > 0
    assert limiter.retry_after("b") == 0.0


def test_all_together_have_a_limit_too(clock: Clock) -> None:
    limiter = RateLimiter(1, 3, 60, clock=clock)
    for name in "abc":
        limiter.hit(name)

    assert limiter.retry_after("d") == pytest.approx(20)


def test_what_did_not_happen_is_taken_back(clock: Clock) -> None:
    limiter = RateLimiter(1, 1, 60, clock=clock)
    limiter.hit("a")
    limiter.refund("a")

    assert limiter.retry_after("a") == 0.0
    assert limiter.retry_after("b") == 0.0


def test_a_limit_of_none_allows_none(clock: Clock) -> None:
    assert RateLimiter(0, 5, 60, clock=clock).retry_after("a") == 60
    assert RateLimiter(5, 0, 60, clock=clock).retry_after("a") == 60


def test_memory_is_bounded(clock: Clock) -> None:
    limiter = RateLimiter(1, 1_000_000, 60, clock=clock, remembered=100)
    for number in range(1_000):
        limiter.hit(str(number))

    assert len(limiter) == 100
    assert limiter.retry_after("999") > 0


def test_a_newcomer_has_an_overall_limit_of_its_own(clock: Clock) -> None:
    limiter = RateLimiter(5, 2, 60, clock=clock, newcomers=4)
    limiter.hit("a")
    limiter.hit("b")

    assert limiter.retry_after("a") > 0
    assert limiter.retry_after("c") == 0.0


def test_newcomers_without_end_are_limited_too(clock: Clock) -> None:
    limiter = RateLimiter(5, 2, 60, clock=clock, newcomers=4)
    for name in "abcd":
        limiter.hit(name)

    assert limiter.retry_after("e") == pytest.approx(30)
    clock.now += 30
    assert limiter.retry_after("e") == pytest.approx(0)
