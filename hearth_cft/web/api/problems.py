"""Build problem details (RFC 9457) for errors under /api, each with a stable `code`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from quart import Response
from werkzeug.exceptions import HTTPException

from hearth_cft.records import (
    AccountErasedError,
    AccountExistsError,
    AccountMissingError,
    NoSpaceError,
    RecordsError,
    StoreError,
    StoreUnavailableError,
)

# Errors that the router or the framework raises: status -> (code, detail).
HTTP_ERRORS = {
    400: ("bad_request", "Check the request against the API's description."),
    404: ("not_found", "There is nothing at this address. Check the address."),
    405: ("method_not_allowed", "This address doesn't accept this method. See the Allow header."),
    413: ("body_too_large", "The body is too large. Send less at a time."),
    500: ("internal_error", "Something went wrong on the server. Try again later."),
}
PASSED_ON = {"allow", "location", "retry-after"}


class ApiError(Exception):
    """An error response to an API request. Clients may depend on `code`."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """Return the error as `application/problem+json`, which must not be stored.

        The title is the reason phrase of the status, as RFC 9457, section 4.2.1, asks.
        """
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        body = json.dumps(problem) + "\n"
        response = Response(body, self.status, content_type="application/problem+json")
        response.headers["Cache-Control"] = "no-store"
        response.headers.extend(self.headers)
        return response


def from_http(error: HTTPException) -> ApiError:
    """Return the ApiError for an error that the router or the framework raised."""
    status = error.code or 500
    code, detail = HTTP_ERRORS.get(status, HTTP_ERRORS[500 if status >= 500 else 400])
    headers = {k: v for k, v in error.get_headers() if k.lower() in PASSED_ON}
    return ApiError(status, code, detail, headers)


def too_many(code: str, detail: str, wait: float) -> ApiError:
    """Return a 429 error. `wait` is the time in seconds until the client may try again."""
    return ApiError(429, code, detail, {"Retry-After": str(max(1, round(wait + 0.5)))})


def unauthorised(detail: str) -> ApiError:
    """Return a 401 error for a missing, wrong or expired token, or for a wrong key."""
    return ApiError(401, "unauthorised", detail, {"WWW-Authenticate": "Bearer"})


def from_store(error: RecordsError | StoreError) -> ApiError:
    """Return the ApiError for an error that the store raised."""
    match error:
        case AccountMissingError():
            return unauthorised("The account or the key is wrong.")
        case AccountExistsError():
            return ApiError(409, "account_exists", "The account belongs to another key.")
        case AccountErasedError():
            return ApiError(410, "account_erased", "The account was erased. This can't be undone.")
        case NoSpaceError():
            return ApiError(
                507,
                "no_space",
                "The server's disk is full. Deleting still works.",
                {"Retry-After": "3600"},
            )
        case StoreUnavailableError():
            return ApiError(
                503,
                "store_unavailable",
                "The server can't store data safely now. Nothing was changed. Try again later.",
                {"Retry-After": str(error.retry_after)},
            )
    return ApiError(
        503,
        "store_unavailable",
        "The store is unavailable. Try again later.",
        {"Retry-After": "30"},
    )
