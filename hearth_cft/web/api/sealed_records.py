"""List, fetch, push and remove the sealed records of an account."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hearth_cft.records import LiveId, Record, RecordStore, size_of
from hearth_cft.web.api.http import (
    PIECE_BYTES,
    Request,
    Response,
    compact_json,
    json_response,
)
from hearth_cft.web.api.problems import unauthorised
from hearth_cft.web.api.schemas import (
    MAX_PUSH_BYTES,
    ChangesBody,
    IdsBody,
    PushBody,
    read_body,
)
from hearth_cft.web.api.tokens import account_of
from hearth_cft.web.prerendered import is_match

log = logging.getLogger("hearth.sync")


class SealedRecords:
    """The calls about records. Each needs a token, which names the account."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    async def list(self, request: Request) -> Response:
        """Answer GET records."""
        live_ids = await self._store.live_ids(await self._account(request))
        body = compact_json({"records": _ids_and_entries(live_ids)})
        etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        known = request.header(b"if-none-match")
        if known and is_match(known.encode("latin-1"), etag.encode()):
            return Response(304, headers={"ETag": etag})
        return Response(200, body, b"application/json", {"ETag": etag})

    async def changes(self, request: Request) -> Response:
        """Answer POST records/changes."""
        account = await self._account(request)
        body = await read_body(request, ChangesBody)
        changes = await self._store.changes(account, body.since)
        live_ids = _ids_and_entries(changes.added)
        if changes.complete:
            return json_response({"digest": changes.digest, "records": live_ids})
        return json_response(
            {"digest": changes.digest, "added": live_ids, "gone": list(changes.gone)}
        )

    async def fetch(self, request: Request) -> Response:
        """Answer POST records/fetch."""
        account = await self._account(request)
        ids = (await read_body(request, IdsBody)).checked()
        records = await self._store.fetch(account, ids)
        pieces = _pieces(records)
        first = next(pieces)
        if len(first) < PIECE_BYTES:
            return Response(200, first, b"application/json")
        size = sum(size_of(record.sealed, record.supersedes) * 4 // 3 for record in records)
        return Response(200, _followed_by(first, pieces), b"application/json", size=size)

    async def push(self, request: Request) -> Response:
        """Answer POST records."""
        account = await self._account(request)
        records = (await read_body(request, PushBody, MAX_PUSH_BYTES)).checked()
        results = await self._store.push(account, records)
        log.info("records pushed", extra={"count": len(records)})
        return json_response({"results": results})

    async def remove(self, request: Request) -> Response:
        """Answer POST records/remove."""
        account = await self._account(request)
        ids = (await read_body(request, IdsBody)).checked()
        count = await self._store.remove(account, ids)
        log.info("records removed", extra={"count": count})
        return json_response({"removed": count})

    async def _account(self, request: Request) -> str:
        scheme, _, token = request.header(b"authorization").partition(" ")
        if scheme.lower() == "bearer" and token:
            account = account_of(await self._store.signing_key(), token.strip())
            if account is not None:
                return account
        raise unauthorised("The token is missing, wrong or expired.")


def _ids_and_entries(live_ids: Sequence[LiveId]) -> list[dict[str, str]]:
    return [{"id": live.id, "entry": live.entry} for live in live_ids]


def _payload(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "entry": record.entry,
        "supersedes": record.supersedes,
        "sealed": record.sealed,
    }


def _pieces(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the JSON of a list of records. Every piece but the last has PIECE_BYTES or more."""
    piece = bytearray(b'{"records":[')
    for number, record in enumerate(records):
        piece += b"," if number else b""
        piece += compact_json(_payload(record))
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece + b"]}")


def _followed_by(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
