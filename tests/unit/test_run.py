"""The second look at tests that drive a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import run

STEADY = "def test_steady(): pass\n"
BROKEN = "def test_broken(): assert False\n"
UNSTEADY = """
from pathlib import Path
def test_unsteady():
    seen = Path(__file__).with_suffix(".seen")
    was_seen = seen.exists()
    seen.touch()
    assert was_seen
"""

Outcome = Callable[..., tuple[bool, list[str]]]


@pytest.fixture
def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Run tests out of a folder of their own: whether they pass, and which are unsteady."""
    monkeypatch.setattr(run, "ROOT", tmp_path)

    def of(**files: str) -> tuple[bool, list[str]]:
        for name, content in files.items():
            file = tmp_path / "tests" / name.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.with_suffix(".py").write_text(content, encoding="utf-8")
        # So that pytest takes this folder and no other for its root.
        (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        unsteady: list[str] = []
        return run.passes("tests", [*run.PYTEST, "--cache-clear"], unsteady), unsteady

    return of


def test_a_browser_test_that_passes_alone_is_named(outcome: Outcome) -> None:
    passed, unsteady = outcome(browser__test_a=STEADY, browser__test_b=UNSTEADY)

    assert passed
    assert unsteady == ["tests/browser/test_b.py::test_unsteady"]


def test_a_browser_test_that_fails_again_fails(outcome: Outcome) -> None:
    assert outcome(browser__test_a=UNSTEADY, browser__test_b=BROKEN) == (False, [])


def test_no_other_test_has_a_second_look(outcome: Outcome) -> None:
    assert outcome(unit__test_a=UNSTEADY) == (False, [])


def test_many_that_fail_have_no_second_look(outcome: Outcome) -> None:
    many = {f"browser__test_{number}": UNSTEADY for number in range(run.FEW + 1)}

    assert outcome(**many) == (False, [])


def test_tests_that_can_not_be_read_have_no_second_look(outcome: Outcome) -> None:
    assert outcome(browser__test_a="import nothing_of_this_name\n") == (False, [])


def test_what_passes_is_run_once(outcome: Outcome) -> None:
    assert outcome(browser__test_a=STEADY, unit__test_b=STEADY) == (True, [])
