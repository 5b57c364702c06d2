"""Compare a page from the app's memory with Quart itself, in responses a second.

Four servers run in turn on Hypercorn and uvloop, as `hearth serve` does: the app; a bare Quart
handler that returns "hello"; one that returns the bytes of the same page; one that renders the page
each time. `wrk` uses 16 connections. Prints the responses a second of each server, the 99th
percentile of its response times (p99), and the ratio of the app to it.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from tests.ports import hold_port

PAGE = "/en/learn/three-systems"
SECONDS = 3
ROUNDS = 3


def serve(kind: str, port: int, folder: str) -> None:
    asyncio.set_event_loop_policy(None)
    import uvloop

    uvloop.run(_serve(kind, port, Path(folder)))


async def _serve(kind: str, port: int, folder: Path) -> None:
    import gc
    import logging

    import hypercorn
    from hypercorn.asyncio import serve as serve_asgi
    from quart import Quart, Response  # noqa: TID251

    from hearth_cft.application import create_app, load_site
    from hearth_cft.config import Config
    from hearth_cft.storage import open_store
    from hearth_cft.web.site.pages import pages_of, render_page

    logging.disable(logging.INFO)
    config = Config.load(None, {}, {"data_dir": folder / kind})
    settings = hypercorn.Config()
    settings.bind = [f"127.0.0.1:{port}"]
    settings.accesslog = None
    settings.loglevel = "ERROR"
    async with open_store(config.store, data_dir=config.data_dir, limits=config.limits) as store:
        app: Quart = create_app(config, store)
        if kind != "app":
            body = load_site(config).answers[PAGE].body
            environment, localized = rendering(config)
            values = next(page for page in pages_of(localized) if f"/en/{page[0]}" == PAGE)
            app = Quart("bare", static_folder=None)

            @app.get("/<path:path>")
            async def page(path: str) -> Response:
                if kind == "hello":
                    return Response("hello", content_type="text/plain")
                if kind == "rendered":
                    html = render_page(environment, localized, *values)
                    return Response(html, content_type="text/html; charset=utf-8")
                return Response(body, content_type="text/html; charset=utf-8")

        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000)
        await serve_asgi(app, settings)  # type: ignore[arg-type]


def rendering(config):  # type: ignore[no-untyped-def]
    """Return a warm environment and the library, as the app has them when it renders at start."""
    from hearth_cft import ASSETS, CONTENT
    from hearth_cft.i18n.locales import load_locales
    from hearth_cft.i18n.translations import load_translations
    from hearth_cft.library.audio import load_audio
    from hearth_cft.library.loader import load_library
    from hearth_cft.web.site.build import third_system
    from hearth_cft.web.site.localized import localize_library
    from hearth_cft.web.site.templates import Assets, Renderer

    locales = load_locales(ASSETS / "translations" / "locales.toml")
    translations, _ = load_translations(locales["en"], ASSETS / "translations", None, {})
    translations.values.update(third_system(translations, "soothing"), service_name="Hearth")
    translations.values.update(home_screen_name="Hearth")
    assets = Assets(ASSETS)
    audio, _ = load_audio([ASSETS / "recordings"])
    localized = localize_library(load_library([CONTENT]), audio, translations, locales)
    return Renderer(config, assets, tuple(locales.values()), None).environment(
        translations
    ), localized


def ask(port: int) -> tuple[float, float]:
    """Return the responses a second, and the 99th percentile of the times in milliseconds."""
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency"]
    command.append(f"http://127.0.0.1:{port}{PAGE}")
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    if rate is None or p99 is None or "Non-2xx" in output:
        raise SystemExit(f"wrk printed something unexpected:\n{output}")
    return float(rate[1]), float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]]


def wait_for(port: int) -> None:
    import time
    import urllib.request

    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("a server did not start")


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    kinds = ["app", "hello", "same bytes", "rendered"]
    spawn = get_context("spawn")
    results: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for kind in kinds:
                reserved = hold_port()
                port = reserved.number
                process = spawn.Process(target=serve, args=(kind, port, folder), daemon=True)
                process.start()
                wait_for(port)
                results[kind].append(ask(port))
                process.terminate()
                process.join()
    rates = {kind: statistics.median(rate for rate, _ in results[kind]) for kind in kinds}
    print(f"{PAGE}, 16 connections, median of {ROUNDS} rounds")
    for kind in kinds:
        p99 = statistics.median(p99 for _, p99 in results[kind])
        ratio = "" if kind == "app" else f"   app is {rates['app'] / rates[kind]:.2f} times this"
        print(f"{kind:12} {rates[kind]:8.0f} a second, p99 {p99:6.2f} ms{ratio}")


if __name__ == "__main__":
    main()
