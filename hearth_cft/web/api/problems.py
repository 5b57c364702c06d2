"""Problem details (RFC 9457) for everything under /api, each with a stable `code`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from quart import Response

from hearth_cft.records import (
    AccountErasedError,
    AccountExistsError,
    AccountMissingError,
    NoSpaceError,
    RecordsError,
    StoreError,
    StoreUnavailableError,
)


class ApiError(Exception):
    """A request that is refused; `code` is what a client may depend on."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """Give the answer as problem details; its title is the status's own phrase."""
        title = HTTPStatus(self.status).phrase
        return problem(self.status, self.code, title, self.detail, self.headers)


def problem(
    status: int, code: str, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Make an `application/problem+json` answer that nobody stores."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code}
    response = Response(json.dumps(body) + "\n", status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers or {})
    return response


def too_many(code: str, detail: str, wait: float) -> ApiError:
    """Refuse what comes too often; `wait`: seconds until it may come again."""
    return ApiError(429, code, detail, {"Retry-After": str(max(1, round(wait + 0.5)))})


def unauthorised(detail: str) -> ApiError:
    """Refuse a missing, wrong or expired token, or a wrong key."""
    return ApiError(401, "unauthorised", detail, {"WWW-Authenticate": "Bearer"})


def from_store(error: RecordsError | StoreError) -> ApiError:
    """Say in HTTP what the store refused."""
    match error:
        case AccountMissingError():
            return unauthorised("The account or the key is wrong.")
        case AccountExistsError():
            return ApiError(409, "account_exists", "The account belongs to another key.")
        case AccountErasedError():
            return ApiError(410, "account_erased", "The account was erased, for good.")
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
                "Nothing can be stored safely now. Nothing was changed.",
                {"Retry-After": str(error.retry_after)},
            )
    return ApiError(503, "store_unavailable", "The store can't answer now.", {"Retry-After": "30"})
