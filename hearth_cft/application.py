"""Build the Hearth application from its parts.

Hearth is the between-appointments companion of a therapy service. `create_app` is the only place
where the parts are connected.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Container, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from quart import Quart, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from hearth_cft import ASSETS, CONTENT
from hearth_cft.config import Config
from hearth_cft.i18n.locales import Locale, load_locales
from hearth_cft.i18n.translations import load_translations
from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.loader import load_library
from hearth_cft.library.lost_parts import lost_parts
from hearth_cft.library.models import Library
from hearth_cft.library.unheard import unheard
from hearth_cft.library.unread import unread
from hearth_cft.reading.problem import ContentError
from hearth_cft.records import KIB, RecordStore
from hearth_cft.storage import open_store
from hearth_cft.web.api.layer import ApiMiddleware
from hearth_cft.web.bodies import SteadyBodies
from hearth_cft.web.errors import add_error_pages
from hearth_cft.web.gate import Gate
from hearth_cft.web.headers import NO_STORE, security_headers
from hearth_cft.web.health import add_health
from hearth_cft.web.media import MediaFiles
from hearth_cft.web.prerendered import Application, PrerenderedMiddleware, Receive, Scope, Send
from hearth_cft.web.root import RootOnly
from hearth_cft.web.site.build import VALUES, LoadTranslations, Site, build_site
from hearth_cft.web.site.calendar import create_calendar
from hearth_cft.web.site.templates import Assets
from hearth_cft.web.visitor import visitor_locale

log = logging.getLogger("hearth")


Create = Callable[[Config, RecordStore], Application]


class Hearth(Quart):
    """A Quart application that also holds the site, for the tests and the translators' preview."""

    site: Site


def create_app(config: Config, store: RecordStore, site: Site | None = None) -> Hearth:
    """Build the application. Log and leave out any content that has a problem.

    `site` is the result of `load_site` for this config. If it is None, load it here.
    """
    site = site or load_site(config, last_good=last_good_content(config))
    for problem in site.problems:
        log.warning("content: %s", problem)
    app = Hearth("hearth_cft", static_folder=None)
    app.site = site
    # Quart refuses a larger body before it reads the body. The only body that it reads is a form.
    app.config["MAX_CONTENT_LENGTH"] = 64 * KIB
    # SteadyBodies and Connection bound the times: a narrow line may take longer than a minute.
    app.config["BODY_TIMEOUT"] = app.config["RESPONSE_TIMEOUT"] = None
    # A redirect of a path with a double slash could lead to another host.
    app.url_map.merge_slashes = False
    app.register_blueprint(create_calendar(config))
    add_error_pages(app, site.answers, site.errors, config.default_language)
    add_health(app, store)
    _add_redirects(app, config, site.answers)
    headers = security_headers(config)

    @app.after_request
    async def secure(response: Response) -> Response:
        # What Quart answers depends on the visitor or on the moment.
        for name, value in (*headers, NO_STORE):
            response.headers[name.decode()] = value.decode()
        return response

    media = Recordings(app.asgi_app, MediaFiles(site.media, headers=headers))
    api = ApiMiddleware(media, config, store)
    pages = PrerenderedMiddleware(api, site.answers)
    root = RootOnly(pages, site.answers, headers)
    app.asgi_app = Gate(SteadyBodies(root, headers), headers)  # type: ignore[assignment,method-assign]
    return app


@asynccontextmanager
async def open_app(config: Config, create: Create = create_app) -> AsyncIterator[Application]:
    """Open the store and yield an application that uses it.

    `create` builds the application. The translators' preview passes its own function.
    Raises StoreError, ConfigError.
    """
    async with open_store(config.store, data_dir=config.data_dir, limits=config.limits) as store:
        yield create(config, store)


class Recordings:
    """An ASGI layer that serves the recordings and passes every other request to the app."""

    def __init__(self, app: Application, files: MediaFiles) -> None:
        self.app, self.files = app, files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_recording = scope["type"] == "http" and scope["path"] in self.files
        await (self.files if is_recording else self.app)(scope, receive, send)


def last_good_content(config: Config, *, writes: bool = True) -> LastGood | None:
    """Return the copies of the service's own content in its data folder."""
    if config.content_dir is None:
        return None
    return LastGood(config.content_dir, config.data_dir / "content", writes=writes)


def load_site(
    config: Config,
    *,
    built_in: Path = CONTENT,
    sounds: Path = ASSETS / "recordings",
    locales: Mapping[str, Locale] | None = None,
    load: LoadTranslations = load_translations,
    last_good: LastGood | None = None,
) -> Site:
    """Read content, catalogues and recordings, and render every page in every offered language.

    The service's own content takes precedence over the folders `built_in` and `sounds`. Where a
    file of its own has a mistake, `last_good` has the file from before. The translators' preview
    passes its own `locales` and its own function to load translations.
    """
    content_folders, audio_folders = [built_in], [sounds]
    if config.content_dir:
        content_folders.append(config.content_dir)
        audio_folders.append(config.content_dir / "recordings")
    audio, audio_problems = load_audio(audio_folders)
    locales = locales or load_locales(ASSETS / "translations" / "locales.toml")
    if last_good:
        last_good.forget_removed()
        load = partial(load_translations, last_good=last_good)
    library = load_library(content_folders, last_good)
    site = build_site(
        config,
        library=library,
        audio=audio,
        locales=locales,
        assets=Assets(ASSETS),
        problems=audio_problems,
        load=load,
    )
    lost = [*_lost(config, library, audio, site, locales), *config.notes]
    return replace(site, problems=(*site.problems, *lost))


def _lost(
    config: Config,
    library: Library,
    audio: Sequence[Audio],
    site: Site,
    locales: Mapping[str, Locale],
) -> Iterator[ContentError]:
    """Yield what clients don't get of the service's own content, although it has no mistake."""
    if config.content_dir is None:
        return
    home = f"/{config.default_language}/"
    addresses = [path[len(home) - 1 :] for path in site.answers if path.startswith(home)]
    yield from unread(config.content_dir, locales, config.data_dir)
    yield from lost_parts(library, config.content_dir, addresses, VALUES)
    yield from unheard(library, audio, config.content_dir)


def _add_redirects(app: Quart, config: Config, answers: Container[str]) -> None:
    @app.get("/")
    async def root_redirect() -> AnyResponse:
        locale = visitor_locale(config.languages, config.default_language)
        response = redirect(f"/{locale}/", 303)
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    # The service worker leaves this address to the browser, which asks for the password of basic
    # auth only then. Whoever is let in goes on to the page that the query is the path of.
    @app.get("/sign-in")
    async def sign_in() -> AnyResponse:
        path = request.query_string.decode("latin-1")
        return redirect(path if path in answers else "/", 303)
