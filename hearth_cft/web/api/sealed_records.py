"""List, fetch, push and remove the sealed records of an account."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator

from hearth_cft.records import LiveId, Record, RecordStore, size_of
from hearth_cft.web.api.http import PIECE_BYTES, Request, Response, json_response
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
        body = f'{{"records":{_json_of_ids(live_ids)}}}'.encode()
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
        listed = _json_of_ids(changes.added)
        if changes.complete:
            text = f'{{"digest":"{changes.digest}","records":{listed}}}'
        else:
            gone = _json_of_texts(changes.gone)
            text = f'{{"digest":"{changes.digest}","added":{listed},"gone":{gone}}}'
        return Response(200, text.encode(), b"application/json")

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


# Ids, digests and sealed bytes are base64url, which needs no escapes. json.dumps looks for some,
# and takes seventeen times as long.


def _json_of_texts(texts: Iterable[str]) -> str:
    return "[" + ",".join([f'"{text}"' for text in texts]) + "]"


def _json_of_ids(live_ids: Iterable[LiveId]) -> str:
    objects = [f'{{"id":"{live.id}","entry":"{live.entry}"}}' for live in live_ids]
    return f"[{','.join(objects)}]"


def _json_of(record: Record) -> bytes:
    supersedes = _json_of_texts(record.supersedes) if record.supersedes else "[]"
    return (
        f'{{"id":"{record.id}","entry":"{record.entry}","supersedes":{supersedes},'
        f'"sealed":"{record.sealed}"}}'
    ).encode()


def _pieces(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the JSON of a list of records. Every piece but the last has PIECE_BYTES or more."""
    piece = bytearray(b'{"records":[')
    for number, record in enumerate(records):
        piece += b"," if number else b""
        piece += _json_of(record)
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece + b"]}")


def _followed_by(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
