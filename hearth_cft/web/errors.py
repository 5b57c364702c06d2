"""The only place where an exception becomes HTTP: problem details under /api, else a page."""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping

from quart import Quart, Response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from hearth_cft.web.api.problems import PASSED_ON, from_http
from hearth_cft.web.visitor import visitor_locale

log = logging.getLogger("hearth")


def add_error_pages(
    app: Quart,
    answers: Container[str],
    pages: Mapping[tuple[str, int], bytes],
    default: str,
) -> None:
    """Answer errors with the page of (locale, status), made by web/site/pages.py.

    `answers` has the address of everything that is prerendered: what is asked for with or without
    its closing slash is sent there, and what is sent a form says that it only can be read.
    """

    async def http_error(error: HTTPException) -> AnyResponse | Response:
        if error.code == 404 and request.path in answers:
            error = MethodNotAllowed(["GET", "HEAD"])
        elif error.code == 404 and request.method in ("GET", "HEAD"):
            path = request.path
            other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
            if other in answers:
                return redirect(other, 308)
        if request.path.startswith("/api/"):
            return from_http(error).response()
        response = _page(pages, error.code or 500, default)
        for name, value in error.get_headers():
            if name.lower() in PASSED_ON:
                response.headers[name] = value
        return response

    async def unexpected(error: Exception) -> AnyResponse | Response:
        # The traceback is for the operator; it holds no request body.
        log.error("unexpected error", exc_info=error)
        return await http_error(InternalServerError())

    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)


def _page(pages: Mapping[tuple[str, int], bytes], status: int, default: str) -> Response:
    locale = request.path.split("/", 2)[1]
    # What no page was drawn for shows the nearest.
    drawn = {each for _, each in pages}
    shown = status if status in drawn else (500 if status >= 500 else 404)
    if (locale, shown) not in pages:
        locale = visitor_locale(sorted({tag for tag, _ in pages}), default)
    page = Response(pages[locale, shown], status, content_type="text/html; charset=utf-8")
    page.headers["Cache-Control"] = "no-store"
    return page
