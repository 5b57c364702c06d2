"""The app without pages over a real store, and a phone that uses its API."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth, create_app
from hearth_cft.config import Config
from hearth_cft.records import Record, RecordStore
from hearth_cft.storage import open_store
from hearth_cft.web.site.build import Site
from tests.samples import ROOMY, as_json, new_account, new_auth

OPEN = Config(limits=ROOMY)


@dataclass(frozen=True)
class Answer:
    """A response of the API."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str:
        """Return the code of a problem. Check that the response has all parts of a problem."""
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.body["status"] == self.status
        assert self.body["title"]
        assert self.body["detail"]
        return str(self.body["code"])


@dataclass
class Phone:
    """A client of the API with one account."""

    client: Client
    address: str = "192.0.2.1"
    account: str = field(default_factory=new_account)
    auth: str = field(default_factory=lambda: new_auth()[0])
    token: str | None = None

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send `body` as JSON, or the bytes of `data`. Add the phone's token, if it has one."""
        own_headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None:
            own_headers["Content-Type"] = "application/json"
        response = await self.client.open(
            f"/api/v1{path}",
            method=method,
            data=data,
            headers={**own_headers, **(headers or {})},
            scope_base={"client": (self.address, 50000)},
        )
        content = await response.get_data(as_text=False)
        assert response.headers["Cache-Control"] == "no-store, no-transform"
        is_json = response.headers.get("Content-Type", "").endswith("json")
        return Answer(
            response.status_code,
            {name.title(): value for name, value in response.headers.items()},
            json.loads(content) if is_json and content else content,
        )

    async def join(self, **more: object) -> Answer:
        """Create the account."""
        return await self.send("PUT", f"/accounts/{self.account}", {"auth": self.auth, **more})

    async def sign_in(self) -> Answer:
        """Get a token. Later requests use it."""
        answer = await self.send("POST", "/tokens", {"account": self.account, "auth": self.auth})
        if answer.status == 201:
            self.token = answer.body["token"]
        return answer

    async def ready(self) -> Phone:
        """Join and sign in. Return this phone."""
        assert (await self.join()).status == 201
        assert (await self.sign_in()).status == 201
        return self

    async def push(self, *records: Record) -> Answer:
        """Push records."""
        return await self.send(
            "POST", "/records", {"records": [as_json(record) for record in records]}
        )

    async def list(self, **headers: str) -> Answer:
        """List the live records."""
        return await self.send("GET", "/records", headers=headers)

    async def fetch(self, ids: Sequence[str]) -> Answer:
        """Fetch records."""
        return await self.send("POST", "/records/fetch", {"ids": ids})

    async def changes(self, since: str) -> Answer:
        """Ask what has changed since the set with this digest."""
        return await self.send("POST", "/records/changes", {"since": since})

    async def remove(self, ids: Sequence[str]) -> Answer:
        """Remove records."""
        return await self.send("POST", "/records/remove", {"ids": ids})

    async def erase(self) -> Answer:
        """Erase the account."""
        return await self.send("DELETE", f"/accounts/{self.account}", {"auth": self.auth})


def bare_app(config: Config, store: RecordStore) -> Hearth:
    """Build the app without pages."""
    return create_app(config, store, Site(answers={}, errors={}, media={}, problems=()))


@asynccontextmanager
async def api(folder: Path, config: Config = OPEN) -> AsyncIterator[Client]:
    """Yield a client of the API over a TinyDB store in the folder."""
    async with open_store("tinydb:", data_dir=folder / "data", limits=config.limits) as store:
        yield bare_app(config, store).test_client(use_cookies=False)
