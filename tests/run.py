"""Every check, one after another: `python -m tests.run`, or one set: `python -m tests.run lint`.

`browsers` is a set of its own, since it needs two more browsers.

All of them run even when one fails, so that one run tells everything; then the exit code is 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
NODE = str(BIN / "node")
PRETTIED = [
    "app/catalogues/*.{js,css}",
    "static/js",
    "static/build",
    "static/build.mjs",
    "service_worker",
    "tests/js",
]

LINT = {
    "Python style": [str(BIN / "ruff"), "check", "."],
    "Python format": [str(BIN / "ruff"), "format", "--check", "."],
    "Python types": [str(BIN / "mypy")],
    "JavaScript format": [NODE, "node_modules/prettier/bin/prettier.cjs", "--check", *PRETTIED],
    "JavaScript types": [NODE, "node_modules/typescript/bin/tsc", "-p", "."],
    "build types": [NODE, "node_modules/typescript/bin/tsc", "-p", "static/build"],
    "worker types": [NODE, "node_modules/typescript/bin/tsc", "-p", "service_worker"],
}
TESTS = {
    "catalogues": [str(BIN / "hearth"), "translations", "check"],
    "recordings": [str(BIN / "hearth"), "recordings", "check"],
    "JavaScript tests": [NODE, "--test", "tests/js/**/*.test.js"],
    "Python tests": [sys.executable, "-m", "pytest", "-q", "--durations=10"],
}
BROWSERS = {
    "three browsers": [sys.executable, "-m", "pytest", "-q", "--durations=10", "tests/engines"],
}
SETS = {"": {**LINT, **TESTS}, "lint": LINT, "browsers": BROWSERS}


def main(arguments: list[str]) -> int:
    checks = SETS[" ".join(arguments)]
    failed = [name for name, command in checks.items() if not passes(name, command)]
    print(f"\n{len(checks) - len(failed)} checks passed, {len(failed)} failed", flush=True)
    for name in failed:
        print(f"failed: {name}")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    # Settings of whoever runs the tests must not change what is tested.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HEARTH_")}
    done = subprocess.run(command, cwd=ROOT, env=clean, check=False)
    print(
        f"   {name}: {'ok' if done.returncode == 0 else 'FAILED'}, "
        f"{time.monotonic() - began:.0f} s",
        flush=True,
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
