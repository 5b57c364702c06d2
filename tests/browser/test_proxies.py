"""A phone and a desktop behind the real nginx and Caddy over HTTP/2, with the files in contrib/."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import PHONE, chromium, open_phones, ready_for_flight
from tests.proxies import HOST, proxy_of
from tests.server import ready
from tests.warm import Serve

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
# A worker needs a certificate without errors, and this one is nobody's.
FLAGS = ("--ignore-certificate-errors", f"--host-resolver-rules=MAP {HOST} 127.0.0.1")


@pytest.mark.flight
@pytest.mark.parametrize(("name", "viewport"), [("nginx", PHONE), ("caddy", DESKTOP)])
async def test_pages_open_in_flight_mode_after_a_visit_through_a_proxy(
    tmp_path: Path, serve: Serve, name: str, viewport: ViewportSize
) -> None:
    refused: list[str] = []
    with ready(serve(tmp_path, "behind_tls = true\n")) as server:
        async with chromium(*FLAGS) as browser, open_phones(browser) as open_phone:
            context = await open_phone(viewport=viewport, ignore_https_errors=True)
            page = await context.new_page()
            page.on(
                "response",
                lambda answer: refused.append(answer.url) if answer.status > 399 else None,
            )
            with proxy_of(name, tmp_path, server, compresses=True) as proxy:
                origin = f"https://{HOST}:{proxy.port}"
                await page.goto(f"{origin}/en/")
                version = await page.evaluate(
                    "performance.getEntriesByType('navigation')[0].nextHopProtocol"
                )
                await ready_for_flight(page)

            await page.goto(f"{origin}/en/help")
            await expect(page.locator("h1:visible").first).to_be_visible()

    assert version == "h2"
    assert refused == []
