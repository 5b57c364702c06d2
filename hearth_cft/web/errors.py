"""Turn exceptions into HTML pages."""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping

from quart import Quart, Response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from hearth_cft.web.visitor import visitor_locale

log = logging.getLogger("hearth")

PASSED_ON = {"allow", "location", "retry-after"}


def add_error_pages(
    app: Quart,
    answers: Container[str],
    pages: Mapping[tuple[str, int], bytes],
    default: str,
) -> None:
    """Register error handlers that send the page of (locale, status) from `pages`.

    web/site/pages.py makes these pages. `answers` contains the path of every prerendered response.
    If no route matches a request, `answers` decides:

    - If it contains the path, the method was wrong: send 405 with ``Allow: GET, HEAD``.
    - If it contains the path with or without the final slash, redirect a GET or HEAD there (308).
    """

    async def http_error(error: HTTPException) -> AnyResponse | Response:
        if error.code == 404 and request.path in answers:
            error = MethodNotAllowed(["GET", "HEAD"])
        elif error.code == 404 and request.method in ("GET", "HEAD"):
            path = request.path
            other_path = path.removesuffix("/") if path.endswith("/") else f"{path}/"
            if other_path in answers:
                query = request.query_string.decode("latin-1")
                return redirect(f"{other_path}?{query}" if query else other_path, 308)
        response = _page(pages, error.code or 500, default)
        for name, value in error.get_headers():
            if name.lower() in PASSED_ON:
                response.headers[name] = value
        return response

    async def unexpected_error(error: Exception) -> AnyResponse | Response:
        # The operator needs the traceback. It contains no request body.
        log.error("unexpected error", exc_info=error)
        return await http_error(InternalServerError())

    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected_error)


def _page(pages: Mapping[tuple[str, int], bytes], status: int, default: str) -> Response:
    locale = request.path.split("/", 2)[1]
    # A status without a page of its own shows the page for 500 or 404.
    statuses = {page_status for _, page_status in pages}
    shown = status if status in statuses else (500 if status >= 500 else 404)
    if (locale, shown) not in pages:
        locale = visitor_locale(sorted({tag for tag, _ in pages}), default)
    return Response(pages[locale, shown], status, content_type="text/html; charset=utf-8")
