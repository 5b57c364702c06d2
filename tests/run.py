"""Every check, one after another: `python -m tests.run`, or one set: `python -m tests.run lint`.

`browsers` is a set of its own, since it needs two more browsers.

All of them run even when one fails, so that one run tells everything; then the exit code is 1.

A browser on a busy machine now and then does what it does on no other day. Of the tests that drive
one, a few that fail are run once more, alone: those that pass then are named at the end, to be
mended as the mistakes that they are, and don't count as failed.
"""

from __future__ import annotations

import json
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
PYTEST = [sys.executable, "-m", "pytest", "-q"]
TESTS = {
    "catalogues": [str(BIN / "hearth"), "translations", "check"],
    "recordings": [str(BIN / "hearth"), "recordings", "check"],
    "JavaScript tests": [NODE, "--test", "tests/js/**/*.test.js"],
    "Python tests": [*PYTEST, "--cache-clear", "--durations=10"],
}
BROWSERS = {
    "three browsers": [*PYTEST, "--cache-clear", "--durations=10", "tests/engines"],
}
SETS = {"": {**LINT, **TESTS}, "lint": LINT, "browsers": BROWSERS}


IN_BROWSERS = ("tests/browser/", "tests/engines/")
FEW = 3  # more than that isn't chance
TESTS_FAILED = 1  # pytest's exit code; others say that it could not even run them
LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def main(arguments: list[str]) -> int:
    checks = SETS[" ".join(arguments)]
    unsteady: list[str] = []
    failed = [name for name, command in checks.items() if not passes(name, command, unsteady)]
    print(f"\n{len(checks) - len(failed)} checks passed, {len(failed)} failed", flush=True)
    for name in failed:
        print(f"failed: {name}")
    for test in unsteady:
        print(f"unsteady, failed once and passed alone, to be mended: {test}")
    return 1 if failed else 0


def passes(name: str, command: list[str], unsteady: list[str]) -> bool:
    """Run one check. Tests that pass only at the second go are added to `unsteady`."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    code = exit_code(command)
    if code == TESTS_FAILED and command[: len(PYTEST)] == PYTEST:
        again = failed_in_browsers()
        if again and exit_code([*PYTEST, *again]) == 0:
            unsteady += again
            code = 0
    outcome = "ok" if code == 0 else "FAILED"
    print(f"   {name}: {outcome}, {time.monotonic() - began:.0f} s", flush=True)
    return code == 0


def exit_code(command: list[str]) -> int:
    # Settings of whoever runs the tests must not change what is tested.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HEARTH_")}
    return subprocess.run(command, cwd=ROOT, env=clean, check=False).returncode


def failed_in_browsers() -> list[str]:
    """The tests that failed, if all of them drive a browser and they are few; else none."""
    failed = sorted(json.loads((ROOT / LAST_FAILED).read_text("utf-8")))
    if len(failed) > FEW or not all(test.startswith(IN_BROWSERS) for test in failed):
        return []
    print(f"\n-- once more, alone: {', '.join(failed)}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
