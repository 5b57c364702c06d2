"""Run all benchmarks in turn. `python -m tests.bench pages store` runs only these two."""

from __future__ import annotations

import importlib
import pkgutil
import signal
import sys

import tests.bench


def main(chosen: list[str]) -> None:
    # Servers that a benchmark has started end with it, whoever ends it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    for name in names:
        if name.startswith("bench_") and (not chosen or name.removeprefix("bench_") in chosen):
            print(f"\n== {name.removeprefix('bench_')}", flush=True)
            importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
