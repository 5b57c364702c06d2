"""Store notes on a phone through the app's own vault, as if written on an earlier day."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import BrowserContext, Page

from tests.browser.looks import is_earlier
from tests.server import ROOT, Server

# Stores notes and returns their ids. Lists sort by time, so each note is newer than the one before.
# The page's clock must not be stopped.
WRITE = """async ([address, notes]) => {
  const { vault } = await import(address);
  const entries = await vault();
  const ids = [];
  for (const { fields, ...about } of notes) {
    const { id } = entries.create({ locale: "en", ...about });
    await entries.write(id, fields);
    ids.push(id);
    const written = Date.now();
    while (Date.now() === written) await new Promise((go) => setTimeout(go));
  }
  return ids;
}"""


def script_address(name: str) -> str:
    """Return the URL path of a script of the app. The manifest is read on disk: it isn't served."""
    manifest = json.loads((ROOT / "hearth_cft/assets/manifest.json").read_bytes())
    return str(manifest[f"js/{name}"])


def vault_address() -> str:
    return script_address("session/vault.js")


def practice(**fields: Any) -> dict[str, Any]:
    return {"kind": "practice", "fields": fields}


def filled_in(worksheet: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "worksheet", "worksheet": worksheet, "revision": 1, "fields": fields}


def answered(words: str) -> dict[str, Any]:
    """Return a worksheet with one answer, as acts.write_note types it."""
    return filled_in("three-circles", threat_triggers=words)


LETTER = filled_in(
    "compassionate-letter",
    reader="today",
    what_hurts="It makes sense that Sunday hurt.",
    what_helps="A walk with Sam.",
)

# Its paragraphs, as it is read.
LETTER_LINES = [
    "Dear me,",
    "It makes sense that Sunday hurt.",
    "A walk with Sam.",
    "With care,\nme",
]


async def bare_page(context: BrowserContext, server: Server) -> Page:
    """Open a page with the app's storage but none of its scripts. It costs next to nothing."""
    page = await context.new_page()
    await page.goto(f"{server.url}/healthz")
    return page


async def keep(page: Page, *notes: dict[str, Any]) -> list[str]:
    """Store these notes, the newest last, without leaving the page. Return their ids."""
    ids: list[str] = await page.evaluate(WRITE, [vault_address(), list(notes)])
    return ids


async def keep_entries(context: BrowserContext, server: Server, *notes: dict[str, Any]) -> None:
    page = await bare_page(context, server)
    await keep(page, *notes)
    await page.close()


async def keep_note(page: Page, words: str) -> str:
    """Store a worksheet with one answer. Return the URL at which it opens."""
    (id,) = await keep(page, answered(words))
    origin = await page.evaluate("location.origin")
    return f"{origin}/en/worksheets/three-circles#e={id}&step=threat"


async def address_of(context: BrowserContext, server: Server, path: str) -> str:
    """Return the address at which a page stays open; `path` is its URL path.

    An earlier revision of a worksheet is only open for a note, so store one.
    """
    if not is_earlier(path):
        return server.url + path
    _, locale, _, slug, revision = path.split("/")
    note = {**filled_in(slug), "revision": int(revision), "locale": locale}
    page = await bare_page(context, server)
    (id,) = await keep(page, note)
    await page.close()
    return f"{server.url}{path}#e={id}"


async def page_with(
    context: BrowserContext, server: Server, path: str, *notes: dict[str, Any], locale: str = "en"
) -> Page:
    """Store these notes, then open the page at `path`."""
    page = await bare_page(context, server)
    await keep(page, *notes)
    await page.goto(f"{server.url}/{locale}/{path}")
    return page
