"""Pages as a browser requests them: languages, caching, errors and headers."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser

import brotli
import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth
from hearth_cft.config.help import WAYS_IN_ENGLAND
from hearth_cft.version import version

pytestmark = pytest.mark.asyncio(loop_scope="session")
PLACES = ["", "learn/", "recordings/", "worksheets/", "notes/", "help", "settings/", "offline"]


class Links(HTMLParser):
    """Collects the links and the ids of a page.

    `found` has all that the page loads or links to, `anchors` what only a tap opens. `ids` has the
    page's own ids first, then the ids in each template.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.anchors: set[str] = set()
        self.ids: list[list[str]] = [[]]
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found |= {named[name] or "" for name in ("href", "src") if name in named}
        if tag == "a":
            self.anchors.add(named.get("href") or "")
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
    response = await client.get("/", headers=headers)

    assert (response.status_code, response.headers["Location"]) == (303, target)


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("/ar/learn/three-systems", "/ar/learn/three-systems"),
        ("/en/", "/en/"),
        ("", "/"),
        ("/ar/nothing", "/"),
        ("//example.org/", "/"),
        ("https://example.org/en/", "/"),
    ],
)
async def test_whoever_is_let_in_goes_on_to_a_page_of_the_app(
    client: Client, query: str, target: str
) -> None:
    response = await client.get(f"/sign-in?{query}")

    assert (response.status_code, response.headers["Location"]) == (303, target)
    assert response.headers["Cache-Control"] == "no-store, no-transform"


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_every_place_of_a_language_is_there(client: Client, locale: str) -> None:
    for place in PLACES:
        response = await client.get(f"/{locale}/{place}")

        assert response.status_code == 200, place
        assert f'lang="{locale}"'.encode() in await response.get_data(), place


async def test_every_local_link_of_every_page_leads_somewhere(app: Hearth) -> None:
    existing = {*app.site.answers, *app.site.media, "/", "/sign-in"}
    pages = {
        path: response
        for path, response in app.site.answers.items()
        if "html" in response.content_type
    }

    broken = [
        (path, link)
        for path, response in pages.items()
        for link in parsed(response.body).found
        if link.startswith("/") and re.split("[?#]", link)[0] not in existing
    ]

    assert len(pages) >= 40
    assert broken == []


async def test_no_page_loads_or_points_at_anything_on_another_server(app: Hearth) -> None:
    # Nothing comes from there until somebody opens it, and the request names no page of ours.
    websites = {way.website for way in WAYS_IN_ENGLAND if way.website}

    for path, response in app.site.answers.items():
        if "html" in response.content_type:
            links = parsed(response.body)
            external = {link for link in links.found if link.startswith(("http", "//"))}
            assert external == (websites if path.endswith("/help") else set()), path
            assert external <= links.anchors, path


async def test_no_page_has_the_same_id_twice(app: Hearth) -> None:
    for path, response in app.site.answers.items():
        if "html" in response.content_type:
            own, *templates = parsed(response.body).ids
            # A template's content is put into the page when it is needed, one template at a time.
            for ids in (own, *([*own, *template] for template in templates)):
                assert [name for name in ids if ids.count(name) > 1] == [], path


async def test_no_page_has_inline_script_or_style(app: Hearth) -> None:
    for path, response in app.site.answers.items():
        if "html" in response.content_type:
            html = response.body.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)", html), path
            assert not re.search(r"<style|\sstyle=|\son\w+=", html), path


async def test_a_page_names_every_script_that_it_runs(app: Hearth) -> None:
    def scripts(path: str) -> set[str]:
        links = parsed(app.site.answers[path].body).found
        return {re.split("[.-]", link.split("/")[-1])[0] for link in links if "/static/js/" in link}

    assert {"main", "chunk"} == scripts("/en/learn/")
    assert {"main", "chunk", "do", "week"} == scripts("/en/")
    assert {"main", "chunk", "easy", "worksheet"} == scripts("/en/worksheets/three-circles")
    assert {"main", "chunk", "notes"} == scripts("/ar/notes/")


def message_files(app: Hearth, path: str) -> set[str]:
    """Return the addresses of the scripts' strings that a page fetches."""
    folder = f"/{path.split('/')[1]}/messages"
    modules = re.findall(r'data-module="([a-z-]+)"', app.site.answers[path].body.decode())
    own = {f"{folder}/{name}.json" for name in modules} & app.site.answers.keys()
    return {f"{folder}.json", *own}


async def test_each_page_fetches_the_words_that_it_shows_and_no_others(app: Hearth) -> None:
    def messages(path: str) -> set[str]:
        files = (json.loads(app.site.answers[file].body) for file in message_files(app, path))
        return {message for file in files for message in file["messages"]}

    full = "This worksheet is almost too long for the backup. Start a new one for more."
    assert full in messages("/ar/worksheets/three-circles")
    assert full not in messages("/ar/") | messages("/ar/notes/")
    offline = "You are offline. Everything saved on this phone still works."
    assert offline in messages("/ar/learn/") & messages("/ar/worksheets/three-circles")


@pytest.mark.parametrize(("locale", "font"), [("en", "atkinson"), ("ar", "noto-naskh")])
async def test_a_first_visit_is_light(app: Hearth, locale: str, font: str) -> None:
    def sent(paths: set[str]) -> int:
        responses = [app.site.answers[path] for path in paths]
        encoded = [
            response.answers.get(b"br", response.answers[b"identity"]) for response in responses
        ]
        return sum(len(body["body"]) for _, body in encoded)

    fonts = {path for path in app.site.answers if f"/fonts/{font}-" in path and "-ext-" not in path}
    pages = [path for path in app.site.answers if re.fullmatch(rf"/{locale}/[a-z/-]*", path)]
    for path in pages:
        links = parsed(app.site.answers[path].body).found
        used = {link for link in links if re.match("/static/.*(js|css|woff2)$", link)}
        scripts = {link for link in used if link.endswith(".js")}

        assert sent({path, *message_files(app, path), *used, *fonts}) < 90_000, path
        # The pages for writing, and for reading what was written, need the cryptography.
        if not re.search("/worksheets/.|/notes/|/settings/(backup|privacy|lock)|/my-letter", path):
            assert sent(scripts) < 25_000, path


@pytest.mark.parametrize(("name", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
async def test_a_page_comes_compressed_as_asked(client: Client, name: str, unpack: object) -> None:
    plain = await (await client.get("/en/")).get_data()

    response = await client.get("/en/", headers={"Accept-Encoding": name})

    assert response.headers["Content-Encoding"] == name
    assert unpack(await response.get_data()) == plain  # type: ignore[operator]


@pytest.mark.parametrize("refused", ["identity", "br;q=0, gzip;q=0", "deflate", ""])
async def test_a_page_comes_plain_to_who_can_not_unpack(client: Client, refused: str) -> None:
    response = await client.get("/en/", headers={"Accept-Encoding": refused})

    assert "Content-Encoding" not in response.headers


async def test_a_page_that_is_known_already_is_not_sent_again(client: Client) -> None:
    etag = (await client.get("/en/")).headers["ETag"]

    response = await client.get("/en/", headers={"If-None-Match": f'"other", {etag}'})

    assert response.status_code == 304
    assert await response.get_data() == b""
    assert response.headers["ETag"] == etag


async def test_head_tells_the_length_and_sends_nothing(app: Hearth) -> None:
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    # Don't use the test client, because it writes its own Content-Length.
    line = {"type": "http", "http_version": "1.1", "method": "HEAD", "path": "/en/"}
    scope = {**line, "headers": []}
    await app.asgi_app(scope, None, send)  # type: ignore[arg-type]

    length = str(len(app.site.answers["/en/"].body)).encode()
    assert (b"content-length", length) in sent[0]["headers"]  # type: ignore[operator]
    assert sent[1]["body"] == b""


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/en", "/en/"),
        ("/en/learn", "/en/learn/"),
        ("/en/help/", "/en/help"),
        ("/en/help/?x=1&y=%C3%A9", "/en/help?x=1&y=%C3%A9"),
    ],
)
async def test_a_missing_or_extra_slash_leads_to_the_page(
    client: Client, path: str, target: str
) -> None:
    response = await client.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, target)


@pytest.mark.parametrize(
    "path",
    ["/en/nothing", "/ar/learn/nothing", "/xx/", "/static/none.js", "/..%2f..%2fetc/x", "/%ff"],
)
async def test_an_unknown_address_gets_a_page_that_helps(client: Client, path: str) -> None:
    response = await client.get(path)

    body = await response.get_data()
    locale = "ar" if path.startswith("/ar/") else "en"
    assert response.status_code == 404
    assert f'<html lang="{locale}"'.encode() in body
    assert f'href="/{locale}/help"'.encode() in body


async def test_a_wrong_method_gets_its_page_and_says_what_is_allowed(
    client: Client,
) -> None:
    response = await client.post("/en/help")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


async def test_the_api_answers_errors_as_problem_details(client: Client) -> None:
    response = await client.get("/api/v1/nothing")

    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert json.loads(await response.get_data())["code"] == "not_found"


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
    part = next(
        path for path in app.site.answers if path.startswith(folder) and path.endswith(ending)
    )

    headers = (await client.get(part)).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in headers


async def test_the_worker_and_lists_are_asked_for_anew_and_hashed_files_never(
    client: Client, app: Hearth
) -> None:
    for path in ("/service-worker.js", "/en/offline.json", "/en/app.webmanifest", "/en/"):
        assert (await client.get(path)).headers["Cache-Control"] == "no-cache, no-transform"
    hashed = next(path for path in app.site.answers if path.startswith("/static/"))
    assert "immutable" in (await client.get(hashed)).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/en/", 200),
        ("GET", "/service-worker.js", 200),
        ("GET", "/", 303),
        ("GET", "/en", 308),
        ("GET", "/en/nothing", 404),
        ("GET", "/hearth/en/", 404),
        ("POST", "/en/", 405),
        ("GET", "/healthz", 200),
        ("GET", "/api/v1/records", 401),
        ("GET", "/api/v1/nothing", 404),
    ],
)
async def test_nothing_on_the_way_may_change_a_response(
    client: Client, method: str, path: str, status: int
) -> None:
    response = await client.open(path, method=method)

    assert response.status_code == status
    assert "no-transform" in response.headers["Cache-Control"].split(", ")


async def test_nothing_on_the_way_may_change_a_file_or_say_that_it_has_not_changed(
    app: Hearth,
) -> None:
    for response in app.site.answers.values():
        starts = [start for start, _ in response.answers.values()]
        for start in (*starts, response.unchanged):
            assert dict(start["headers"])[b"cache-control"].endswith(b", no-transform")


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_the_offline_list_names_all_that_its_pages_need(app: Hearth, locale: str) -> None:
    listed = json.loads(app.site.answers[f"/{locale}/offline.json"].body)
    everything = {**listed["pages"], **listed["assets"]}

    needed = {
        link
        for path in listed["pages"]
        for link in parsed(app.site.answers[path].body).found
        if link.startswith("/static/") and "apple-touch" not in link
    }

    assert needed <= set(everything)
    for path, digest in everything.items():
        assert app.site.answers[path].digest == digest


async def test_the_manifest_is_installable_and_discreet(client: Client) -> None:
    manifest = json.loads(await (await client.get("/en/app.webmanifest")).get_data())

    assert manifest["display"] == "standalone"
    assert manifest["scope"] == "/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == [
        "/en/help",
        "/en/recordings/",
    ]
    for icon in [*manifest["icons"], *manifest["screenshots"]]:
        assert (await client.get(icon["src"])).status_code == 200


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_the_settings_name_the_build(client: Client, locale: str) -> None:
    page = await (await client.get(f"/{locale}/settings/")).get_data()

    # Without its own direction, the parts of a version change places on an Arabic page.
    assert f'<bdi dir="ltr">{version()}</bdi>'.encode() in page


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_every_worksheet_has_a_way_to_help_at_its_foot(app: Hearth, locale: str) -> None:
    sheets = {
        path: response.body.decode()
        for path, response in app.site.answers.items()
        if re.fullmatch(rf"/{locale}/worksheets/[a-z0-9-]+(/\d+)?", path)
    }
    foot = re.compile(r'<p class="[^"]*\bsheet-help\b.*?</p>', re.DOTALL)
    feet = {path: " ".join(foot.findall(html)) for path, html in sheets.items()}

    assert len(sheets) >= 12
    assert [path for path, text in feet.items() if f'href="/{locale}/help"' not in text] == []
