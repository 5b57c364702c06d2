"""The only place where an exception becomes HTTP: problem details under /api, else a page."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from quart import Quart, Response, request
from werkzeug.exceptions import HTTPException

from hearth_cft.web.api.problems import problem
from hearth_cft.web.visitor import visitor_locale

log = logging.getLogger("hearth")

# What the error pages are drawn for; every other status shows the nearest of them.
PAGES = (404, 405, 422, 500)
WORDS = {
    400: ("bad_request", "The request is malformed", "Check it against the API's description."),
    404: ("not_found", "There is nothing at this address", "Check the address."),
    405: ("method_not_allowed", "This address takes other methods", "See the Allow header."),
    413: ("too_large", "The request is too large", "Send less at a time."),
    500: ("internal_error", "Something went wrong on the server", "Try again in a while."),
}


def add_error_pages(app: Quart, pages: Mapping[tuple[str, int], bytes], default: str) -> None:
    """Answer errors with the rendered page of (locale, status), made by web/pages.py."""

    async def http_error(error: HTTPException) -> Response:
        response = _answer(pages, error.code or 500, default)
        for name, value in error.get_headers():
            if name.lower() in ("allow", "location", "retry-after"):
                response.headers[name] = value
        return response

    async def unexpected(error: Exception) -> Response:
        # The traceback is for the operator; it holds no request body.
        log.error("unexpected error", exc_info=error)
        return _answer(pages, 500, default)

    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)


def _answer(pages: Mapping[tuple[str, int], bytes], status: int, default: str) -> Response:
    if request.path.startswith("/api/"):
        code, title, detail = WORDS.get(status, WORDS[500 if status >= 500 else 400])
        return problem(status, code, title, detail)
    shown = status if status in PAGES else (500 if status >= 500 else 404)
    locale = request.path.split("/", 2)[1]
    if (locale, shown) not in pages:
        locale = visitor_locale(sorted({tag for tag, _ in pages}), default)
    page = Response(pages[locale, shown], status, content_type="text/html; charset=utf-8")
    page.headers["Cache-Control"] = "no-store"
    return page
