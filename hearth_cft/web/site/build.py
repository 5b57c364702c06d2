"""Everything that is served without asking a store: rendered, hashed and compressed at start."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hearth_cft.config import Config, ConfigError
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import Translations, load_translations
from hearth_cft.library.audio import Audio
from hearth_cft.library.content_file import ContentError
from hearth_cft.library.loader import Library
from hearth_cft.web.headers import FOREVER, PAGE_CACHE, Headers, part_headers, security_headers
from hearth_cft.web.media import MediaFile, describe
from hearth_cft.web.prerendered import CachedResponse, cache_response, digest_of
from hearth_cft.web.site.fhir import FHIR_JSON, questionnaires
from hearth_cft.web.site.localized import localize_library, media_address
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
from hearth_cft.web.site.search import search_index
from hearth_cft.web.site.templates import Assets, Renderer
from hearth_cft.web.site.worksheets import worksheets_list

HTML = "text/html; charset=utf-8"
JSON = "application/json"
MANIFEST = "application/manifest+json"
SCRIPT = "text/javascript; charset=utf-8"
TYPES = {".js": SCRIPT, ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
# What a page is made of; a picture or a text can be opened by itself.
PARTS = {".js", ".css", ".woff2"}
COMPRESSED = {".br": b"br", ".gz": b"gzip"}

LoadTranslations = Callable[
    [Locale, Path, Path | None, Mapping[str, str]], tuple[Translations, list[ContentError]]
]


@dataclass(frozen=True)
class Site:
    """`answers` by path, error pages by (locale, status), recordings by path, what was left out."""

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
    """Render every page of every offered language; raises ConfigError for one that isn't there.

    `load` reads the words of a language; the translators' preview gives its own.
    """
    offered = _offered(config, locales)
    programme, slips = programme_of(config, library)
    found = [*library.problems, *problems, *slips]
    secure, part = security_headers(config), part_headers(config)
    pages, data = [*secure, PAGE_CACHE], [*part, PAGE_CACHE]
    answers = _static(assets, secure, part)
    theme_address = _add_theme(config, answers, secure)
    renderer = Renderer(config, assets, offered, theme_address)
    errors: dict[tuple[str, int], bytes] = {}
    for locale in offered:
        translations, broken = _texts(config, locale, assets, load)
        found += broken
        localized = replace(
            localize_library(library, audio, translations, locales),
            weeks=shown_weeks(programme, translations),
        )
        environment = renderer.environment(translations)
        for path, template, values in pages_of(localized):
            html = render_page(environment, localized, path, template, values)
            answers[f"/{locale.tag}/{path}"] = cache_response(html, HTML, pages)
        for status, html in error_pages(environment, localized):
            errors[locale.tag, status] = html
        listed = as_json(recordings_list(localized, locale.tag))
        answers[f"/{locale.tag}/recordings.json"] = cache_response(listed, JSON, data)
        questions = as_json(worksheets_list(localized))
        answers[f"/{locale.tag}/worksheets.json"] = cache_response(questions, JSON, data)
        for name, document in (("items", items_list), ("search", search_index)):
            body = as_json(document(localized, translations))
            answers[f"/{locale.tag}/{name}.json"] = cache_response(body, JSON, data)
        _add_documents(config, translations, assets, answers, theme_address, data)
        # After the snapshot's list: a clinic's system asks for them, a phone has no use for them.
        for path, resource in questionnaires(localized, locale.tag):
            answers[f"/{locale.tag}/{path}"] = cache_response(as_json(resource), FHIR_JSON, data)
    _add_worker(assets, answers, pages)
    return Site(answers, errors, _media(audio), tuple(found))


def _offered(config: Config, locales: Mapping[str, Locale]) -> tuple[Locale, ...]:
    # What isn't translated far enough would be an English app under another name.
    ready = [tag for tag, locale in locales.items() if locale.offered]
    for tag in config.languages:
        if tag not in ready:
            raise ConfigError(f"'languages' has '{tag}'; there are: {', '.join(ready)}")
    return tuple(locales[tag] for tag in config.languages)


def _texts(
    config: Config, locale: Locale, assets: Assets, load: LoadTranslations
) -> tuple[Translations, list[ContentError]]:
    own = config.content_dir / "translations" if config.content_dir else None
    values = {"service_name": config.service_name, "home_screen_name": config.home_screen_name}
    translations, broken = load(locale, assets.folder / "translations", own, values)
    translations.values.update(third_system(translations, config.third_system))
    translations.values.update(names(config, translations))
    return translations, broken


def names(config: Config, translations: Translations) -> dict[str, str]:
    """The app's neutral name, and what it is called on the home screen and in titles."""
    said = translations.pgettext(
        "neutral name of the app where others may see it, at most 12 letters", "Practice"
    )
    neutral = config.neutral_name or said
    home_screen = neutral if config.discreet else config.home_screen_name
    return {"neutral_name": neutral, "home_screen_name": home_screen}


def third_system(translations: Translations, name: str) -> dict[str, str]:
    """The service's name for the third system, whole and as a short label."""
    whole = {
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
    return {"third_system": whole[name], "third_system_short": short[name]}


def _static(assets: Assets, secure: Headers, part: Headers) -> dict[str, CachedResponse]:
    """Built files, kept whole: together they are smaller than one recording."""
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
    """What the build has compressed: better than there is time for at a start."""
    forms = {name: file.with_name(file.name + ending) for ending, name in COMPRESSED.items()}
    return {name: form.read_bytes() for name, form in forms.items() if form.is_file()}


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
    said = javascript_messages(translations, assets.folder / "translations", assets.sources)
    for part, messages in said.items():
        path = f"messages/{part}.json" if part else "messages.json"
        answers[home + path] = cache_response(as_json(messages), JSON, headers)
    carried = carried_assets(assets, translations.locale, theme_address)
    answers[f"{home}offline.json"] = cache_response(
        offline_list(translations.locale, answers, carried), JSON, headers
    )


def _add_worker(assets: Assets, answers: dict[str, CachedResponse], headers: Headers) -> None:
    worker = (assets.folder / "service-worker.js").read_bytes()
    answers["/service-worker.js"] = cache_response(worker, SCRIPT, headers)


def _media(audio: tuple[Audio, ...]) -> dict[str, MediaFile]:
    files = {}
    for each in audio:
        files[media_address(each)] = describe(each.path, sha256=each.sha256)
        if each.captions_path:
            address = f"/media/{each.locale}/{each.captions_path.name}"
            files[address] = describe(each.captions_path)
    return files
