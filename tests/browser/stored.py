"""Put entries of other kinds, older entries and damaged entries into a phone's storage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Page

from tests.browser.writing import PUT_ENTRY

ACTOR = "AAAAAAAAAAA"
# Damages an entry. The last bytes authenticate the encryption, so the entry can't be opened.
BREAK = """async (name) => {
    const done = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("hearth"));
    const store = () => database.transaction("entries", "readwrite").objectStore("entries");
    const sealed = await done(store().get(name));
    sealed[sealed.length - 1] ^= 1;
    await done(store().put(sealed, name));
    database.close();
}"""


async def put_entry(
    page: Page,
    kind: str,
    fields: dict[str, Any] | None = None,
    *,
    when: datetime | None = None,
    tampered: bool = False,
    **about: Any,
) -> str:
    """Store an entry and return its id. The phone must have written something before."""
    values = fields or {"words": "hello"}
    state = {
        "kind": kind,
        "created": (when or datetime.now(UTC)).isoformat().replace("+00:00", "Z"),
        "seen": {ACTOR: 1},
        "deleted": False,
        "fields": {
            name: [{"value": value, "actor": ACTOR, "counter": 1}] for name, value in values.items()
        },
        **about,
    }
    name: str = await page.evaluate(PUT_ENTRY, state)
    if tampered:
        await page.evaluate(BREAK, name)
    return name
