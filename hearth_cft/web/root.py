"""Say why the app doesn't work under a path of a host name, such as /hearth/, in an ASGI layer.

Its pages, its worker and what phones save have addresses that begin at the root of a host name.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from hearth_cft.web.headers import NO_STORE, Headers
from hearth_cft.web.prerendered import Application, CachedResponse, Receive, Scope, Send

PREFIXES = {b"x-forwarded-prefix", b"x-script-name"}
DEEPEST = 3  # folders in a path that a proxy might use
# So many pages, and nothing that they need, show a proxy that takes a path away.
TELLING_PAGES = 3
REMEDY = (
    "Hearth can't be served under a path such as /hearth/: give it a host name of its own, such as "
    "hearth.example.org"
)
ANSWER = f"There is no page at this address.\n\nFor whoever runs this service: {REMEDY}.\n"

log = logging.getLogger("hearth")


class RootOnly:
    """The layer. Its answers carry `headers`. `answers` has the prerendered responses by path."""

    def __init__(
        self, app: Application, answers: Mapping[str, CachedResponse], headers: Headers
    ) -> None:
        self.app = app
        self._answers = answers
        self._headers = [*headers, NO_STORE]
        self._first_folders = {path.split("/", 2)[1] for path in answers}
        self._is_at_root = False
        self._pages = 0
        self._has_said = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for name, value in scope["headers"]:
                if name in PREFIXES and value.strip(b"/ "):
                    self._say("a proxy sends X-Forwarded-Prefix")
                    await self._refuse(scope, send)
                    return
            path = scope["path"]
            if path not in self._answers and self._is_under_a_path(path, scope):
                self._say("a page was asked for under a path")
                await self._refuse(scope, send)
                return
            if not self._is_at_root:
                self._watch(path, scope)
        await self.app(scope, receive, send)

    def _is_under_a_path(self, path: str, scope: Scope) -> bool:
        _, *folders = path.split("/", DEEPEST + 1)
        if not folders[0] or folders[0] in self._first_folders:
            return False
        if len(folders) == 2 and not folders[1]:
            # Later, this is a client's slip.
            return not self._is_at_root and _is_navigation(scope)
        rests = ["/" + "/".join(folders[count:]) for count in range(1, len(folders))]
        return any(rest in self._answers or f"{rest}/" in self._answers for rest in rests)

    def _watch(self, path: str, scope: Scope) -> None:
        """Count pages until something that a page needs is asked for at the root."""
        cached = self._answers.get(path)
        if cached is not None and not cached.content_type.startswith("text/html"):
            self._is_at_root = True
        elif (cached is not None or path == "/") and _is_navigation(scope):
            self._pages += 1
            if self._pages == TELLING_PAGES:
                self._say("pages are asked for, and nothing that they need")

    def _say(self, sign: str) -> None:
        if not self._has_said:
            self._has_said = True
            log.warning("%s. %s", sign, REMEDY)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        body = ANSWER.encode()
        headers = [
            *self._headers,
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
        ]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": body})


def _is_navigation(scope: Scope) -> bool:
    """Return whether a browser asks for a page to show."""
    return scope["method"] == "GET" and any(
        name == b"accept" and b"text/html" in value for name, value in scope["headers"]
    )
