"""Under a path of a host name, Hearth says why nothing works there."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.web.prerendered import cache_response
from hearth_cft.web.root import ANSWER, TELLING_PAGES, RootOnly

ANSWERS = {
    path: cache_response(b"", kind, [])
    for path, kind in (
        ("/en/", "text/html; charset=utf-8"),
        ("/en/learn/three-systems", "text/html; charset=utf-8"),
        ("/en/offline.json", "application/json"),
        ("/static/js/main-1.js", "text/javascript"),
        ("/service-worker.js", "text/javascript"),
    )
}
BROWSER = [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")]


class Asked:
    """The layer, and what it has answered."""

    def __init__(self) -> None:
        self._sent: list[dict[str, Any]] = []
        self._layer = RootOnly(self._app, ANSWERS, [(b"x-content-type-options", b"nosniff")])

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def get(
        self, path: str, headers: list[tuple[bytes, bytes]] | None = None, method: str = "GET"
    ) -> bool:
        """Return whether the request was passed on to the app."""

        async def send(message: dict[str, Any]) -> None:
            self._sent.append(message)

        self._sent.clear()
        scope = {"type": "http", "method": method, "path": path, "headers": headers or []}
        await self._layer(scope, None, send)
        return bool(self._sent[0]["status"] == 200)


@pytest.fixture
def asked(caplog: pytest.LogCaptureFixture) -> Asked:
    caplog.set_level(logging.INFO)
    return Asked()


@pytest.mark.parametrize(
    "path",
    [
        "/hearth/en/",
        "/hearth/en",
        "/apps/hearth/en/learn/three-systems",
        "/a/b/c/en/learn/three-systems",
        "/hearth/static/js/main-1.js",
        "/hearth/service-worker.js",
    ],
)
async def test_a_page_under_a_path_gets_the_reason(
    asked: Asked, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    assert not await asked.get(path)
    assert not await asked.get(path)

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "a host name of its own" in caplog.text
    assert path not in caplog.text  # a stranger may have chosen it


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//en/",
        "/en/en/",
        "/static/en/",
        "/favicon.ico",
        "/wp-login.php",
        "/admin",
        "/api/v1/x",
    ],
)
async def test_other_addresses_that_do_not_exist_are_left_alone(
    asked: Asked, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    assert await asked.get(path, BROWSER)

    assert caplog.records == []


async def test_the_first_page_under_a_path_gets_the_reason_until_the_root_works(
    asked: Asked,
) -> None:
    assert not await asked.get("/hearth/", BROWSER)
    assert await asked.get("/static/js/main-1.js")
    assert await asked.get("/hearth/", BROWSER)


@pytest.mark.parametrize("name", [b"x-forwarded-prefix", b"x-script-name"])
async def test_a_proxy_that_names_a_path_gets_the_reason(
    asked: Asked, caplog: pytest.LogCaptureFixture, name: bytes
) -> None:
    assert await asked.get("/en/", [(name, b"/")])
    assert not await asked.get("/en/", [(name, b"/hearth")])

    assert "X-Forwarded-Prefix" in caplog.text
    assert "/hearth." not in caplog.text


async def test_a_proxy_that_takes_the_path_away_is_noticed(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ["/", "/en/", "/en/"] * TELLING_PAGES:
        assert await asked.get(path, BROWSER)

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "nothing that they need" in caplog.text


@pytest.mark.parametrize("part", ["/en/offline.json", "/service-worker.js"])
async def test_pages_with_what_they_need_show_no_such_proxy(
    asked: Asked, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    await asked.get(part)

    for _ in range(2 * TELLING_PAGES):
        await asked.get("/en/", BROWSER)

    assert caplog.records == []


async def test_programs_that_ask_for_pages_show_no_such_proxy(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2 * TELLING_PAGES):
        await asked.get("/en/", [(b"accept", b"*/*")])

    assert caplog.records == []


async def test_the_app_gives_the_reason_with_its_own_headers(client: Client) -> None:
    response = await client.get("/hearth/en/help")

    assert response.status_code == 404
    assert (await response.get_data()).decode() == ANSWER
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert await (await client.head("/hearth/en/help")).get_data() == b""
