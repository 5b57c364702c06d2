"""Pages as a browser asks for them: languages, caching, errors, headers."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser

import brotli
import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth

pytestmark = pytest.mark.asyncio(loop_scope="session")
PLACES = ["", "learn/", "recordings/", "worksheets/", "notes/", "help", "settings/", "offline"]


class Links(HTMLParser):
    """Collects what a page points at, and its ids: the page's own, then each template's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: list[list[str]] = [[]]
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found |= {named[name] or "" for name in ("href", "src") if name in named}
        if tag == "template":
            self._inside = True
            self.ids.append([])
        if named.get("id"):
            self.ids[-1 if self._inside else 0].append(named["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "template"


def parsed(body: bytes) -> Links:
    links = Links()
    links.feed(body.decode())
    return links


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ({}, "/en/"),
        ({"Accept-Language": "ar-EG, en;q=0.5"}, "/ar/"),
        ({"Accept-Language": "ar", "Cookie": "locale=en"}, "/en/"),
        ({"Accept-Language": "xx"}, "/en/"),
    ],
)
async def test_the_front_door_leads_to_the_visitors_language(
    client: Client, headers: dict[str, str], target: str
) -> None:
    answer = await client.get("/", headers=headers)

    assert (answer.status_code, answer.headers["Location"]) == (303, target)


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_every_place_of_a_language_is_there(client: Client, locale: str) -> None:
    for place in PLACES:
        answer = await client.get(f"/{locale}/{place}")

        assert answer.status_code == 200, place
        assert f'lang="{locale}"'.encode() in await answer.get_data(), place


async def test_every_local_link_of_every_page_leads_somewhere(app: Hearth) -> None:
    known = {*app.site.answers, *app.site.media, "/"}
    pages = {at: kept for at, kept in app.site.answers.items() if "html" in kept.content_type}

    lost = [
        (at, link)
        for at, kept in pages.items()
        for link in parsed(kept.body).found
        if link.startswith("/") and re.split("[?#]", link)[0] not in known
    ]

    assert len(pages) >= 40
    assert lost == []


async def test_no_page_points_at_another_server(app: Hearth) -> None:
    for at, kept in app.site.answers.items():
        if "html" in kept.content_type:
            away = {link for link in parsed(kept.body).found if link.startswith(("http", "//"))}
            assert away == set(), at


async def test_no_page_has_the_same_id_twice(app: Hearth) -> None:
    for at, kept in app.site.answers.items():
        if "html" in kept.content_type:
            own, *templates = parsed(kept.body).ids
            # What a template holds comes to the page when it is needed, one at a time.
            for ids in (own, *([*own, *template] for template in templates)):
                assert [each for each in ids if ids.count(each) > 1] == [], at


async def test_no_page_has_inline_script_or_style(app: Hearth) -> None:
    for at, kept in app.site.answers.items():
        if "html" in kept.content_type:
            html = kept.body.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)", html), at
            assert not re.search(r"<style|\sstyle=|\son\w+=", html), at


async def test_a_page_names_every_script_that_it_runs(app: Hearth) -> None:
    def scripts(at: str) -> set[str]:
        links = parsed(app.site.answers[at].body).found
        return {re.split("[.-]", each.split("/")[-1])[0] for each in links if "/static/js/" in each}

    assert {"main", "chunk"} == scripts("/en/learn/")
    assert {"main", "chunk", "do", "week"} == scripts("/en/")
    assert {"main", "chunk", "worksheet"} == scripts("/en/worksheets/three-circles")
    assert {"main", "chunk", "notes"} == scripts("/ar/notes/")


def words_of(app: Hearth, at: str) -> set[str]:
    """Addresses of the scripts' strings that a page fetches."""
    folder = f"/{at.split('/')[1]}/messages"
    modules = re.findall(r'data-module="([a-z-]+)"', app.site.answers[at].body.decode())
    own = {f"{folder}/{name}.json" for name in modules} & app.site.answers.keys()
    return {f"{folder}.json", *own}


async def test_each_page_fetches_the_words_that_it_shows_and_no_others(app: Hearth) -> None:
    def messages(at: str) -> set[str]:
        listed = (json.loads(app.site.answers[each].body) for each in words_of(app, at))
        return {message for each in listed for message in each["messages"]}

    full = "This worksheet is almost full. Begin a new one for more."
    assert full in messages("/ar/worksheets/three-circles")
    assert full not in messages("/ar/") | messages("/ar/notes/")
    offline = "You are offline. Everything saved on this phone still works."
    assert offline in messages("/ar/learn/") & messages("/ar/worksheets/three-circles")


@pytest.mark.parametrize(("locale", "font"), [("en", "atkinson"), ("ar", "noto-naskh")])
async def test_a_first_visit_is_light(app: Hearth, locale: str, font: str) -> None:
    def sent(paths: set[str]) -> int:
        kept = [app.site.answers[path] for path in paths]
        forms = [each.answers.get(b"br", each.answers[b"identity"]) for each in kept]
        return sum(len(body["body"]) for _, body in forms)

    fonts = {at for at in app.site.answers if f"/fonts/{font}-" in at and "-ext-" not in at}
    pages = [at for at in app.site.answers if re.fullmatch(rf"/{locale}/[a-z/-]*", at)]
    for at in pages:
        links = parsed(app.site.answers[at].body).found
        used = {link for link in links if re.match("/static/.*(js|css|woff2)$", link)}
        scripts = {link for link in used if link.endswith(".js")}

        assert sent({at, *words_of(app, at), *used, *fonts}) < 90_000, at
        # Who writes, or reads what they wrote, needs the cryptography.
        if not re.search("/worksheets/.|/notes/|/settings/(backup|privacy|lock)|/my-letter", at):
            assert sent(scripts) < 25_000, at


@pytest.mark.parametrize(("name", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
async def test_a_page_comes_compressed_as_asked(client: Client, name: str, unpack: object) -> None:
    plain = await (await client.get("/en/")).get_data()

    answer = await client.get("/en/", headers={"Accept-Encoding": name})

    assert answer.headers["Content-Encoding"] == name
    assert unpack(await answer.get_data()) == plain  # type: ignore[operator]


@pytest.mark.parametrize("refused", ["identity", "br;q=0, gzip;q=0", "deflate", ""])
async def test_a_page_comes_plain_to_who_can_not_unpack(client: Client, refused: str) -> None:
    answer = await client.get("/en/", headers={"Accept-Encoding": refused})

    assert "Content-Encoding" not in answer.headers


async def test_a_page_that_is_known_already_is_not_sent_again(client: Client) -> None:
    etag = (await client.get("/en/")).headers["ETag"]

    answer = await client.get("/en/", headers={"If-None-Match": f'"other", {etag}'})

    assert answer.status_code == 304
    assert await answer.get_data() == b""
    assert answer.headers["ETag"] == etag


async def test_head_tells_the_length_and_sends_nothing(app: Hearth) -> None:
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    # Asked below the test client, which writes a Content-Length of its own.
    scope = {"type": "http", "method": "HEAD", "path": "/en/", "headers": []}
    await app.asgi_app(scope, None, send)  # type: ignore[arg-type]

    length = str(len(app.site.answers["/en/"].body)).encode()
    assert (b"content-length", length) in sent[0]["headers"]  # type: ignore[operator]
    assert sent[1]["body"] == b""


@pytest.mark.parametrize(
    ("path", "target"), [("/en", "/en/"), ("/en/learn", "/en/learn/"), ("/en/help/", "/en/help")]
)
async def test_a_missing_or_extra_slash_leads_to_the_page(
    client: Client, path: str, target: str
) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (308, target)


@pytest.mark.parametrize(
    "path",
    ["/en/nothing", "/ar/learn/nothing", "/xx/", "/static/none.js", "/..%2f..%2fetc/x", "/%ff"],
)
async def test_an_unknown_address_gets_a_page_that_helps(client: Client, path: str) -> None:
    answer = await client.get(path)

    body = await answer.get_data()
    locale = "ar" if path.startswith("/ar/") else "en"
    assert answer.status_code == 404
    assert f'<html lang="{locale}"'.encode() in body
    assert f'href="/{locale}/help"'.encode() in body


async def test_a_wrong_method_gets_its_page_and_says_what_is_allowed(
    client: Client,
) -> None:
    answer = await client.post("/en/help")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


async def test_the_api_answers_errors_as_problem_details(client: Client) -> None:
    answer = await client.get("/api/v1/nothing")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert json.loads(await answer.get_data())["code"] == "not_found"


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/en/nothing", "/healthz", "/api/v1/nothing", "/service-worker.js"]
)
async def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    headers = (await client.get(path)).headers

    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(("folder", "ending"), [("/static/", ".js"), ("/ar/", "messages.json")])
async def test_parts_of_a_page_carry_no_rules_that_are_for_pages(
    client: Client, app: Hearth, folder: str, ending: str
) -> None:
    part = next(at for at in app.site.answers if at.startswith(folder) and at.endswith(ending))

    headers = (await client.get(part)).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in headers


async def test_the_worker_and_lists_are_asked_for_anew_and_hashed_files_never(
    client: Client, app: Hearth
) -> None:
    for path in ("/service-worker.js", "/en/offline.json", "/en/app.webmanifest", "/en/"):
        assert (await client.get(path)).headers["Cache-Control"] == "no-cache"
    hashed = next(at for at in app.site.answers if at.startswith("/static/"))
    assert "immutable" in (await client.get(hashed)).headers["Cache-Control"]


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_the_offline_list_names_all_that_its_pages_need(app: Hearth, locale: str) -> None:
    listed = json.loads(app.site.answers[f"/{locale}/offline.json"].body)
    everything = {**listed["pages"], **listed["assets"]}

    needed = {
        link
        for at in listed["pages"]
        for link in parsed(app.site.answers[at].body).found
        if link.startswith("/static/") and "apple-touch" not in link
    }

    assert needed <= set(everything)
    for at, digest in everything.items():
        assert app.site.answers[at].digest == digest


async def test_the_manifest_is_installable_and_discreet(client: Client) -> None:
    manifest = json.loads(await (await client.get("/en/app.webmanifest")).get_data())

    assert manifest["display"] == "standalone"
    assert manifest["scope"] == "/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert [each["url"] for each in manifest["shortcuts"]] == ["/en/help", "/en/recordings/"]
    for icon in [*manifest["icons"], *manifest["screenshots"]]:
        assert (await client.get(icon["src"])).status_code == 200


async def test_health_tells_whether_the_store_can_take_a_record(client: Client) -> None:
    answer = await client.get("/healthz")

    assert await answer.get_json() == {"alive": True, "store": "ready"}
