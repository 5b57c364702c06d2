"""Lighthouse, as on a phone: performance, accessibility, best practices, search engines.

Throttling is simulated, so that other work on the machine moves the figures less.
Needs the development packages of the front end: `make bench` installs them.
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
    "my letter": "en/recordings/my-letter",
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
# What a phone in its dark theme asks for: `prefers-color-scheme: dark`.
DARK = ["--blink-settings=preferredColorScheme=0"]
ROUNDS = 3
PATIENCE = 120  # seconds for one page
ATTEMPTS = 3


def look(url: str, report: Path, *, dark: bool = False) -> dict[str, Any]:
    """Lighthouse's report of one visit by a browser that has never been here."""
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
        if finishes(command):
            found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
            return found
    raise SystemExit(f"Lighthouse could not look at {url}")


def finishes(command: list[str]) -> bool:
    """Whether Lighthouse got through; now and then Chromium's trace has no beginning."""
    running = subprocess.Popen(command, env={**os.environ, "CHROME_PATH": CHROMIUM})
    try:
        return running.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        # Interrupted, it ends its browser too.
        running.send_signal(signal.SIGINT)
        running.wait(10)
        return False
    finally:
        running.kill()


def median(reports: list[dict[str, Any]], part: str, name: str, key: str) -> float:
    values = [float(each[part][name][key] or 0) for each in reports]
    return statistics.median(values)


def main() -> None:
    missed: dict[str, set[str]] = {}
    print(f"median of {ROUNDS}; targets 98, 100, 100, 100")
    print(f"{'':24}" + "".join(f"{name:>16}" for name in [*CATEGORIES, *METRICS.values()]))
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        for name, path in PAGES.items():
            report = Path(folder) / "report.json"
            visit = partial(look, dark=name.endswith("dark"))
            reports = [visit(f"{server.url}/{path}", report) for _ in range(ROUNDS)]
            scores = [median(reports, "categories", each, "score") for each in CATEGORIES]
            cells = [f"{100 * score:.0f}" for score in scores]
            for each in METRICS:
                value = median(reports, "audits", each, "numericValue")
                cells.append(f"{value:.3f}" if each.endswith("shift") else f"{value:.0f} ms")
            print(f"{name:24}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
            for category in CATEGORIES:
                for each in reports[0]["categories"][category]["auditRefs"]:
                    audit = reports[0]["audits"][each["id"]]
                    judged = each["weight"] and audit["score"] is not None
                    if judged and median(reports, "audits", each["id"], "score") < 0.9:
                        missed.setdefault(f"{category}: {audit['title']}", set()).add(name)
    for audit, pages in sorted(missed.items()):
        print(f"below 90: {audit} ({', '.join(sorted(pages))})")


if __name__ == "__main__":
    main()
