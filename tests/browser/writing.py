"""Helpers that write in a worksheet, for tests of what happens to the words."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Page, expect

from tests.server import Server

SHEET = "worksheets/three-circles"
WORDS = "A message from work after six."
TRIGGERS = "#answer-threat_triggers"
SAVED = "Saved on this phone"


async def opened(
    context: BrowserContext, server: Server, fragment: str = "", locale: str = "en"
) -> Page:
    page = await context.new_page()
    await page.goto(f"{server.url}/{locale}/{SHEET}{fragment}")
    await is_ready(page)
    return page


async def is_ready(page: Page) -> None:
    await expect(page.locator(".sheet[data-ready]")).to_be_attached()


async def begun(context: BrowserContext, server: Server, words: str = WORDS) -> Page:
    """Start a new worksheet, type these words and wait until they are stored."""
    page = await opened(context, server, "#step=threat")
    await page.fill(TRIGGERS, words)
    await is_saved(page)
    return page


async def reload(page: Page) -> None:
    await page.reload()
    await is_ready(page)


async def is_saved(page: Page, seconds: float | None = None) -> None:
    limit = seconds and seconds * 1000
    await expect(page.locator("[data-save-line]")).to_contain_text(SAVED, timeout=limit)


async def set_slider(page: Page, name: str, value: int) -> None:
    await page.focus(f"#answer-{name}")
    for _ in range(value):
        await page.keyboard.press("ArrowRight")


async def fill_everything(page: Page) -> None:
    """Answer a question of each type, step by step."""
    await page.fill("#answer-day", "2026-11-22")
    await page.check("input[value=settled]")
    await page.click("[data-next]")
    await set_slider(page, "threat_size", 7)
    await page.fill(TRIGGERS, WORDS)
    await page.check("#answer-threat_feelings-2")
    await page.check("#answer-threat_feelings-6")
    await page.click("[data-next]")
    await page.fill("#answer-drive_body", "I walk fast.")
    await page.click("[data-next]")
    await page.click("[data-next]")
    await page.click("[data-add]")
    await page.get_by_label("What happened?").fill("The bus was late.")
    await page.get_by_label("Drive", exact=True).check()
    await is_saved(page)


async def answers(page: Page) -> list[str]:
    """Return the answers in the worksheet, as they would be printed."""
    return [text for text in await page.locator(".printed").all_text_contents() if text]


EVERYTHING = [
    "22 November 2026",
    "Settled: calm, or close to it",
    "7 of 10",
    WORDS,
    "Worried, Hurt",
    "I walk fast.",
    "The bus was late.",
    "Drive",
]

# Stores an entry as another version of the app would, encrypted with this phone's key.
# Returns the id of the entry.
PUT_ENTRY = """async (state) => {
    const text = (words) => new TextEncoder().encode(words);
    const random = (length) => crypto.getRandomValues(new Uint8Array(length));
    const done = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("hearth"));
    const store = (name, mode) => database.transaction(name, mode).objectStore(name);
    const { secret } = await done(store("keys", "readonly").get("secret"));
    const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: text("hearth/v1"), info: text("data") };
    const aes = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.deriveKey(hkdf, base, aes, false, ["encrypt"]);
    const [id, iv] = [random(16), random(12)];
    const additionalData = new Uint8Array([...text("HRL1"), ...id]);
    const how = { name: "AES-GCM", iv, additionalData };
    const plain = text(JSON.stringify(state));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, plain));
    const name = btoa(String.fromCharCode(...id))
        .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    await done(store("entries", "readwrite").put(new Uint8Array([...iv, ...sealed]), name));
    database.close();
    return name;
}"""
