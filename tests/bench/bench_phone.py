"""What a person waits for on a phone: opening in flight mode, notes, searching them, saving words.

The page's thread is four times slower, as Lighthouse does it; the worker and storage keep their
speed. Times count from the tap (the start of the navigation); the browser runs by then, its worker
does not.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import BrowserContext, Page

from tests.bench.phones import SLOWER, OpenPhone, phones, ready_for_flight, slow_down, until
from tests.server import ROOT, Server, running

ROUNDS = 5
ENTRIES = 500
SHEET = "/en/worksheets/three-circles"
ANSWER = "threat_triggers"
# When something was first there, in ms since the navigation began; asked once a frame.
WATCH = """
(() => {
  const seen = (window.seen = {});
  const wanted = {
    heading: () => document.querySelector("h1")?.getBoundingClientRect().height > 0,
    ready: () => document.querySelector(".sheet[data-ready]"),
    first: () => document.querySelector(".entries > li"),
    listed: () => document.querySelectorAll(".entries > li").length >= %d,
  };
  const look = () => {
    for (const [name, is] of Object.entries(wanted)) {
      if (!(name in seen) && is()) seen[name] = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
TIMES = """async () => {
  const [navigation] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    ...window.seen,
    worker: navigation.workerStart && navigation.responseStart,
    paint: paint?.startTime,
    loaded: navigation.domContentLoadedEventEnd,
  };
}"""
FILL = """async ([address, count]) => {
  const { vault } = await import(address);
  const entries = await vault();
  const words = "A message from work after six, and then the long way home in the rain. ";
  const began = performance.now();
  for (let at = 0; at < count; at++) {
    const { id } = entries.create({
      kind: "worksheet", worksheet: "three-circles", revision: 1, locale: "en",
    });
    await entries.write(id, {
      day: "2026-11-22", right_now: "settled", threat_size: at % 11, drive_size: 4,
      threat_triggers: words.repeat(1 + (at % 4)), threat_feelings: ["afraid", "hurt"],
      drive_triggers: words, next_step: words,
    });
  }
  return (performance.now() - began) / count;
}"""
LIST = """async (address) => {
  const { vault } = await import(address);
  const entries = await vault();
  const began = performance.now();
  const found = await entries.list();
  return [found.entries.length, performance.now() - began];
}"""
# From the keystroke until what was found is on the screen, with its words marked; the first time
# everything is read and made ready for searching.
SEARCH = """async (words) => {
  const input = document.querySelector("[data-search] input");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const began = performance.now();
  input.focus();
  input.value = words;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const isThere = () => [...document.querySelectorAll(".entry")].length > 0
    && document.querySelector("[data-searching] mark")?.textContent === words.split(" ")[0];
  while (!isThere()) await frame();
  await frame();
  return performance.now() - began;
}"""
# How long each keystroke waited until storage held it, by what the vault says that it holds.
TYPING = """async ([address, selector, name]) => {
  const { vault } = await import(address);
  const entries = await vault();
  const field = document.querySelector(selector);
  let waiting = [];
  window.ages = [];
  field.addEventListener("input", () => {
    waiting.push({ length: field.value.length, at: performance.now() });
  });
  entries.onChange(async () => {
    const now = performance.now();
    const { entries: [newest] } = await entries.list();
    const { length } = (await entries.read(newest.id)).fields[name][0].value;
    const kept = waiting.filter((one) => one.length <= length);
    waiting = waiting.filter((one) => one.length > length);
    window.ages.push(...kept.map(({ at }) => now - at));
  });
}"""


def shown(name: str, values: list[float], target: str) -> None:
    middle, worst = statistics.median(values), max(values)
    print(f"{name:62}{middle:7.0f} ms, worst {worst:5.0f} ms   (target {target})", flush=True)


async def slow_page(context: BrowserContext) -> Page:
    page = await context.new_page()
    await page.add_init_script(WATCH % ENTRIES)
    # The browser's own start is not ours to measure.
    await page.wait_for_timeout(1500)
    await slow_down(page)
    return page


def address_of(name: str) -> str:
    """The address of a built module; the manifest itself isn't served."""
    return str(json.loads((ROOT / "hearth_cft/assets/manifest.json").read_bytes())[name])


async def opening(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    """Flight mode, browser and worker started anew each time."""
    profile = folder / "opening"
    context = await open_phone(profile)
    page = await context.new_page()
    await page.goto(f"{server.url}/en/")
    await ready_for_flight(page)
    await context.close()
    server.stop()
    pages = {"home": "/en/", "an article": "/en/learn/three-systems", "a worksheet": SHEET}
    for name, path in pages.items():
        rounds: list[dict[str, float]] = []
        for _ in range(ROUNDS):
            context = await open_phone(profile)
            page = await slow_page(context)
            await page.goto(server.url + path)
            await until(page, "() => performance.getEntriesByName('first-contentful-paint').length")
            if path == SHEET:
                await until(page, "() => document.querySelector('.sheet[data-ready]')")
            rounds.append(await page.evaluate(TIMES))
            await context.close()
        shown(f"{name}: first paint", [each["paint"] for each in rounds], "500 ms")
        shown("  of that until the worker answers", [each["worker"] for each in rounds], "-")
        shown("  heading laid out", [each["heading"] for each in rounds], "500 ms")
        if path == SHEET:
            shown("  ready to write on", [each["ready"] for each in rounds], "-")
    server.start()


async def listing(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    profile = folder / "listing"
    context = await open_phone(profile)
    page = await context.new_page()
    await page.goto(f"{server.url}/en/")
    await ready_for_flight(page)
    address = address_of("js/lib/vault.js")
    each = await page.evaluate(FILL, [address, ENTRIES])
    print(f"{f'filling in {ENTRIES} entries, each durable, unslowed':62}{each:7.1f} ms each")
    await context.close()
    first: list[float] = []
    whole: list[float] = []
    alone: list[float] = []
    searched: list[list[float]] = []
    opened: list[float] = []
    for _ in range(ROUNDS):
        context = await open_phone(profile)
        page = await slow_page(context)
        await page.goto(f"{server.url}/en/notes/")
        whole.append(await until(page, "() => window.seen.listed"))
        first.append(await page.evaluate("window.seen.first"))
        searched.append(
            [await page.evaluate(SEARCH, words) for words in ("long", "message rain", "six")]
        )
        page = await slow_page(context)
        await page.goto(f"{server.url}/en/notes/")
        await until(page, "() => window.seen.listed")
        async with page.expect_navigation():
            await page.evaluate("document.querySelector('.entries a').click()")
        await until(page, "() => document.querySelector('.sheet[data-ready]')")
        opened.append(await page.evaluate("window.seen.ready"))
        page = await slow_page(context)
        await page.goto(f"{server.url}/en/help")
        count, taken = await page.evaluate(LIST, address)
        if count < ENTRIES:
            raise SystemExit(f"only {count} entries came back")
        alone.append(taken)
        await context.close()
    shown(f"{ENTRIES} entries read and decrypted", alone, "500 ms")
    shown("notes page: the newest on the screen, from the tap", first, "-")
    shown(f"  all {ENTRIES} in the page, while it can be scrolled", whole, "-")
    firsts, others = [each[0] for each in searched], [one for each in searched for one in each[1:]]
    shown("searching: the first words, everything made ready", firsts, "-")
    shown("  other words", others, "-")
    shown("opening one of them, from the tap until it can be written on", opened, "-")


async def typing(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    context = await open_phone(folder / "typing")
    page = await slow_page(context)
    await page.goto(f"{server.url}{SHEET}#step=threat")
    await until(page, "() => document.querySelector('.sheet[data-ready]')")
    await page.evaluate(TYPING, [address_of("js/lib/vault.js"), f"#answer-{ANSWER}", ANSWER])
    await page.focus(f"#answer-{ANSWER}")
    for _ in range(10):
        await page.keyboard.press("x")
        await page.wait_for_timeout(1500)
    single = await page.evaluate("window.ages.splice(0)")
    await page.keyboard.type("without a pause " * 6, delay=90)
    await page.wait_for_timeout(2000)
    running_on = await page.evaluate("window.ages.splice(0)")
    shown("one key: until it is stored", single, "1,000 ms")
    shown("typing on without a pause: until each key is stored", running_on, "1,000 ms")
    await context.close()


async def measure(folder: Path) -> None:
    print(f"page thread {SLOWER} times slower; median and worst of {ROUNDS} unless said")
    with running(folder) as server:
        async with phones() as open_phone:
            await opening(open_phone, folder, server)
            await listing(open_phone, folder, server)
            await typing(open_phone, folder, server)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
