"""Import the packages of the optional extras only when they are used."""

from __future__ import annotations

import importlib
import os
from typing import Any

# What adding and measuring a recording needs. Speaking needs more.
_RECORDINGS = ("av", "numpy")


class MissingExtraError(Exception):
    """A package of the extra `recordings`, or of `voices`, isn't installed."""

    def __init__(self, module: str) -> None:
        name = "recordings" if module.partition(".")[0] in _RECORDINGS else "voices"
        super().__init__(
            f"{module} is not installed: this command needs the packages of the extra '{name}'. "
            f"Install them with: pip install 'hearth-cft[{name}]' "
            "(in a working copy: make voices)"
        )
        self.module = module


def extra(module: str) -> Any:
    """Import and return a module of an extra. Raises MissingExtraError."""
    # Since version 1.29, onnxruntime sends telemetry unless this is set before its import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or module) from None
