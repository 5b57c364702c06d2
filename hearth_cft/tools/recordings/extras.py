"""Import the packages of the optional extra `voices` only when they are used."""

from __future__ import annotations

import importlib
import os
from typing import Any


class MissingExtraError(Exception):
    """A package of the extra `voices` isn't installed."""

    def __init__(self, module: str) -> None:
        super().__init__(
            f"{module} is not installed: this command needs the packages of the extra 'voices'. "
            "Install them with: pip install 'hearth-cft[voices]' "
            "(in a working copy: make voices)"
        )
        self.module = module


def extra(module: str) -> Any:
    """Import and return a module of the extra. Raises MissingExtraError."""
    # Since version 1.29, onnxruntime sends telemetry unless this is set before its import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or module) from None
