"""What the API refuses, how it responds, and what it never repeats or logs."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.web.api.schemas import MAX_BODY_BYTES, MAX_PUSH_BYTES
from tests.samples import a_record, as_json, new_id
from tests.web.sync_app import Phone, api

GOOD = as_json(a_record())


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with api(tmp_path) as client:
        yield await Phone(client).ready()


def push_of(**changed: object) -> bytes:
    return json.dumps({"records": [{**GOOD, **changed}]}).encode()


def without(key: str) -> bytes:
    return json.dumps({"records": [{k: v for k, v in GOOD.items() if k != key}]}).encode()


MALFORMED = {
    "nothing": b"",
    "not JSON": b"{",
    "two values": b"{} {}",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": "{}".encode("utf-16"),
    "bad UTF-8": b'{"records": "\xff"}',
    "overlong UTF-8": b'{"records": "\xc0\x80"}',
    "a surrogate": b'{"records": [{"id": "\\ud800"}]}',
    "NaN": b'{"records": NaN}',
    "infinity": b'{"records": [-Infinity]}',
    "a duplicate key": b'{"records": [], "records": []}',
    "a duplicate key far down": push_of()[:-3] + b', "id": "x"}]}',
    "a duplicate key that is escaped": push_of()[:-3] + b', "\\u0069d": "' + b"A" * 22 + b'"}]}',
    "a duplicate key with the same value": push_of()[:-2] + b'], "records": []}',
    "a duplicate key with a colon": b'{"records": ":", ' + push_of()[1:],
    "deep nesting": b"[" * 100_000,
    "deep nesting of objects": b'{"a":' * 100_000,
    "nesting that closes": b"[" * 900 + b"]" * 900,
    "a number of many digits": b"[" + b"1" * 5_000 + b"]",
    "a list": b"[]",
    "a string": b'"records"',
    "null": b"null",
    "an unknown key": b'{"records": [], "more": 1}',
    "an unknown key of a record": push_of(more=1),
    "records that are no list": b'{"records": {}}',
    "a record that is no object": b'{"records": [1]}',
    "no id": without("id"),
    "no entry": without("entry"),
    "no supersedes": without("supersedes"),
    "nothing sealed": without("sealed"),
    "a short id": push_of(id="A" * 21),
    "a long id": push_of(id="A" * 24),
    "a padded id": push_of(id="A" * 22 + "=="),
    "an id in base64": push_of(id="+" * 21 + "A"),
    "an id that is not canonical": push_of(id="A" * 21 + "B"),
    "an id with a newline": push_of(id="A" * 22 + "\n"),
    "an id that is a number": push_of(id=1),
    "an entry that is null": push_of(entry=None),
    "a superseded id that is short": push_of(supersedes=["A"]),
    "supersedes that is null": push_of(supersedes=None),
    "sealed bytes shorter than an IV and a tag": push_of(sealed="A" * 36),
    "sealed bytes that are not canonical": push_of(sealed="A" * 41 + "B"),
    "sealed bytes of an impossible length": push_of(sealed="A" * 41),
    "sealed bytes with a space": push_of(sealed="A" * 40 + " AAA"),
    "sealed bytes with a letter of another script": push_of(sealed="A" * 40 + "АААА"),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
async def test_what_is_malformed_is_refused(phone: Phone, data: bytes) -> None:
    answer = await phone.send("POST", "/records", data=data)

    assert (answer.status, answer.code) == (400, "malformed")
    assert (await phone.list()).body == {"records": []}


NOT_ALLOWED: dict[str, tuple[str, Any, str]] = {
    "no record": ("/records", {"records": []}, "records_count"),
    "21 records": (
        "/records",
        {"records": [as_json(a_record()) for _ in range(21)]},
        "records_count",
    ),
    "the same record twice": ("/records", {"records": [GOOD, GOOD]}, "duplicate_id"),
    "a record that supersedes itself": (
        "/records",
        {"records": [{**GOOD, "supersedes": [GOOD["id"]]}]},
        "supersedes_itself",
    ),
    "an id superseded twice": (
        "/records",
        {"records": [{**GOOD, "supersedes": [GOOD["entry"]] * 2}]},
        "duplicate_id",
    ),
    "no id": ("/records/fetch", {"ids": []}, "ids_count"),
    "51 ids": ("/records/fetch", {"ids": [new_id() for _ in range(51)]}, "ids_count"),
    "the same id twice": ("/records/fetch", {"ids": [GOOD["id"]] * 2}, "duplicate_id"),
    "no id to remove": ("/records/remove", {"ids": []}, "ids_count"),
    "51 ids to remove": ("/records/remove", {"ids": [new_id() for _ in range(51)]}, "ids_count"),
}


@pytest.mark.parametrize("case", NOT_ALLOWED.values(), ids=NOT_ALLOWED.keys())
async def test_what_is_well_formed_and_not_allowed_is_422(
    phone: Phone, case: tuple[str, Any, str]
) -> None:
    path, body, code = case

    answer = await phone.send("POST", path, body)

    assert (answer.status, answer.code) == (422, code)


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "json",
    ],
)
async def test_a_body_that_does_not_say_json_is_415(phone: Phone, kind: str) -> None:
    answer = await phone.send("POST", "/records", data=push_of(), headers={"Content-Type": kind})

    assert (answer.status, answer.code) == (415, "json_needed")


async def test_a_compressed_body_is_415(phone: Phone) -> None:
    answer = await phone.send(
        "POST", "/records", data=push_of(), headers={"Content-Encoding": "gzip"}
    )

    assert answer.status == 415


async def test_json_with_a_charset_is_taken(phone: Phone) -> None:
    kind = {"Content-Type": "application/json; charset=utf-8"}

    assert (await phone.send("POST", "/records", data=push_of(), headers=kind)).status == 200


async def test_half_a_mebibyte_is_taken_and_a_byte_more_is_not(phone: Phone) -> None:
    body = push_of()

    fits = await phone.send("POST", "/records", data=body + b" " * (MAX_PUSH_BYTES - len(body)))
    too_large = await phone.send(
        "POST", "/records", data=body + b" " * (MAX_PUSH_BYTES - len(body) + 1)
    )

    assert fits.status == 200
    assert (too_large.status, too_large.code) == (413, "body_too_large")


async def test_a_small_call_takes_only_a_small_body(phone: Phone) -> None:
    body = b'{"ids": ["' + b"A" * MAX_BODY_BYTES + b'"]}'

    answer = await phone.send("POST", "/records/fetch", data=body)

    assert (answer.status, answer.code) == (413, "body_too_large")


async def test_a_body_that_hides_its_length_is_not_read_to_the_end(phone: Phone) -> None:
    sent = 0
    async with phone.client.request(
        "/api/v1/records",
        method="POST",
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {phone.token}"},
        scope_base={"client": ("192.0.2.1", 1)},
    ) as connection:
        while sent < 4 * MAX_PUSH_BYTES:
            await connection.send(b" " * 65_536)
            sent += 65_536
        await connection.send_complete()

    assert connection.status_code == 413


async def test_an_address_that_is_nearly_right_is_not_redirected(phone: Phone) -> None:
    for path in (f"/accounts//{phone.account}", f"/accounts/{phone.account}/"):
        assert (await phone.send("PUT", path, {"auth": phone.auth})).status == 404


async def test_a_stranger_is_refused_before_the_body_is_looked_at(phone: Phone) -> None:
    phone.token = None

    assert (await phone.send("POST", "/records", data=b"{" * 100)).status == 401


async def test_a_refusal_never_repeats_what_was_sent(phone: Phone) -> None:
    secret = "dragon-fruit"
    for data in (
        json.dumps({secret: secret}).encode(),
        push_of(id=secret),
        push_of(**{secret: secret}),
        f'{{"records": {secret}}}'.encode(),
    ):
        answer = await phone.send("POST", "/records", data=data)

        assert answer.status == 400
        assert secret not in json.dumps(answer.body)


async def test_logs_hold_no_account_no_key_no_token_no_record_and_no_address(
    phone: Phone, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    record = a_record()
    phone.address = "198.51.100.77"

    await phone.push(record)
    await phone.send("POST", "/records", data=b"{")
    with monkeypatch.context() as patch:
        patch.setattr("os.fdatasync", lambda _: (_ for _ in ()).throw(OSError(5, "broken")))
        assert (await phone.push(a_record())).status == 503
    await Phone(phone.client, phone.address, account=phone.account).sign_in()
    await phone.erase()

    logged = " ".join(str(log_record.__dict__) for log_record in caplog.records)
    assert "account erased" in logged
    for secret in (phone.account, phone.auth, phone.token, record.id, record.sealed, phone.address):
        assert secret
        assert secret not in logged


ADDRESSES = {
    "/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaa": {"PUT", "DELETE", "OPTIONS"},
    "/tokens": {"POST", "OPTIONS"},
    "/records": {"GET", "HEAD", "POST", "OPTIONS"},
    "/records/changes": {"POST", "OPTIONS"},
    "/records/fetch": {"POST", "OPTIONS"},
    "/records/remove": {"POST", "OPTIONS"},
}


WRONG_METHODS = [
    (path, method)
    for path, allowed in ADDRESSES.items()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    if method not in allowed
]


@pytest.mark.parametrize(("path", "method"), WRONG_METHODS)
async def test_a_wrong_method_is_told_which_are_right(phone: Phone, path: str, method: str) -> None:
    answer = await phone.send(method, path)

    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert answer.body["title"] == "Method Not Allowed"
    assert set(answer.headers["Allow"].split(", ")) == ADDRESSES[path]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["", "/", "/record", "/records/", "//records", "/records/fetch/x"])
async def test_an_address_that_is_none_is_not_found(phone: Phone, path: str, method: str) -> None:
    answer = await phone.send(method, path)

    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.body["title"] == "Not Found"


@pytest.mark.parametrize(
    "data",
    [b"{}", b'{"since": null}', b'{"since": ""}', b'{"since": "' + b"A" * 44 + b'"}'],
)
async def test_a_set_digest_of_another_shape_is_refused(phone: Phone, data: bytes) -> None:
    answer = await phone.send("POST", "/records/changes", data=data)

    assert (answer.status, answer.code) == (400, "malformed")


@pytest.mark.parametrize("path", ["/records", "/tokens", "/accounts/" + "a" * 26])
async def test_options_names_the_methods(phone: Phone, path: str) -> None:
    answer = await phone.send("OPTIONS", path)

    assert (answer.status, answer.body) == (200, b"")
    assert "OPTIONS" in answer.headers["Allow"]


async def test_head_is_a_get_without_its_body(phone: Phone) -> None:
    listed, head = await phone.list(), await phone.send("HEAD", "/records")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Etag"] == listed.headers["Etag"]
