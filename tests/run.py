"""Run all checks: `python -m tests.run`. Run one set of them: `python -m tests.run lint`.

`fast` needs no browser. `all` checks every page in every way. `stress` runs the browser tests twice
in parallel, with half a processor for each page and randomly delayed responses. `browsers` needs
two more browsers. If a check fails, the other checks of the set still run, so that one run shows
every failure. The exit code is then 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
NODE = str(BIN / "node")
# A browser uses more than one core. More workers than this only slow each other down.
WORKERS = str(min(max(os.cpu_count() or 2, 2), 4))
PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=10"]
IN_PARALLEL = ["-n", WORKERS, "--dist", "worksteal"]
SCRIPTS = ["static/js", "static/build", "static/build.mjs", "service_worker", "tests/js"]
FORMATTED = ["hearth_cft/tools/translations/*.{js,css}", "eslint.config.js", *SCRIPTS]


@dataclass(frozen=True)
class Check:
    """A command and its additional environment variables."""

    name: str
    command: list[str]
    environ: dict[str, str] = field(default_factory=dict)


LINT = [
    Check("Python types", [str(BIN / "mypy")]),
    Check("Python imports", [str(BIN / "lint-imports"), "--no-cache"]),
    Check("dead styles", [sys.executable, "-m", "tests.lint.dead_styles"]),
    Check("valid HTML", [sys.executable, "-m", "tests.lint.valid_html"]),
    Check("Python style", [str(BIN / "ruff"), "check", "."]),
    Check("Python format", [str(BIN / "ruff"), "format", "--check", "."]),
    Check(
        "JavaScript format",
        [NODE, "node_modules/prettier/bin/prettier.cjs", "--check", *FORMATTED],
    ),
    Check(
        "JavaScript style",
        [
            NODE,
            "node_modules/eslint/bin/eslint.js",
            "--max-warnings=0",
            *SCRIPTS,
            "hearth_cft/tools",
        ],
    ),
    Check(
        "JavaScript imports",
        [
            NODE,
            "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
            "static/js",
            "service_worker",
        ],
    ),
    Check("JavaScript types", [NODE, "node_modules/typescript/bin/tsc", "-p", "."]),
    Check("build types", [NODE, "node_modules/typescript/bin/tsc", "-p", "static/build"]),
    Check("worker types", [NODE, "node_modules/typescript/bin/tsc", "-p", "service_worker"]),
]
CATALOGUES = Check("catalogues", [str(BIN / "hearth"), "translations", "check"])
RECORDINGS = Check("recordings", [str(BIN / "hearth"), "recordings", "check"])
MEASURED = Check("recordings, measured", [*RECORDINGS.command, "--again"])
# By default, node leaves one core free, which is half of a machine with two cores.
JAVASCRIPT = Check(
    "JavaScript tests", [NODE, "--test", f"--test-concurrency={WORKERS}", "tests/js/**/*.test.js"]
)
WITHOUT_BROWSER = ["tests/unit", "tests/web", "tests/contract", "-m", "not slow"]
STRESS_RUNS = [
    Check(
        f"browser tests under stress, run {run} of 2",
        [*PYTEST, "tests/browser", "-p", "no:cacheprovider"],
        {"TEST_STRESS": "1"},
    )
    for run in (1, 2)
]

# For each set: the checks that may run in parallel, then the checks that need every core.
SETS: dict[str, tuple[list[Check], list[Check]]] = {
    "": (
        [*LINT, CATALOGUES, RECORDINGS, JAVASCRIPT],
        [Check("Python tests", [*PYTEST, *IN_PARALLEL])],
    ),
    "lint": (LINT, []),
    "fast": (
        [*LINT, CATALOGUES, JAVASCRIPT],
        [Check("Python tests", [*PYTEST, *IN_PARALLEL, *WITHOUT_BROWSER])],
    ),
    "all": (
        [*LINT, CATALOGUES, MEASURED, JAVASCRIPT],
        [Check("Python tests", [*PYTEST, *IN_PARALLEL], {"TEST_EVERYTHING": "1"})],
    ),
    "stress": (STRESS_RUNS, []),
    # Each worker has a screen and a loudspeaker of its own, so none hears another.
    "browsers": ([], [Check("three browsers", [*PYTEST, *IN_PARALLEL, "tests/engines"])]),
}


def main(arguments: list[str]) -> int:
    parallel, exclusive = SETS[" ".join(arguments)]
    with ThreadPoolExecutor(2) as pool:
        passed = [*pool.map(passes_in_parallel, parallel)]
    passed += [passes(check) for check in exclusive]
    checks = [*parallel, *exclusive]
    failed = [check.name for check, ok in zip(checks, passed, strict=True) if not ok]
    print(f"\n{len(checks) - len(failed)} checks passed, {len(failed)} failed", flush=True)
    for name in failed:
        print(f"failed: {name}")
    return 1 if failed else 0


def passes(check: Check) -> bool:
    """Run a check and show its output as it appears. Return whether it passed."""
    print(f"\n== {check.name}", flush=True)
    began = time.monotonic()
    process = subprocess.run(check.command, cwd=ROOT, env=environ(check), check=False)
    return report(check, process.returncode, began)


def passes_in_parallel(check: Check) -> bool:
    """Run a check in parallel with others and show its output at the end.

    Return whether it passed.
    """
    began = time.monotonic()
    process = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environ(check),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"\n== {check.name}\n{process.stdout}", end="", flush=True)
    return report(check, process.returncode, began)


def environ(check: Check) -> dict[str, str]:
    """Return the environment variables of a check.

    Leave out the settings of the person who runs the tests, because they would change what is
    tested.
    """
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("HEARTH_", "TEST_"))
    }
    return {**clean, **check.environ}


def report(check: Check, code: int, began: float) -> bool:
    """Print the result of a check. Return whether it passed."""
    result = "ok" if code == 0 else "FAILED"
    print(f"   {check.name}: {result}, {time.monotonic() - began:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
