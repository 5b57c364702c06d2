"""Measure what a person waits for on a phone.

That is: opening pages in flight mode, listing notes, searching them, and saving words. The page's
thread is four times slower, as in Lighthouse. The service worker and storage keep their speed.
Times count from the tap, which is the start of the navigation. The browser is running then, but its
service worker is not.
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
# Record when each of these first exists, in ms since the navigation began. Check once a frame.
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
# Return the time from the keystroke until the results are on the screen with their words marked.
# The first search also reads all entries and prepares them for searching.
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
# Record how long each keystroke waits until it is stored, according to the vault.
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


def print_times(name: str, values: list[float], target: str) -> None:
    middle, worst = statistics.median(values), max(values)
    print(f"{name:62}{middle:7.0f} ms, worst {worst:5.0f} ms   (target {target})", flush=True)


async def slow_page(context: BrowserContext) -> Page:
    page = await context.new_page()
    await page.add_init_script(WATCH % ENTRIES)
    # Wait until the browser itself has started: its start is not measured.
    await page.wait_for_timeout(1500)
    await slow_down(page)
    return page


def address_of(name: str) -> str:
    """Return the address of a built module. The manifest itself isn't served."""
    return str(json.loads((ROOT / "hearth_cft/assets/manifest.json").read_bytes())[name])


async def opening(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    """Measure opening pages in flight mode. Start browser and service worker again each time."""
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
        print_times(f"{name}: first paint", [times["paint"] for times in rounds], "500 ms")
        print_times(
            "  of that until the worker answers", [times["worker"] for times in rounds], "-"
        )
        print_times("  heading laid out", [times["heading"] for times in rounds], "500 ms")
        if path == SHEET:
            print_times("  ready to write on", [times["ready"] for times in rounds], "-")
    server.start()


async def listing(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    profile = folder / "listing"
    context = await open_phone(profile)
    page = await context.new_page()
    await page.goto(f"{server.url}/en/")
    await ready_for_flight(page)
    address = address_of("js/session/vault.js")
    per_entry = await page.evaluate(FILL, [address, ENTRIES])
    print(f"{f'filling in {ENTRIES} entries, each durable, unslowed':62}{per_entry:7.1f} ms each")
    await context.close()
    newest: list[float] = []
    complete: list[float] = []
    decrypted: list[float] = []
    searched: list[list[float]] = []
    opened: list[float] = []
    for _ in range(ROUNDS):
        context = await open_phone(profile)
        page = await slow_page(context)
        await page.goto(f"{server.url}/en/notes/")
        complete.append(await until(page, "() => window.seen.listed"))
        newest.append(await page.evaluate("window.seen.first"))
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
            raise SystemExit(f"the vault lists only {count} entries")
        decrypted.append(taken)
        await context.close()
    print_times(f"{ENTRIES} entries read and decrypted", decrypted, "500 ms")
    print_times("notes page: the newest on the screen, from the tap", newest, "-")
    print_times(f"  all {ENTRIES} in the page, while it can be scrolled", complete, "-")
    firsts = [times[0] for times in searched]
    others = [time for times in searched for time in times[1:]]
    print_times("searching: the first words, with all preparation", firsts, "-")
    print_times("  other words", others, "-")
    print_times("opening one of them, from the tap until it can be written on", opened, "-")


async def typing(open_phone: OpenPhone, folder: Path, server: Server) -> None:
    context = await open_phone(folder / "typing")
    page = await slow_page(context)
    await page.goto(f"{server.url}{SHEET}#step=threat")
    await until(page, "() => document.querySelector('.sheet[data-ready]')")
    await page.evaluate(TYPING, [address_of("js/session/vault.js"), f"#answer-{ANSWER}", ANSWER])
    await page.focus(f"#answer-{ANSWER}")
    for _ in range(10):
        await page.keyboard.press("x")
        await page.wait_for_timeout(1500)
    single = await page.evaluate("window.ages.splice(0)")
    await page.keyboard.type("without a pause " * 6, delay=90)
    await page.wait_for_timeout(2000)
    running_on = await page.evaluate("window.ages.splice(0)")
    print_times("one key: until it is stored", single, "1,000 ms")
    print_times("typing on without a pause: until each key is stored", running_on, "1,000 ms")
    await context.close()


async def measure(folder: Path) -> None:
    print(
        f"page thread {SLOWER} times slower; median and worst of {ROUNDS} unless stated otherwise"
    )
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
