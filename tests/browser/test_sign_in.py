"""Phones behind a sign-in in front of the service: basic auth, or a cookie of a proxy.

nginx stands for both. A cookie sign-in redirects to its page, here or at another host name, or
shows its page in place of the service's.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.acts import turn_on_backup
from tests.browser.conftest import OpenPhone, chromium, ready_for_flight, until
from tests.proxies import HOST, guarded
from tests.server import ready
from tests.warm import Serve

pytestmark = [pytest.mark.browser, pytest.mark.flight]

# A worker needs a certificate without errors, and this one is nobody's.
FLAGS = ("--ignore-certificate-errors", "--host-resolver-rules=MAP *.example.org 127.0.0.1")
OTHER_HOST = "sign-in.example.org"
USER = {"username": "pilot", "password": "a long secret"}
# nginx looks for the file beside its own.
PASSWORD = 'auth_basic "Pilot"; auth_basic_user_file users;'
NO_PASSWORD = "auth_basic off;"
COOKIE = """
    set $known "$cookie_pass";
    if ($uri ~ "^/(who|let-in)$") {{ set $known yes; }}
    if ($known = "") {{ return {answer}; }}
    {page}
    location = /who {{
        default_type text/html;
        return 200 '<a href="https://{host}:$server_port/let-in">Let me in</a>';
    }}
    location = /let-in {{
        add_header Set-Cookie "pass=yes; Path=/; Secure; HttpOnly; SameSite=Lax";
        return 303 https://{host}:$server_port/;
    }}
"""
SIGN_INS = {
    "a redirect": "302 /who",
    "a redirect elsewhere": f"302 https://{OTHER_HOST}:$server_port/who",
    "a page in its place": "403",
}
KEPT_OUT = "The service isn’t letting this phone in just now."
RECORDING = "recordings/soothing-rhythm-breathing"


def cookie(answer: str) -> str:
    page = "error_page 403 /who;" if answer == "403" else ""
    return COOKIE.format(answer=answer, page=page, host=HOST)


def let_in_with(folder: Path, password: str) -> None:
    """Set the password of basic auth. nginx reads it at each request."""
    (folder / "users").write_text(f"{USER['username']}:{{PLAIN}}{password}\n")


@pytest_asyncio.fixture(scope="module", loop_scope="session", name="browser")
async def a_browser() -> AsyncIterator[Browser]:
    async with chromium(*FLAGS) as started:
        yield started


Behind = Callable[..., contextlib.AbstractAsyncContextManager[tuple[BrowserContext, str]]]


@pytest.fixture
def behind(serve: Serve, tmp_path: Path, open_phone: OpenPhone) -> Behind:
    """Return a function that runs a server and nginx with these lines in front of it.

    It yields a phone, opened with `options`, and the origin for it to open.
    """

    @contextlib.asynccontextmanager
    async def phone_behind(
        lines: str, api_lines: str = "", **options: object
    ) -> AsyncIterator[tuple[BrowserContext, str]]:
        let_in_with(tmp_path, USER["password"])
        with (
            ready(serve(tmp_path, "behind_tls = true\n")) as server,
            guarded(tmp_path, server, lines, api_lines) as proxy,
        ):
            phone = await open_phone(ignore_https_errors=True, **options)
            yield phone, f"https://{HOST}:{proxy.port}"

    return phone_behind


async def sign_in(phone: BrowserContext, origin: str) -> Page:
    """Sign in on a page of its own. Return the page, which then shows home."""
    page = await phone.new_page()
    await page.goto(f"{origin}/")
    await let_in(page)
    return page


async def let_in(page: Page) -> None:
    await page.get_by_role("link", name="Let me in").click()
    await expect(page.locator("h1:visible").first).to_be_visible()


async def keep_recording(page: Page) -> None:
    await page.get_by_role("button", name="Save on this phone").click()


async def test_pages_and_recordings_are_kept_behind_basic_auth(behind: Behind) -> None:
    async with behind(PASSWORD, http_credentials=USER) as (phone, origin):
        page = await phone.new_page()
        await page.goto(f"{origin}/en/{RECORDING}")

        await ready_for_flight(page)
        await keep_recording(page)
        await expect(page.locator("[data-keep]")).to_contain_text("Saved on this phone.")

        manifest = await (await phone.new_cdp_session(page)).send("Page.getAppManifest")
        assert (manifest["errors"], '"start_url":"/en/"' in manifest["data"]) == ([], True)


async def forgetful_page(phone: BrowserContext, origin: str, folder: Path) -> Page:
    """Open home with all English pages on the phone, in a browser that has lost the password."""
    page = await phone.new_page()
    await page.goto(f"{origin}/en/")
    await ready_for_flight(page)
    # The browser forgets a password that is refused.
    let_in_with(folder, "another one")
    await page.goto(f"{origin}/en/")
    await expect(page.locator(".toast")).to_contain_text(KEPT_OUT)
    let_in_with(folder, USER["password"])
    return page


async def test_a_password_that_the_browser_forgot_is_asked_for_again(
    behind: Behind, tmp_path: Path
) -> None:
    async with behind(PASSWORD, http_credentials=USER) as (phone, origin):
        page = await forgetful_page(phone, origin, tmp_path)

        # No worker answers there, so the browser asks. The server leads back.
        await page.evaluate("window.isOld = true")
        await page.locator(".toast").get_by_role("button", name="Sign in").click()
        await until(page, "window.isOld === undefined")

        await page.wait_for_url(f"{origin}/en/")
        await expect(page.locator("h1:visible").first).to_be_visible()


async def test_a_page_that_is_not_on_the_phone_asks_for_a_forgotten_password(
    behind: Behind, tmp_path: Path
) -> None:
    async with behind(PASSWORD, http_credentials=USER) as (phone, origin):
        page = await forgetful_page(phone, origin, tmp_path)
        # The test's browser answers for the password at once, so it sees where it is asked only
        # if it knows the wrong one.
        let_in_with(tmp_path, "another one")
        await page.goto(f"{origin}/ar/help")
        assert page.url == f"{origin}/sign-in?/ar/help"

        let_in_with(tmp_path, USER["password"])
        await page.reload()

        assert page.url == f"{origin}/ar/help"
        await expect(page.locator("html[lang=ar] h1:visible").first).to_be_visible()


async def test_a_backup_goes_through_when_basic_auth_leaves_its_addresses_out(
    behind: Behind,
) -> None:
    async with behind(PASSWORD, NO_PASSWORD, http_credentials=USER) as (phone, origin):
        page = await phone.new_page()
        await page.goto(f"{origin}/en/settings/backup")
        await turn_on_backup(page)

        await expect(page.locator("[data-status]")).to_contain_text("Everything is backed up.")


async def test_a_backup_that_basic_auth_keeps_out_says_so_and_forgets_no_password(
    behind: Behind,
) -> None:
    async with behind(PASSWORD, http_credentials=USER) as (phone, origin):
        page = await phone.new_page()
        await page.goto(f"{origin}/en/settings/backup")
        await turn_on_backup(page)

        await expect(page.locator("[data-status]")).to_contain_text(
            "The password that protects this service is blocking the backup."
        )
        # The browser still knows its own password.
        answer = await page.goto(f"{origin}/")
        assert answer is not None
        assert answer.status == 200


@pytest.mark.parametrize("answer", SIGN_INS.values(), ids=SIGN_INS)
async def test_an_expired_sign_in_is_said_and_a_button_leads_there(
    behind: Behind, answer: str
) -> None:
    async with behind(cookie(answer)) as (phone, origin):
        page = await sign_in(phone, origin)
        await ready_for_flight(page)
        await phone.clear_cookies()

        await page.goto(f"{origin}/en/")
        await expect(page.locator(".toast")).to_contain_text(KEPT_OUT)
        await expect(page.locator("h1:visible").first).to_be_visible()
        await page.locator(".toast").get_by_role("button", name="Sign in").click()
        await let_in(page)

        assert page.url.startswith(f"{origin}/en/")
        assert "pass" in [each.get("name") for each in await phone.cookies()]


async def test_the_page_about_storage_says_once_that_a_sign_in_has_expired(behind: Behind) -> None:
    async with behind(cookie(SIGN_INS["a redirect"])) as (phone, origin):
        page = await sign_in(phone, origin)
        await ready_for_flight(page)
        await phone.clear_cookies()

        await page.goto(f"{origin}/en/settings/storage")
        await expect(page.locator("[data-stale]")).to_contain_text(KEPT_OUT)
        await expect(page.get_by_text(KEPT_OUT)).to_have_count(1)
        await page.locator("[data-stale]").get_by_role("link", name="Sign in").click()
        await let_in(page)

        assert page.url == f"{origin}/en/"


async def test_a_recording_waits_for_an_expired_sign_in_and_is_then_saved(behind: Behind) -> None:
    async with behind(cookie(SIGN_INS["a redirect elsewhere"])) as (phone, origin):
        page = await sign_in(phone, origin)
        await page.goto(f"{origin}/en/{RECORDING}")
        await ready_for_flight(page)
        await phone.clear_cookies()
        await keep_recording(page)
        kept = page.locator("[data-keep]")
        await expect(kept).to_contain_text(KEPT_OUT)
        await expect(kept.get_by_role("link", name="Sign in")).to_be_visible()

        await (await sign_in(phone, origin)).close()
        await kept.get_by_role("button", name="Try again").click()

        await expect(kept).to_contain_text("Saved on this phone.")


async def test_a_recording_that_a_sign_in_keeps_out_says_so(behind: Behind) -> None:
    async with behind(cookie(SIGN_INS["a redirect"])) as (phone, origin):
        page = await sign_in(phone, origin)
        await page.goto(f"{origin}/en/{RECORDING}")
        await expect(page.locator("[data-total]")).not_to_be_empty()
        await phone.clear_cookies()

        await page.locator(".player .play").click()

        await expect(page.locator(".player [data-problem]")).to_contain_text(KEPT_OUT)


async def test_a_backup_waits_for_an_expired_sign_in(behind: Behind) -> None:
    async with behind(cookie(SIGN_INS["a page in its place"])) as (phone, origin):
        page = await sign_in(phone, origin)
        await page.goto(f"{origin}/en/settings/backup")
        await turn_on_backup(page)
        status = page.locator("[data-status]")
        await expect(status).to_contain_text("Everything is backed up.")
        await phone.clear_cookies()
        now = page.get_by_role("button", name="Back up now")

        await now.click()
        await expect(status).to_contain_text(KEPT_OUT)
        await expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()

        await (await sign_in(phone, origin)).close()
        await now.click()
        await expect(status).to_contain_text("Everything is backed up.")
