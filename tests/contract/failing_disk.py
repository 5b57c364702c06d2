"""A disk that fails, or a process that is killed, at one chosen step of what is being tested."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# The calls of the store that can change the disk or wait for it.
CALLS = ("open", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "mkdir")

Call = Callable[..., Any]
# Gets the number and the name of a step, the real function and its arguments.
Interference = Callable[[int, str, Call, tuple[Any, ...]], Any]


class Steps:
    """Counts the calls of CALLS, and lets `interfere` stand in for each of them."""

    def __init__(self, interfere: Interference) -> None:
        self.count = 0
        self._interfere = interfere
        self._lock = threading.Lock()

    def wrapped(self, name: str, real: Call) -> Call:
        """Return a function that counts a step and then interferes."""

        def call(*arguments: Any, **options: Any) -> Any:
            with self._lock:
                number, self.count = self.count, self.count + 1
            return self._interfere(number, name, lambda *a: real(*a, **options), arguments)

        return call


@contextmanager
def interfering(monkeypatch: pytest.MonkeyPatch, interfere: Interference) -> Iterator[Steps]:
    """Let `interfere` stand in for every call of CALLS."""
    steps = Steps(interfere)
    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(f"os.{name}", steps.wrapped(name, getattr(os, name)))
        yield steps


def failing_once(number: int, code: int) -> Interference:
    """Return an interference that lets one step fail with this errno."""

    def interfere(step: int, name: str, real: Call, arguments: tuple[Any, ...]) -> Any:
        if step == number:
            raise OSError(code, os.strerror(code))
        return real(*arguments)

    return interfere


def failing_from(number: int, code: int) -> Interference:
    """Return an interference that lets a step and all later ones fail with this errno."""

    def interfere(step: int, name: str, real: Call, arguments: tuple[Any, ...]) -> Any:
        if step >= number:
            raise OSError(code, os.strerror(code))
        return real(*arguments)

    return interfere


def killed_at(number: int, folder: Path, left: Path) -> Interference:
    """Return an interference that copies to `left` what a kill before this step would leave.

    A kill in the middle of a write leaves half of what was written.
    """

    def interfere(step: int, name: str, real: Call, arguments: tuple[Any, ...]) -> Any:
        if step != number:
            return real(*arguments)
        if name != "write":
            shutil.copytree(folder, left)
            return real(*arguments)
        handle, data = arguments
        try:
            half = real(handle, data[: len(data) // 2])
        finally:
            shutil.copytree(folder, left)
        return half + real(handle, data[half:])

    return interfere


def full_while(exists: Path) -> Interference:
    """Return an interference that lets no write succeed while this file is there."""

    def interfere(step: int, name: str, real: Call, arguments: tuple[Any, ...]) -> Any:
        if name == "write" and exists.exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    return interfere
