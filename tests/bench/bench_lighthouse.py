"""Run Lighthouse as on a phone: performance, accessibility, best practices, search engines.

Throttling is simulated, so that other work on the machine changes the figures less.
Needs the development packages of the front end, which `make bench` installs.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.phones import CHROMIUM, FLAGS
from tests.server import ROOT, running

RECORDING = "recordings/soothing-rhythm-breathing"
PAGES = {
    "home": "en/",
    "article": "en/learn/three-systems",
    "things to read": "en/learn/",
    "search": "en/search",
    "week by week": "en/programme",
    "this week": "en/this-week",
    "recordings": "en/recordings/",
    "recording": f"en/{RECORDING}",
    "recording, dark": f"en/{RECORDING}",
    "worksheets": "en/worksheets/",
    "worksheet": "en/worksheets/three-circles",
    "notes": "en/notes/",
    "over time": "en/notes/over-time",
    "appointment": "en/notes/appointment",
    "voice notes": "en/recordings/my-letter",
    "help": "en/help",
    "backup": "en/settings/backup",
    "storage": "en/settings/storage",
    "lock": "en/settings/lock",
    "home, Arabic": "ar/",
    "recording, Arabic": f"ar/{RECORDING}",
    "recording, Arabic, dark": f"ar/{RECORDING}",
    "worksheet, Arabic": "ar/worksheets/three-circles",
    "search, Arabic": "ar/search",
}
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
METRICS = {
    "first-contentful-paint": "paint",
    "largest-contentful-paint": "largest",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
    "speed-index": "speed index",
}
# Emulate a phone in its dark theme: `prefers-color-scheme: dark`.
DARK = ["--blink-settings=preferredColorScheme=0"]
ROUNDS = 3
PATIENCE = 120  # seconds for one page
ATTEMPTS = 3


def run_lighthouse(url: str, report: Path, *, dark: bool = False) -> dict[str, Any]:
    """Return Lighthouse's report of a first visit."""
    flags = [*FLAGS, *DARK] if dark else FLAGS
    command = [
        str(Path(sys.executable).parent / "node"),
        str(ROOT / "node_modules/lighthouse/cli/index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--form-factor=mobile",
        "--throttling-method=simulate",
        f"--chrome-flags=--headless=new {' '.join(flags)}",
    ]
    for _ in range(ATTEMPTS):
        if succeeds(command):
            result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
            return result
    raise SystemExit(f"Lighthouse could not check {url}")


def succeeds(command: list[str]) -> bool:
    """Run Lighthouse. Return whether it succeeded.

    It sometimes fails because Chromium's trace has no beginning.
    """
    process = subprocess.Popen(command, env={**os.environ, "CHROME_PATH": CHROMIUM})
    try:
        return process.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        # When Lighthouse is interrupted, it ends its browser too.
        process.send_signal(signal.SIGINT)
        process.wait(10)
        return False
    finally:
        process.kill()


def median(reports: list[dict[str, Any]], part: str, name: str, key: str) -> float:
    values = [float(report[part][name][key] or 0) for report in reports]
    return statistics.median(values)


def main() -> None:
    missed: dict[str, set[str]] = {}
    print(f"median of {ROUNDS}; targets 98, 100, 100, 100")
    print(f"{'':24}" + "".join(f"{name:>16}" for name in [*CATEGORIES, *METRICS.values()]))
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        for name, path in PAGES.items():
            report = Path(folder) / "report.json"
            visit = partial(run_lighthouse, dark=name.endswith("dark"))
            reports = [visit(f"{server.url}/{path}", report) for _ in range(ROUNDS)]
            scores = [median(reports, "categories", category, "score") for category in CATEGORIES]
            cells = [f"{100 * score:.0f}" for score in scores]
            for metric in METRICS:
                value = median(reports, "audits", metric, "numericValue")
                cells.append(f"{value:.3f}" if metric.endswith("shift") else f"{value:.0f} ms")
            print(f"{name:24}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
            for category in CATEGORIES:
                for reference in reports[0]["categories"][category]["auditRefs"]:
                    audit = reports[0]["audits"][reference["id"]]
                    counts = reference["weight"] and audit["score"] is not None
                    if counts and median(reports, "audits", reference["id"], "score") < 0.9:
                        missed.setdefault(f"{category}: {audit['title']}", set()).add(name)
    for audit, pages in sorted(missed.items()):
        print(f"below 90: {audit} ({', '.join(sorted(pages))})")


if __name__ == "__main__":
    main()
