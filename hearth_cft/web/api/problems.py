"""Build problem details (RFC 9457) for errors under /api, each with a stable `code`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from hearth_cft.records import (
    AccountErasedError,
    AccountExistsError,
    AccountMissingError,
    NoSpaceError,
    RecordsError,
    StoreError,
    StoreUnavailableError,
)
from hearth_cft.web.api.http import Response


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
        """Return the error as `application/problem+json`.

        The title is the reason phrase of the status, as RFC 9457, section 4.2.1, asks.
        """
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        body = json.dumps(problem).encode() + b"\n"
        return Response(self.status, body, b"application/problem+json", self.headers)


def not_found() -> ApiError:
    """Return a 404 error."""
    return ApiError(404, "not_found", "There is nothing at this address. Check the address.")


def wrong_method(allowed: Iterable[str]) -> ApiError:
    """Return a 405 error. `allowed` are the methods that the address accepts."""
    return ApiError(
        405,
        "method_not_allowed",
        "This address doesn't accept this method. See the Allow header.",
        {"Allow": ", ".join(allowed)},
    )


def internal_error() -> ApiError:
    """Return a 500 error."""
    return ApiError(500, "internal_error", "Something went wrong on the server. Try again later.")


def too_many(code: str, detail: str, wait: float) -> ApiError:
    """Return a 429 error. `wait` is the time in seconds until the client may try again."""
    return ApiError(429, code, detail, {"Retry-After": str(max(1, round(wait + 0.5)))})


def unauthorised(detail: str) -> ApiError:
    """Return a 401 error for a missing, wrong or expired token, or for a wrong key."""
    return ApiError(401, "unauthorised", detail, {"WWW-Authenticate": "Bearer"})


def wrong_key() -> ApiError:
    """Return a 401 error that is the same whether or not the account exists."""
    return unauthorised("The account or the key is wrong.")


def busy() -> ApiError:
    """Return a 503 error: too much is in memory for this client, or for all."""
    return ApiError(
        503,
        "overloaded",
        "The server has too much to send to others now. Try again later.",
        {"Retry-After": "5"},
    )


def from_store(error: RecordsError | StoreError) -> ApiError:
    """Return the ApiError for an error that the store raised."""
    match error:
        case AccountMissingError() | AccountExistsError():
            return wrong_key()
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
