"""Browsers that refuse what the app would use: blocked site data, private windows, old browsers.

Whatever is refused, pages can be read and recordings heard. What is written is kept, or the page
says why it can't be kept.
"""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.acts import QUESTION, STEP, notes_are_open, page_of, started
from tests.browser.conftest import EVERYTHING, OpenPhone, in_every_look, violations
from tests.browser.listen import RECORDING, play
from tests.browser.looks import is_earlier, pages_of
from tests.server import Server

pytestmark = pytest.mark.browser

# Makes a property throw when it is read, or be missing, or have methods that fail.
REFUSE = """
  const no = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  const late = async () => no();
  const throws = (owner, name) => Object.defineProperty(owner, name, { get: no });
  const lacks = (owner, name) => Object.defineProperty(owner, name, { value: undefined });
  // The empty page that comes first has only some of the kinds.
  const fails = (kind, names, refuse) =>
    names.forEach((name) => window[kind] && (window[kind].prototype[name] = refuse));
"""

# What is refused, and what the page of notes then says; None if notes can be written.
REFUSED = "This browser is set to keep nothing from this site"
MISSING = "This browser can’t keep notes."
CASES = {
    "channels": ("window.BroadcastChannel = class { constructor() { no(); } }", None),
    "no channels": ("lacks(window, 'BroadcastChannel')", None),
    "caches": ("fails('CacheStorage', ['open', 'has', 'match', 'keys', 'delete'], late)", None),
    "even to name caches": ("throws(window, 'caches')", None),
    "no caches": ("lacks(window, 'caches')", None),
    "localStorage": ("throws(window, 'localStorage'); throws(window, 'sessionStorage')", None),
    "the worker": ("fails('ServiceWorkerContainer', ['register', 'getRegistration'], late)", None),
    "no worker": ("lacks(navigator, 'serviceWorker')", None),
    "even to name the worker": ("throws(navigator, 'serviceWorker')", None),
    "a wake lock": ("fails('WakeLock', ['request'], late)", None),
    "databases": ("fails('IDBFactory', ['open', 'deleteDatabase'], no)", REFUSED),
    "even to name databases": ("throws(window, 'indexedDB')", REFUSED),
    "no databases": ("lacks(window, 'indexedDB')", MISSING),
    "locks": ("fails('LockManager', ['request', 'query'], late)", REFUSED),
    "no locks": ("lacks(navigator, 'locks')", MISSING),
    "no cryptography": ("lacks(crypto, 'subtle')", MISSING),
}
ALL_AT_ONCE = (
    "; ".join(
        CASES[name][0]
        for name in (
            "channels",
            "caches",
            "localStorage",
            "the worker",
            "a wake lock",
            "databases",
            "locks",
        )
    ),
    REFUSED,
)
ALL = {**CASES, "everything": ALL_AT_ONCE}


async def refusing(open_phone: OpenPhone, script: str, **look: str) -> BrowserContext:
    phone = await open_phone(**look)
    await phone.add_init_script(f"{{ {REFUSE} {script}; }}")
    return phone


@pytest.mark.flight
@pytest.mark.parametrize(("script", "words"), ALL.values(), ids=ALL)
async def test_reading_and_listening_work_and_writing_tells_the_truth(
    shared_server: Server, open_phone: OpenPhone, script: str, words: str | None
) -> None:
    phone = await refusing(open_phone, script)
    errors: list[str] = []
    phone.on("weberror", lambda error: errors.append(str(error.error)))

    page = await page_of(phone, shared_server, RECORDING)
    await play(page)

    await page.goto(f"{shared_server.url}/en/worksheets/three-circles#{STEP}")
    await page.get_by_label(QUESTION).fill("marmalade")
    line = page.locator("[data-save-line]")
    await expect(line).to_contain_text(
        "This browser can’t keep your words." if words else "Saved on this phone"
    )

    await page.goto(f"{shared_server.url}/en/notes/")
    await notes_are_open(page)
    if script == CASES["locks"][0]:
        # Only writing needs a lock.
        await expect(page.get_by_text("Nothing here yet")).to_be_visible()
    elif words:
        await expect(page.get_by_role("alert")).to_contain_text(words)
    else:
        await expect(page.get_by_role("link", name="My three circles")).to_be_visible()
    await expect(page.locator("[data-broken]")).to_have_count(0)
    assert errors == []


@pytest.mark.flight
@pytest.mark.parametrize("name", ALL)
async def test_every_page_opens_whatever_is_refused(
    shared_server: Server, open_phone: OpenPhone, name: str
) -> None:
    script, _ = ALL[name]
    phone = await refusing(open_phone, script)
    errors: list[str] = []
    phone.on("weberror", lambda error: errors.append(str(error.error)))
    # Where nothing is stored, no note opens an earlier revision of a worksheet.
    paths = [path for path in pages_of(shared_server, "en") if not is_earlier(path)]
    if not EVERYTHING:
        # Each page with a fourth of what can be refused. `make test-all` tries all of it.
        paths = paths[[*ALL].index(name) % 4 :: 4]
    page = await phone.new_page()

    for path in paths:
        await page.goto(shared_server.url + path)

        await started(page)
        await expect(page.locator("h1:visible").first, path).to_be_visible()
        await expect(page.locator("[data-broken]"), path).to_have_count(0)
        assert errors == [], path
    assert paths


async def test_the_storage_page_says_why_nothing_is_kept(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    for name, words in {
        "caches": "This browser is set to keep nothing from this site.",
        "no worker": "This browser keeps no pages, recordings or notes here.",
    }.items():
        phone = await refusing(open_phone, CASES[name][0])

        page = await page_of(phone, shared_server, "settings/storage")

        await expect(page.locator("[data-ready]")).to_contain_text(words)


@in_every_look
async def test_what_is_said_is_accessible(
    shared_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    phone = await refusing(open_phone, ALL_AT_ONCE[0], color_scheme=scheme)
    for path in ("notes/", "settings/storage", "settings/backup", "settings/lock"):
        page = await page_of(phone, shared_server, path, locale)
        await expect(page.locator(".notice.err, [data-ready]").first).to_be_visible()
        assert await violations(page) == []


async def test_everything_can_be_removed_and_the_install_page_promises_nothing(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await refusing(open_phone, ALL_AT_ONCE[0])

    page = await page_of(phone, shared_server, "settings/install")
    await expect(page.get_by_text("In this browser nothing works without a signal")).to_be_visible()
    await expect(page.get_by_text("and works with no signal")).to_have_count(0)

    await page.goto(f"{shared_server.url}/en/settings/privacy")
    await page.get_by_label("I understand that this can’t be undone").check()
    await page.get_by_role("button", name="Remove everything").click()

    await expect(page.get_by_role("heading", name="Everything has been removed")).to_be_visible()
