"""No request causes a 500: thousands of requests, from noise to almost valid ones.

HEARTH_FUZZ=10000 tries that many of each kind.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples import a_record, as_json, base64url
from tests.web.sync_app import Answer, Phone, api

CASES = int(os.environ.get("HEARTH_FUZZ", "300"))
EXPECTED = {200, 201, 204, 304, 400, 401, 403, 404, 405, 410, 413, 415, 422, 429}

fuzzed = settings(
    max_examples=CASES,
    derandomize="HEARTH_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Send = Callable[..., Answer]


@pytest.fixture(scope="module")
def send(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Send]:
    """Yield a function that sends a request. All cases share one app."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def start() -> Phone:
            client = await stack.enter_async_context(api(tmp_path_factory.mktemp("fuzz")))
            return await Phone(client).ready()

        phone = runner.run(start())

        def send(method: str, path: str, **sent: Any) -> Answer:
            path = path.replace("{account}", phone.account)
            answer = runner.run(phone.send(method, path, **sent))
            assert answer.status in EXPECTED
            if answer.status >= 400 and method != "HEAD":
                assert answer.code
            return answer

        yield send
        runner.run(stack.aclose())


PLACES = [
    ("PUT", "/accounts/{account}"),
    ("POST", "/tokens"),
    ("POST", "/records"),
    ("POST", "/records/changes"),
    ("POST", "/records/fetch"),
    ("POST", "/records/remove"),
    ("DELETE", "/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
]

simple = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
anything = st.recursive(
    simple,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=6,
)
keys = st.sampled_from(
    [
        "auth",
        "join_code",
        "account",
        "ids",
        "since",
        "records",
        "id",
        "entry",
        "supersedes",
        "sealed",
    ]
)
header_text = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40)


@fuzzed
@given(place=st.sampled_from(PLACES), data=st.binary(max_size=200))
def test_noise(send: Send, place: tuple[str, str], data: bytes) -> None:
    assert send(*place, data=data).status >= 400


@fuzzed
@given(place=st.sampled_from(PLACES), value=anything)
def test_any_json(send: Send, place: tuple[str, str], value: object) -> None:
    data = json.dumps(value).encode("utf-8", "surrogatepass")

    assert send(*place, data=data).status >= 400


@fuzzed
@given(
    place=st.sampled_from(PLACES),
    value=st.dictionaries(
        keys, simple | st.lists(simple | st.dictionaries(keys, simple, max_size=4)), max_size=3
    ),
)
def test_json_with_the_right_keys(send: Send, place: tuple[str, str], value: object) -> None:
    send(*place, data=json.dumps(value).encode("utf-8", "surrogatepass"))


@st.composite
def nearly_right(draw: st.DrawFn) -> bytes:
    """Draw a valid push with a few bytes changed, left out or inserted."""
    sixteen = st.binary(min_size=16, max_size=16)
    record = {
        "id": base64url(draw(sixteen)),
        "entry": base64url(draw(sixteen)),
        "supersedes": [base64url(superseded) for superseded in draw(st.lists(sixteen, max_size=2))],
        "sealed": base64url(draw(st.binary(max_size=60))),
    }
    data = bytearray(json.dumps({"records": [record]}).encode())
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data) - 1))
        match draw(st.sampled_from(["change", "drop", "insert"])):
            case "change":
                data[place] = draw(st.integers(0, 255))
            case "drop":
                del data[place : place + draw(st.integers(1, 5))]
            case "insert":
                data[place:place] = draw(st.binary(max_size=4))
    return bytes(data)


@fuzzed
@given(data=nearly_right())
def test_a_push_that_is_nearly_right(send: Send, data: bytes) -> None:
    send("POST", "/records", data=data)


@fuzzed
@given(
    method=st.sampled_from(["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"]),
    name=st.sampled_from(
        [
            "Authorization",
            "Content-Type",
            "Content-Length",
            "Content-Encoding",
            "If-None-Match",
            "If-Modified-Since",
            "X-Forwarded-For",
            "Cookie",
            "Accept",
            "Host",
            "Range",
        ]
    ),
    value=header_text | st.integers().map(str) | header_text.map("Bearer {}".format),
)
def test_any_header(send: Send, method: str, name: str, value: str) -> None:
    data = None if method in ("GET", "HEAD") else b'{"records": []}'

    send(method, "/records", data=data, headers={name: value})


@fuzzed
@given(
    method=st.sampled_from(["GET", "PUT", "POST", "DELETE", "PATCH"]),
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.lists(st.integers(0, 255).map("%{:02x}".format), max_size=30).map("".join),
)
def test_any_path(send: Send, method: str, path: str) -> None:
    safe = path.replace("?", "").replace("#", "")

    send(method, f"/accounts/{safe}", body={"auth": "A" * 43})


def test_the_phone_still_works_after_all_that(send: Send, tmp_path: Path) -> None:
    record = as_json(a_record())

    assert send("POST", "/records", body={"records": [record]}).status == 200
