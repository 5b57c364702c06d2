"""Notes put on a phone through the app's own vault, as another day would have left them."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import BrowserContext

from tests.browser.acts import page_of
from tests.server import ROOT, Server

WRITE = """async ([address, notes]) => {
  const { vault } = await import(address);
  const entries = await vault();
  for (const { fields, ...about } of notes) {
    const { id } = entries.create({ locale: "en", ...about });
    await entries.write(id, fields);
  }
}"""


def vault_address() -> str:
    """The manifest itself isn't served."""
    manifest = json.loads((ROOT / "app/assets/manifest.json").read_bytes())
    return str(manifest["js/lib/vault.js"])


def practice(**fields: Any) -> dict[str, Any]:
    return {"kind": "practice", "fields": fields}


def filled_in(worksheet: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "worksheet", "worksheet": worksheet, "revision": 1, "fields": fields}


async def keep_entries(context: BrowserContext, server: Server, *notes: dict[str, Any]) -> None:
    page = await page_of(context, server, "notes/")
    await page.evaluate(WRITE, [vault_address(), list(notes)])
    await page.close()
