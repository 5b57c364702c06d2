"""Build all responses that need no store: render, hash and compress them at start."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hearth_cft.config import Config, ConfigError
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import Translations, load_translations
from hearth_cft.library.audio import Audio, earlier_files, set_aside
from hearth_cft.library.models import Library
from hearth_cft.reading.problem import ContentError, did_you_mean
from hearth_cft.web.headers import FOREVER, PAGE_CACHE, Headers, part_headers, security_headers
from hearth_cft.web.media import MediaFile, describe, marked
from hearth_cft.web.prerendered import CachedResponse, cache_response, digest_of
from hearth_cft.web.site.fhir import FHIR_JSON, questionnaires
from hearth_cft.web.site.localized import captions_address, localize_library, media_address
from hearth_cft.web.site.messages import javascript_messages
from hearth_cft.web.site.offline import (
    as_json,
    carried_assets,
    offline_list,
    theme_sheet,
    web_manifest,
)
from hearth_cft.web.site.pages import error_pages, pages_of, render_page
from hearth_cft.web.site.programme import items_list, programme_of, shown_weeks
from hearth_cft.web.site.recordings import recordings_list
from hearth_cft.web.site.search import first_heading, search_index
from hearth_cft.web.site.templates import Assets, Renderer
from hearth_cft.web.site.worksheets import worksheets_list

HTML = "text/html; charset=utf-8"
JSON = "application/json"
MANIFEST = "application/manifest+json"
SVG = "image/svg+xml"
SCRIPT = "text/javascript; charset=utf-8"
TYPES = {".js": SCRIPT, ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
# Files that only work as parts of a page. A picture or a text can also be opened on its own.
PARTS = {".js", ".css", ".woff2"}
COMPRESSED = {".br": b"br", ".gz": b"gzip"}

# The placeholders that content may have.
VALUES = ("service_name", "home_screen_name", "neutral_name", "third_system", "third_system_short")

LoadTranslations = Callable[
    [Locale, Path, Path | None, Mapping[str, str]], tuple[Translations, list[ContentError]]
]


@dataclass(frozen=True)
class Site:
    """Everything that is served without a store.

    `answers` and `media` are by path, `errors` by (locale, status). `problems` says what was left
    out of the content.
    """

    answers: Mapping[str, CachedResponse]
    errors: Mapping[tuple[str, int], bytes]
    media: Mapping[str, MediaFile]
    problems: tuple[ContentError, ...]


def build_site(
    config: Config,
    *,
    library: Library,
    audio: tuple[Audio, ...],
    locales: Mapping[str, Locale],
    assets: Assets,
    problems: Sequence[ContentError] = (),
    load: LoadTranslations = load_translations,
) -> Site:
    """Render every page of every language in the settings.

    `load` reads the translations of a language; the translators' preview passes its own function.
    Raises ConfigError if the settings name a language that isn't ready.
    """
    offered = _offered(config, locales)
    programme, programme_problems = programme_of(config, library)
    media, audio, media_problems = _media(audio)
    all_problems = [*library.problems, *problems, *programme_problems, *media_problems]
    secure, part = security_headers(config), part_headers(config)
    pages, data = [*secure, PAGE_CACHE], [*part, PAGE_CACHE]
    answers = _static(assets, secure, part)
    theme_address = _add_theme(config, answers, secure)
    renderer = Renderer(config, assets, offered, theme_address)
    errors: dict[tuple[str, int], bytes] = {}
    for locale in offered:
        translations, catalogue_problems = _translations(config, locale, assets, load)
        all_problems += catalogue_problems
        localized = replace(
            localize_library(library, audio, translations, locales),
            weeks=shown_weeks(programme, translations),
        )
        environment = renderer.environment(translations)
        headings: dict[str, str] = {}
        for path, template, values in pages_of(localized):
            html = render_page(environment, localized, path, template, values)
            headings[path] = first_heading(html)
            answers[f"/{locale.tag}/{path}"] = cache_response(html, HTML, pages)
        drawings = render_page(environment, localized, "", "drawings.svg", {})
        answers[f"/{locale.tag}/drawings.svg"] = cache_response(drawings, SVG, data)
        for status, html in error_pages(environment, localized):
            errors[locale.tag, status] = html
        recordings = as_json(recordings_list(localized, locale.tag))
        answers[f"/{locale.tag}/recordings.json"] = cache_response(recordings, JSON, data)
        worksheets = as_json(worksheets_list(localized))
        answers[f"/{locale.tag}/worksheets.json"] = cache_response(worksheets, JSON, data)
        items = items_list(localized, translations)
        search = search_index(config, localized, translations, headings)
        for name, document in (("items", items), ("search", search)):
            body = as_json(document)
            answers[f"/{locale.tag}/{name}.json"] = cache_response(body, JSON, data)
        _add_documents(config, translations, assets, answers, theme_address, data)
        # Add these after the offline snapshot's list: clinics' systems use them, phones don't.
        for path, resource in questionnaires(localized, locale.tag):
            answers[f"/{locale.tag}/{path}"] = cache_response(as_json(resource), FHIR_JSON, data)
    _add_worker(assets, answers, pages)
    return Site(answers, errors, media, tuple(all_problems))


def _offered(config: Config, locales: Mapping[str, Locale]) -> tuple[Locale, ...]:
    # A language with too few translations would show a mostly English app.
    ready = [tag for tag, locale in locales.items() if locale.offered]
    for tag in config.languages:
        if tag not in ready:
            near = did_you_mean(tag, ready)
            raise ConfigError(f"'languages' has '{tag}'; there are: {', '.join(ready)}{near}")
    return tuple(locales[tag] for tag in config.languages)


def _translations(
    config: Config, locale: Locale, assets: Assets, load: LoadTranslations
) -> tuple[Translations, list[ContentError]]:
    own = config.content_dir / "translations" if config.content_dir else None
    values = {"service_name": config.service_name, "home_screen_name": config.home_screen_name}
    translations, problems = load(locale, assets.folder / "translations", own, values)
    translations.values.update(third_system(translations, config.third_system))
    translations.values.update(names(config, translations))
    return translations, problems


def names(config: Config, translations: Translations) -> dict[str, str]:
    """Return the app's neutral name, and its name on the home screen and in titles."""
    default_name = translations.pgettext(
        "neutral name of the app where others may see it, at most 12 letters", "Practice"
    )
    neutral = config.neutral_name or default_name
    home_screen = neutral if config.discreet else config.home_screen_name
    return {"neutral_name": neutral, "home_screen_name": home_screen}


def third_system(translations: Translations, name: str) -> dict[str, str]:
    """Return the service's name for the third system, in full and as a short label."""
    full = {
        "soothing": translations.pgettext(
            "name of the third system, in a sentence", "soothing system"
        ),
        "care-giving": translations.pgettext(
            "name of the third system, in a sentence", "care-giving system"
        ),
        "contentment": translations.pgettext(
            "name of the third system, in a sentence", "contentment system"
        ),
    }
    short = {
        "soothing": translations.pgettext("label in a circle, at most 12 letters", "Soothing"),
        "care-giving": translations.pgettext(
            "label in a circle, at most 12 letters", "Care-giving"
        ),
        "contentment": translations.pgettext(
            "label in a circle, at most 12 letters", "Contentment"
        ),
    }
    return {"third_system": full[name], "third_system_short": short[name]}


def _static(assets: Assets, secure: Headers, part: Headers) -> dict[str, CachedResponse]:
    """Return the built files as cached responses. Together they are smaller than one recording."""
    answers = {}
    for file in sorted((assets.folder / "static").rglob("*")):
        if file.is_file() and file.suffix not in COMPRESSED:
            path = "/static/" + file.relative_to(assets.folder / "static").as_posix()
            headers = part if file.suffix in PARTS else secure
            answers[path] = cache_response(
                file.read_bytes(), _type(file), [*headers, FOREVER], ready=_compressed(file)
            )
    return answers


def _compressed(file: Path) -> dict[bytes, bytes]:
    """Return the bodies that the build has compressed, by encoding.

    The build compresses better than there is time for at start.
    """
    paths = {
        encoding: file.with_name(file.name + ending) for ending, encoding in COMPRESSED.items()
    }
    return {encoding: path.read_bytes() for encoding, path in paths.items() if path.is_file()}


def _type(file: Path) -> str:
    guessed, _ = mimetypes.guess_type(file.name)
    return TYPES.get(file.suffix) or guessed or "application/octet-stream"


def _add_theme(config: Config, answers: dict[str, CachedResponse], secure: Headers) -> str | None:
    sheet = theme_sheet(config.theme)
    if sheet is None:
        return None
    address = f"/static/css/theme-{digest_of(sheet)}.css"
    answers[address] = cache_response(sheet, TYPES[".css"], [*secure, FOREVER])
    return address


def _add_documents(
    config: Config,
    translations: Translations,
    assets: Assets,
    answers: dict[str, CachedResponse],
    theme_address: str | None,
    headers: Headers,
) -> None:
    home = f"/{translations.locale.tag}/"
    for name, discreet in (("app", config.discreet), ("discreet", True)):
        manifest = web_manifest(config, translations, assets, discreet=discreet)
        answers[f"{home}{name}.webmanifest"] = cache_response(manifest, MANIFEST, headers)
    documents = javascript_messages(translations, assets.folder / "translations", assets.sources)
    for part, document in documents.items():
        path = f"messages/{part}.json" if part else "messages.json"
        answers[home + path] = cache_response(as_json(document), JSON, headers)
    carried = carried_assets(assets, translations.locale, theme_address)
    answers[f"{home}offline.json"] = cache_response(
        offline_list(translations.locale, answers, carried), JSON, headers
    )


def _add_worker(assets: Assets, answers: dict[str, CachedResponse], headers: Headers) -> None:
    worker = (assets.folder / "service-worker.js").read_bytes()
    answers["/service-worker.js"] = cache_response(worker, SCRIPT, headers)


def _media(
    audio: Sequence[Audio],
) -> tuple[dict[str, MediaFile], tuple[Audio, ...], list[ContentError]]:
    """Open the files of the recordings, which may have changed since they were listed.

    Return the files by address, the recordings that have their sound, and an error for each file
    that is left out.
    """
    files: dict[str, MediaFile] = {}
    usable: list[Audio] = []
    problems: list[ContentError] = []
    for recording in audio:
        try:
            files[media_address(recording)] = _sound(recording)
        except ContentError as problem:
            problems.append(problem)
            continue
        files |= _earlier(recording)
        if recording.captions_path:
            captions = recording.captions_path
            aside = set_aside(captions, recording.sha256)
            try:
                files[captions_address(recording)] = _described(captions, set_aside=aside)
            except ContentError as problem:
                problems.append(problem)
                recording = replace(recording, captions_path=None)
        usable.append(recording)
    return files, tuple(usable), problems


def _sound(recording: Audio) -> MediaFile:
    file = _described(
        recording.path,
        sha256=recording.sha256,
        download_name=recording.name,
        set_aside=set_aside(recording.path, recording.sha256),
    )
    if file.size != recording.bytes:
        raise ContentError(recording.path, None, "has changed during the start: start again")
    return file


def _earlier(recording: Audio) -> dict[str, MediaFile]:
    """Return the files that a recording replaced, by address, for those who still play them."""
    files: dict[str, MediaFile] = {}
    for mark, path in earlier_files(recording):
        with suppress(ContentError):
            sound = _described(path, download_name=recording.name)
            if sound.sha256.startswith(mark):
                files[marked(media_address(recording), mark)] = sound
            captions = path.with_suffix(".vtt")
            files[marked(captions_address(recording), mark)] = _described(captions)
    return files


def _described(
    path: Path,
    *,
    sha256: str | None = None,
    download_name: str = "",
    set_aside: Path | None = None,
) -> MediaFile:
    try:
        return describe(path, sha256=sha256, download_name=download_name, set_aside=set_aside)
    except OSError as error:
        raise ContentError(path, None, f"can't be read: {error.strerror}") from None
