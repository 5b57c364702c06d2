"""Check that a request body is JSON of a known shape and size, or raise a clear ApiError."""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from hearth_cft.records import (
    ACCOUNT_PATTERN,
    AUTH_PATTERN,
    BYTES_PATTERN,
    ID_PATTERN,
    KIB,
    MIN_SEALED_BYTES,
    Record,
    from_base64url,
)
from hearth_cft.web.api import strict_json
from hearth_cft.web.api.http import Request
from hearth_cft.web.api.problems import ApiError

MOST_RECORDS_A_PUSH = 20
MOST_IDS = 50
MAX_PUSH_BYTES = 512 * KIB
MAX_BODY_BYTES = 8 * KIB

Account = Annotated[str, StringConstraints(pattern=ACCOUNT_PATTERN)]
Auth = Annotated[str, StringConstraints(pattern=AUTH_PATTERN)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Digest = Annotated[str, StringConstraints(pattern=AUTH_PATTERN)]
Sealed = Annotated[
    str, StringConstraints(pattern=BYTES_PATTERN, min_length=-(-MIN_SEALED_BYTES * 4 // 3))
]
JoinCode = Annotated[str, StringConstraints(max_length=256)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    @property
    def key_count(self) -> int:
        """Return how many keys the body's JSON has, if none is repeated."""
        return len(self.model_fields_set)


Body = TypeVar("Body", bound=_Strict)


class NewAccountBody(_Strict):
    """The body of PUT accounts/{account}."""

    auth: Auth
    join_code: JoinCode | None = None


class TokenBody(_Strict):
    """The body of POST tokens."""

    account: Account
    auth: Auth


class EraseBody(_Strict):
    """The body of DELETE accounts/{account}."""

    auth: Auth


class ChangesBody(_Strict):
    """The body of POST records/changes. `since` is a set digest."""

    since: Digest


class IdsBody(_Strict):
    """The body of POST records/fetch and of POST records/remove."""

    ids: list[Id]

    def checked(self) -> list[str]:
        """Return the ids. Raises ApiError if there are too few, too many or duplicate ids."""
        if not 1 <= len(self.ids) <= MOST_IDS:
            raise ApiError(422, "ids_count", f"Name 1 to {MOST_IDS} ids.")
        if len(set(self.ids)) < len(self.ids):
            raise ApiError(422, "duplicate_id", "Name each id only once.")
        return self.ids


class RecordBody(_Strict):
    """One record in the body of POST records."""

    id: Id
    entry: Id
    supersedes: list[Id]
    sealed: Sealed

    def checked(self) -> Record:
        """Return the record.

        Raises ApiError if `supersedes` repeats an id or contains the record's own id.
        """
        if not self.supersedes:
            return Record(self.id, self.entry, (), self.sealed)
        superseded = tuple(sorted(self.supersedes, key=from_base64url))
        if len(set(superseded)) < len(superseded):
            raise ApiError(422, "duplicate_id", "Name each superseded id only once.")
        if self.id in superseded:
            raise ApiError(422, "supersedes_itself", "A record can't supersede itself.")
        return Record(self.id, self.entry, superseded, self.sealed)


class PushBody(_Strict):
    """The body of POST records."""

    records: list[RecordBody]

    @property
    def key_count(self) -> int:
        """Return how many keys the body's JSON has, if none is repeated."""
        return 1 + sum([record.key_count for record in self.records])

    def checked(self) -> list[Record]:
        """Return the records. Raises ApiError if their number or one of them is wrong."""
        if not 1 <= len(self.records) <= MOST_RECORDS_A_PUSH:
            raise ApiError(422, "records_count", f"Push 1 to {MOST_RECORDS_A_PUSH} records.")
        records = [record.checked() for record in self.records]
        if len({record.id for record in records}) < len(records):
            raise ApiError(422, "duplicate_id", "A push may contain each record only once.")
        return records


async def read_body(request: Request, shape: type[Body], most_bytes: int = MAX_BODY_BYTES) -> Body:
    """Read the request's body as a `shape`.

    Raises ApiError if the body has another type, is too large or doesn't fit the shape.
    """
    if request.media_type != "application/json" or request.header(b"content-encoding"):
        raise ApiError(415, "json_needed", "Send uncompressed application/json.")
    data = await request.body(most_bytes)
    if data is None:
        raise ApiError(413, "body_too_large", f"Send at most {most_bytes} bytes.")
    body = _parsed_quickly(data, shape)
    return _parsed(data, shape) if body is None else body


def _parsed_quickly(data: bytes, shape: type[Body]) -> Body | None:
    """Return the body, or None if it may be wrong.

    Pydantic's own parser takes half the time, but accepts repeated keys. Each key has a colon. The
    values have none, apart from join codes. So a repeated key makes too many colons.
    """
    try:
        body = shape.model_validate_json(data)
    except ValidationError:
        return None
    return body if data.count(b":") == body.key_count else None


def _parsed(data: bytes, shape: type[Body]) -> Body:
    try:
        return shape.model_validate(strict_json.parse(data))
    except strict_json.MalformedJsonError as error:
        raise ApiError(400, "malformed", f"The JSON can't be read: {error}.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        raise ApiError(400, "malformed", f"At {_place(first['loc'])}: {first['msg']}.") from None


def _place(location: tuple[int | str, ...]) -> str:
    # An unknown key is the client's own text, so leave it out of the response.
    known = [str(part) for part in location if isinstance(part, int) or part in _KEYS]
    return ".".join(known) or "the top level"


_KEYS = {
    key
    for shape in (NewAccountBody, TokenBody, EraseBody, ChangesBody, IdsBody, RecordBody, PushBody)
    for key in shape.model_fields
}


def checked_account(account: str) -> str:
    """Return the account id of a URL. Raises ApiError if it is malformed."""
    if not re.fullmatch(ACCOUNT_PATTERN, account) or account.endswith("\n"):
        raise ApiError(400, "malformed", "An account id is 26 characters of lower-case base32.")
    return account
