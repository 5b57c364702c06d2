"""Notes put on a phone through the app's own vault, as another day would have left them."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import BrowserContext, Page

from tests.server import ROOT, Server

# Each is newer than the one before it, which lists go by: time must not stand still here.
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
    """Where a script of the app is served. The manifest itself isn't."""
    manifest = json.loads((ROOT / "hearth_cft/assets/manifest.json").read_bytes())
    return str(manifest[f"js/{name}"])


def vault_address() -> str:
    return script_address("session/vault.js")


def practice(**fields: Any) -> dict[str, Any]:
    return {"kind": "practice", "fields": fields}


def filled_in(worksheet: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "worksheet", "worksheet": worksheet, "revision": 1, "fields": fields}


def answered(words: str) -> dict[str, Any]:
    """A worksheet with one answer, as acts.write_note types it."""
    return filled_in("three-circles", threat_triggers=words)


async def bare_page(context: BrowserContext, server: Server) -> Page:
    """A page with nothing of the app on it, but with its storage: it costs next to nothing."""
    page = await context.new_page()
    await page.goto(f"{server.url}/healthz")
    return page


async def keep(page: Page, *notes: dict[str, Any]) -> list[str]:
    """Keep these notes, the newest last; give their ids. The page stays as it is."""
    ids: list[str] = await page.evaluate(WRITE, [vault_address(), list(notes)])
    return ids


async def keep_entries(context: BrowserContext, server: Server, *notes: dict[str, Any]) -> None:
    page = await bare_page(context, server)
    await keep(page, *notes)
    await page.close()


async def keep_note(page: Page, words: str) -> str:
    """Keep a worksheet with one answer; give the address at which it opens there."""
    (id,) = await keep(page, answered(words))
    home = await page.evaluate("location.origin")
    return f"{home}/en/worksheets/three-circles#e={id}&step=threat"


async def page_with(
    context: BrowserContext, server: Server, path: str, *notes: dict[str, Any], locale: str = "en"
) -> Page:
    """A page that is opened once these notes are kept."""
    page = await bare_page(context, server)
    await keep(page, *notes)
    await page.goto(f"{server.url}/{locale}/{path}")
    return page
