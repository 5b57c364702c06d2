"""Serve the app for translators, in every language, and render it again when a catalogue changes.

With `?strings=1` each text has an outline; tapping a text shows its id, context, file and state.
The preview also has the pseudo-locales en-XA and ar-XB.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs

from jinja2 import TemplateError

from hearth_cft import ASSETS, TEMPLATES
from hearth_cft.application import create_app, load_site, open_app
from hearth_cft.config import Config
from hearth_cft.i18n.compile import compile_catalogues
from hearth_cft.i18n.locales import Locale, LocaleError
from hearth_cft.i18n.translations import Translations, load_translations
from hearth_cft.reading.problem import ContentError
from hearth_cft.records import RecordStore
from hearth_cft.tools.translations.pseudo import LOCALES, pseudo_translations
from hearth_cft.tools.translations.strings import describe
from hearth_cft.tools.translations.tagged import Register, TaggedTranslations, outline
from hearth_cft.tools.translations.workspace import Workspace
from hearth_cft.web.headers import NO_STORE, security_headers
from hearth_cft.web.prerendered import (
    Application,
    CachedResponse,
    PrerenderedMiddleware,
    Receive,
    Scope,
    Send,
    cache_response,
)
from hearth_cft.web.server import serve
from hearth_cft.web.site.build import HTML, JSON, SCRIPT, TYPES
from hearth_cft.web.site.offline import as_json

HERE = Path(__file__).parent
# What a file under work may raise: it is printed, and the earlier pages stay.
MISTAKES = (LocaleError, TemplateError, OSError)
SETTINGS = Path("hearth.toml")
LOOK_EVERY = 0.5  # seconds between two checks for changed files
HEAD = (
    '<link rel="stylesheet" href="/preview/preview.css">'
    '<script type="module" src="/preview/preview.js"></script></head>'
)
# An installed service worker would show outdated pages. This script replaces it, deletes its
# caches and unregisters itself.
NO_WORKER = b"""
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
});
"""


def preview(workspace: Workspace, port: int) -> int:
    """Serve the preview on 127.0.0.1 until it is stopped. Return the exit status.

    Records are written to a temporary folder, which is deleted at the end.
    """
    content = None if "messages" in workspace.domains else workspace.root
    with TemporaryDirectory() as folder:
        options = {"host": "127.0.0.1", "port": port, "data_dir": Path(folder), "store": "tinydb:"}
        settings = SETTINGS if SETTINGS.is_file() else None
        config = Config.load(settings, os.environ, {**options, "content_dir": content})
        site = PreviewSite(workspace, config, Path(folder) / "compiled")
        site.refresh()
        print(f"Open http://127.0.0.1:{port}/ar/ (languages: {', '.join(site.locales)})")
        print("Add ?strings=1 to see where each text comes from. Save a catalogue to see changes.")
        serve(config, partial(open_app, create=partial(create_preview, site=site)))
    return 0


def create_preview(config: Config, store: RecordStore, *, site: PreviewSite) -> Application:
    """Build the app with the preview in front of it."""
    return Preview(create_app(config, store), site)


class PreviewSite:
    """The rendered pages of every language, kept up to date with the files."""

    def __init__(self, workspace: Workspace, config: Config, folder: Path) -> None:
        self.workspace, self.config, self.folder = workspace, config, folder
        self.stamp: object = None
        self.looked = 0.0
        self.plain: Mapping[str, CachedResponse] = {}
        self._marked: Mapping[str, CachedResponse] = {}
        self._marked_stamp: object = None

    @property
    def locales(self) -> dict[str, Locale]:
        return {**self.workspace.locales, **{locale.tag: locale for locale in LOCALES}}

    def answers(self, *, marked: bool) -> Mapping[str, CachedResponse]:
        """Return the up-to-date responses by path; `marked` selects the pages of `?strings=1`."""
        self.refresh()
        if not marked:
            return self.plain
        if self._marked_stamp != self.stamp:
            self._marked_stamp = self.stamp
            try:
                self._marked = self._pages(Register())
            except MISTAKES as error:
                print(f"hearth: {error}", file=sys.stderr)
        return self._marked or self.plain

    def refresh(self) -> None:
        """Render all pages again if a file has changed.

        If a file has a mistake, print it and keep the earlier pages.
        """
        if time.monotonic() - self.looked < LOOK_EVERY:
            return
        stamp = tuple(_stamps(self.workspace))
        if stamp != self.stamp:
            self.stamp = stamp
            try:
                self.plain = {**self._pages(None), **self._tools(abs(hash(stamp)))}
            except MISTAKES as error:
                print(f"hearth: {error}", file=sys.stderr)
        self.looked = time.monotonic()

    def _tools(self, version: int) -> Mapping[str, CachedResponse]:
        headers = [*security_headers(self.config), NO_STORE]
        tools = {
            "/service-worker.js": (NO_WORKER, SCRIPT),
            "/preview/version.json": (as_json(version), JSON),
            "/preview/preview.js": ((HERE / "preview.js").read_bytes(), SCRIPT),
            "/preview/preview.css": ((HERE / "preview.css").read_bytes(), TYPES[".css"]),
        }
        return {path: cache_response(body, kind, headers) for path, (body, kind) in tools.items()}

    def _pages(self, register: Register | None) -> Mapping[str, CachedResponse]:
        # Translators see every language, including those with offered = false.
        locales = {tag: replace(locale, offered=True) for tag, locale in self.locales.items()}
        config = self.config.model_copy(update={"languages": tuple(locales)})
        loaded: dict[str, Translations] = {}

        def load(
            locale: Locale, _: Path, own: Path | None, values: Mapping[str, str]
        ) -> tuple[Translations, list[ContentError]]:
            translations, problems = self._load(locale, own, values)
            loaded[locale.tag] = translations
            return (
                TaggedTranslations(translations, register) if register else translations
            ), problems

        if "messages" in self.workspace.domains and register is None:
            for problem in compile_catalogues(self.workspace.translations, self.folder):
                print(problem, file=sys.stderr)
        site = load_site(config, locales=locales, load=load)
        headers = [*security_headers(config), NO_STORE]
        pages = dict(site.answers)
        for path, response in site.answers.items():
            if response.content_type == HTML:
                html = response.body.decode().replace("</head>", HEAD, 1)
                pages[path] = cache_response(
                    (outline(html) if register else html).encode(), HTML, headers
                )
        if register:
            for tag, translations in loaded.items():
                cards = as_json(describe(self.workspace, translations, register))
                pages[f"/preview/strings/{tag}.json"] = cache_response(cards, JSON, headers)
        else:
            for content_problem in site.problems:
                print(content_problem, file=sys.stderr)
        return pages

    def _load(
        self, locale: Locale, own: Path | None, values: Mapping[str, str]
    ) -> tuple[Translations, list[ContentError]]:
        if locale.tag in {pseudo.tag for pseudo in LOCALES}:
            catalogue = pseudo_translations(locale.tag)
            return Translations(locale, {"messages": catalogue, "content": catalogue}, values), []
        checkout = "messages" in self.workspace.domains
        return load_translations(
            locale, self.folder if checkout else ASSETS / "translations", own, values
        )


def _stamps(workspace: Workspace) -> Iterator[tuple[str, int]]:
    """Yield the path and modification time (ns) of each file that the pages are made from."""
    for folder in (workspace.translations, *workspace.content, TEMPLATES):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".po", ".pot", ".toml", ".md", ".html", ".jinja"):
                yield str(path), path.stat().st_mtime_ns


class Preview:
    """The ASGI layer in front of the app that responds with the up-to-date pages."""

    def __init__(self, behind: Application, site: PreviewSite) -> None:
        self.behind, self.site = behind, site
        self.rendering = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.behind(scope, receive, send)
            return
        if scope["path"].endswith("/offline.json"):
            # The phone must not store pages that change with every save.
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        marked = parse_qs(scope["query_string"].decode("latin-1")).get("strings") == ["1"]
        marked = marked or scope["path"].startswith("/preview/strings/")
        async with self.rendering:
            answers = await asyncio.to_thread(self.site.answers, marked=marked)
        await PrerenderedMiddleware(self.behind, answers)(scope, receive, send)
