"""Run `hearth serve` of this working copy, or of an older one that HEARTH_BENCH_OLD names.

An older copy needs built assets in hearth_cft/assets; a link to this copy's folder will do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.server import ROOT, Server, Started


def copies() -> dict[str, Path]:
    """Return the folders of the working copies to compare: "before", if there is one, and "now"."""
    old = os.environ.get("HEARTH_BENCH_OLD")
    return {**({"before": Path(old)} if old else {}), "now": ROOT}


class CopyServer(Server):
    """`hearth serve` of a working copy."""

    def __init__(self, folder: Path, copy: Path, settings: str) -> None:
        super().__init__(folder, settings)
        self.copy = copy

    def _begin(self) -> Started:
        command = ["env", f"PYTHONPATH={self.copy}", sys.executable, "-m", "hearth_cft.cli"]
        command += ["serve", "--port", str(self.port), "--data-dir", str(self.data)]
        return Started([*command, "--config", str(self.config)], self.folder, self.log)
