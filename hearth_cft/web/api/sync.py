"""Serve the phones' backup API under /api/v1/. The server can't read the records it stores."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from typing import Any

from quart import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from hearth_cft.config import Config
from hearth_cft.records import (
    AccountErasedError,
    Record,
    RecordsError,
    RecordStore,
    StoreError,
    auth_digest,
    from_base64url,
)
from hearth_cft.web.api.problems import ApiError, from_http, from_store, too_many, unauthorised
from hearth_cft.web.api.rate_limit import RateLimiter, network
from hearth_cft.web.api.schemas import (
    MAX_PUSH_BYTES,
    EraseBody,
    FetchBody,
    NewAccountBody,
    PushBody,
    TokenBody,
    checked_account,
    read_body,
)
from hearth_cft.web.api.tokens import TOKEN_SECONDS, account_of, make_token

log = logging.getLogger("hearth.sync")

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0

# Nobody can guess 32 random bytes. These limits only bound the work and the noise that attempts
# cause. All phones in a clinic share one address.
WRONG_KEYS, WRONG_KEYS_OVERALL = 60, 3_000
# A join code is short and is said aloud, so guessing must be slow.
WRONG_CODES, WRONG_CODES_OVERALL = 20, 500

_DUMMY_DIGEST = "0" * 64


def create_blueprint(config: Config, store: RecordStore) -> Blueprint:
    """Return the blueprint of /api/v1/. It works with any RecordStore."""
    api = Blueprint("sync", __name__, url_prefix="/api/v1")
    views = _Views(config, store)
    for method, rule, view in (
        ("PUT", "/accounts/<account>", views.create_account),
        ("DELETE", "/accounts/<account>", views.erase_account),
        ("POST", "/tokens", views.create_token),
        ("GET", "/records", views.list_records),
        ("POST", "/records", views.push_records),
        ("POST", "/records/fetch", views.fetch_records),
    ):
        api.add_url_rule(rule, view.__name__, view, methods=[method])
    api.after_request(_set_no_store)
    api.register_error_handler(ApiError, _handle_api_error)
    api.register_error_handler(RecordsError, _handle_store_error)
    api.register_error_handler(StoreError, _handle_store_error)
    api.register_error_handler(HTTPException, _handle_http_error)
    return api


class _Views:
    """The views of the API, and the rate limits that they share."""

    def __init__(self, config: Config, store: RecordStore) -> None:
        self._config = config
        self._store = store
        self._wrong_keys = RateLimiter(WRONG_KEYS, WRONG_KEYS_OVERALL, MINUTE)
        self._wrong_codes = RateLimiter(WRONG_CODES, WRONG_CODES_OVERALL, HOUR)
        limits = config.limits
        self._new_accounts = RateLimiter(limits.accounts_per_address, limits.accounts_a_day, DAY)

    async def create_account(self, account: str) -> Response:
        body = await read_body(NewAccountBody)
        account, auth = checked_account(account), _digest(body.auth)
        self._check_attempts(self._wrong_keys)
        stored_auth = await self._store.auth_of(account)
        if stored_auth is not None and hmac.compare_digest(stored_auth, auth):
            return _json_response({}, 200)
        if self._config.join_code is not None:
            self._check_join_code(self._config.join_code, body.join_code)
        if stored_auth is not None:
            self._wrong_keys.hit(self._address())
        created = await self._create(account, auth, is_new=stored_auth is None)
        return _json_response({}, 201 if created else 200)

    async def _create(self, account: str, auth: str, *, is_new: bool) -> bool:
        if not is_new or self._config.join_code is not None:
            return await self._store.create_account(account, auth)
        address = self._address()
        if wait := self._new_accounts.retry_after(address):
            raise too_many(
                "too_many_accounts", "Too many new accounts today. Try again later.", wait
            )
        self._new_accounts.hit(address)
        created = False
        try:
            created = await self._store.create_account(account, auth)
        finally:
            if not created:
                self._new_accounts.refund(address)
        return created

    def _check_join_code(self, expected: str, code: str | None) -> None:
        self._check_attempts(self._wrong_codes)
        if not hmac.compare_digest(_normalised(expected), _normalised(code or "")):
            if code is not None:
                self._wrong_codes.hit(self._address())
            raise ApiError(
                403,
                "join_code_needed",
                "The join code is missing or wrong. Ask the service for it.",
            )

    async def erase_account(self, account: str) -> Response:
        body = await read_body(EraseBody)
        account = checked_account(account)
        if not await self._is_erased(account):
            await self._check_key(account, body.auth)
        await self._store.erase_account(account)
        return _empty_response(204)

    async def _is_erased(self, account: str) -> bool:
        try:
            await self._store.auth_of(account)
        except AccountErasedError:
            return True
        return False

    async def create_token(self) -> Response:
        body = await read_body(TokenBody)
        await self._check_key(body.account, body.auth)
        token = make_token(await self._store.signing_key(), body.account)
        return _json_response({"token": token, "expires_in": TOKEN_SECONDS}, 201)

    async def list_records(self) -> Response:
        live_ids = await self._store.live_ids(await self._account())
        text = _compact_json(
            {"records": [{"id": live.id, "entry": live.entry} for live in live_ids]}
        )
        etag = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        if request.if_none_match.contains_weak(etag):
            response = _empty_response(304)
        else:
            response = Response(text, 200, content_type="application/json")
        response.set_etag(etag)
        return response

    async def fetch_records(self) -> Response:
        account = await self._account()
        ids = (await read_body(FetchBody)).checked()
        records = await self._store.fetch(account, ids)
        return _json_response({"records": [_record_payload(record) for record in records]}, 200)

    async def push_records(self) -> Response:
        account = await self._account()
        records = (await read_body(PushBody, MAX_PUSH_BYTES)).checked()
        results = await self._store.push(account, records)
        log.info("records pushed", extra={"count": len(records)})
        return _json_response({"results": results}, 200)

    async def _account(self) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token:
            account = account_of(await self._store.signing_key(), token.strip())
            if account is not None:
                return account
        raise unauthorised("The token is missing, wrong or expired.")

    async def _check_key(self, account: str, auth: str) -> None:
        self._check_attempts(self._wrong_keys)
        stored_auth = await self._store.auth_of(account)
        # Do the same work and send the same response, whether or not the account exists.
        if not hmac.compare_digest(stored_auth or _DUMMY_DIGEST, _digest(auth)):
            self._wrong_keys.hit(self._address())
            raise unauthorised("The account or the key is wrong.")

    def _check_attempts(self, limiter: RateLimiter) -> None:
        if wait := limiter.retry_after(self._address()):
            raise too_many("too_many_attempts", "Too many wrong attempts. Try again later.", wait)

    def _address(self) -> str:
        forwarded = request.headers.getlist("X-Forwarded-For") if self._config.behind_tls else []
        return network(request.remote_addr, forwarded[-1] if forwarded else None)


def _digest(auth: str) -> str:
    return auth_digest(from_base64url(auth))


def _normalised(code: str) -> bytes:
    # Phone keyboards capitalise the first letter and add a space at the end.
    return " ".join(code.split()).casefold().encode()


def _record_payload(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "entry": record.entry,
        "supersedes": record.supersedes,
        "sealed": record.sealed,
    }


def _json_response(value: object, status: int) -> Response:
    return Response(_compact_json(value), status, content_type="application/json")


def _compact_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _empty_response(status: int) -> Response:
    response = Response(status=status)
    del response.headers["Content-Type"]
    return response


async def _set_no_store(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


async def _handle_api_error(error: ApiError) -> Response:
    return error.response()


async def _handle_store_error(error: RecordsError | StoreError) -> Response:
    if isinstance(error, StoreError):
        log.warning("store error: %s", error)
    return from_store(error).response()


async def _handle_http_error(error: HTTPException) -> Response:
    return from_http(error).response()
