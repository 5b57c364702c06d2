"""Create, prove and erase accounts."""

from __future__ import annotations

import hmac

from hearth_cft.config import Config
from hearth_cft.config.join_code import folded
from hearth_cft.records import (
    AccountErasedError,
    RecordStore,
    auth_digest,
    from_base64url,
)
from hearth_cft.web.addresses import HiddenAddresses
from hearth_cft.web.api.http import Request, Response, json_response
from hearth_cft.web.api.problems import ApiError, too_many, wrong_key
from hearth_cft.web.api.rate_limit import RateLimiter
from hearth_cft.web.api.schemas import (
    EraseBody,
    NewAccountBody,
    TokenBody,
    checked_account,
    read_body,
)
from hearth_cft.web.api.tokens import TOKEN_SECONDS, make_token

HOUR, DAY = 3_600.0, 86_400.0

# A join code is short and is said aloud, so guessing must be slow. A key is 32 random bytes, which
# nobody can guess: a limit would only shut out the phones that share an address with an attacker.
# The limits are by network, by site and overall. A network that hasn't guessed wrong yet is let in
# until the overall limit is exceeded ten times: otherwise anyone could shut out all newcomers.
WRONG_CODES, WRONG_CODES_A_SITE, WRONG_CODES_OVERALL = 20, 100, 500
WRONG_CODES_AT_MOST = 10 * WRONG_CODES_OVERALL

_DUMMY_DIGEST = "0" * 64


class Accounts:
    """The calls about accounts, and the limits that they share."""

    def __init__(self, config: Config, store: RecordStore) -> None:
        self._store = store
        self._join_code = None if config.join_code is None else folded(config.join_code)
        self._wrong_codes = RateLimiter(
            WRONG_CODES, WRONG_CODES_OVERALL, HOUR, newcomers=WRONG_CODES_AT_MOST
        )
        self._wrong_codes_of_sites = RateLimiter(WRONG_CODES_A_SITE, WRONG_CODES_AT_MOST, HOUR)
        limits = config.limits
        self._new_accounts = RateLimiter(limits.accounts_per_address, limits.accounts_a_day, DAY)
        self._hidden_addresses = HiddenAddresses()

    async def create(self, request: Request, account: str) -> Response:
        """Answer PUT accounts/{account}."""
        body = await read_body(request, NewAccountBody)
        account, auth = checked_account(account), _digest(body.auth)
        stored_auth = await self._store.auth_of(account)
        if stored_auth is not None and hmac.compare_digest(stored_auth, auth):
            return json_response({})
        # Who lacks the code learns nothing about the account.
        if self._join_code is not None:
            self._check_join_code(request, self._join_code, body.join_code)
        if stored_auth is not None:
            raise wrong_key()
        created = await self._create(request, account, auth)
        return json_response({}, 201 if created else 200)

    async def _create(self, request: Request, account: str, auth: str) -> bool:
        network = request.client.network
        if wait := self._new_accounts.retry_after(network):
            raise too_many(
                "too_many_accounts", "Too many new accounts today. Try again later.", wait
            )
        self._new_accounts.hit(network)
        created = False
        try:
            created = await self._store.create_account(account, auth)
        finally:
            if not created:
                self._new_accounts.refund(network)
        if created:
            self._hidden_addresses.note(request.client)
        return created

    def _check_join_code(self, request: Request, expected: str, code: str | None) -> None:
        network, site = request.client.network, request.client.site
        if wait := max(
            self._wrong_codes.retry_after(network), self._wrong_codes_of_sites.retry_after(site)
        ):
            raise too_many("too_many_attempts", "Too many wrong attempts. Try again later.", wait)
        if not hmac.compare_digest(expected.encode(), folded(code or "").encode()):
            if code is not None:
                self._wrong_codes.hit(network)
                self._wrong_codes_of_sites.hit(site)
            raise ApiError(
                403,
                "join_code_needed",
                "The join code is missing or wrong. Ask the service for it.",
            )

    async def erase(self, request: Request, account: str) -> Response:
        """Answer DELETE accounts/{account}."""
        body = await read_body(request, EraseBody)
        account = checked_account(account)
        if not await self._is_erased(account):
            await self._check_key(account, body.auth)
        await self._store.erase_account(account)
        return Response(204)

    async def _is_erased(self, account: str) -> bool:
        try:
            await self._store.auth_of(account)
        except AccountErasedError:
            return True
        return False

    async def create_token(self, request: Request) -> Response:
        """Answer POST tokens."""
        body = await read_body(request, TokenBody)
        await self._check_key(body.account, body.auth)
        token = make_token(await self._store.signing_key(), body.account)
        return json_response({"token": token, "expires_in": TOKEN_SECONDS}, 201)

    async def _check_key(self, account: str, auth: str) -> None:
        stored_auth = await self._store.auth_of(account)
        # Do the same work and send the same response, whether or not the account exists.
        if not hmac.compare_digest(stored_auth or _DUMMY_DIGEST, _digest(auth)):
            raise wrong_key()


def _digest(auth: str) -> str:
    return auth_digest(from_base64url(auth))
