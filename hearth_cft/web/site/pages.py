"""Every page of every language, rendered once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from hearth_cft.i18n.fallback import OPEN, mark_language
from hearth_cft.i18n.locales import SOURCE, Locale
from hearth_cft.i18n.translations import Texts
from hearth_cft.library.audio import Audio
from hearth_cft.library.loader import Library, Page, Recording, Worksheet
from hearth_cft.library.markdown import Lookup, render
from hearth_cft.library.messages import translate_page, translate_recording, translate_worksheet
from hearth_cft.web.errors import PAGES as ERRORS
from hearth_cft.web.site.calendar import calendar_template
from hearth_cft.web.site.programme import ShownWeek

WORDS_A_MINUTE = 200
SETTINGS = ("language", "reading", "storage", "backup", "lock", "privacy", "install")


@dataclass(frozen=True)
class Article:
    """An information page in the reader's language."""

    page: Page
    html: Markup
    minutes: int
    incomplete: bool


@dataclass(frozen=True)
class Spoken:
    """A recording's sound files in one language, with the language's own name."""

    tag: str
    name: str
    audio: tuple[Audio, ...]


@dataclass(frozen=True)
class Shelf:
    """The whole library in the reader's language, as the templates use it.

    `audio` is what a recording's page plays: the language's own, or English; `also` is what there
    is in other languages.
    """

    articles: tuple[Article, ...]
    recordings: tuple[Recording, ...]
    worksheets: tuple[Worksheet, ...]
    audio: Mapping[str, tuple[Audio, ...]]
    also: Mapping[str, tuple[Spoken, ...]]
    language_names: Mapping[str, str]
    earlier: tuple[Worksheet, ...] = ()
    weeks: tuple[ShownWeek, ...] = ()

    def article(self, slug: str) -> Article:
        return next(each for each in self.articles if each.page.slug == slug)

    def recording(self, slug: str) -> Recording:
        return next(each for each in self.recordings if each.slug == slug)

    def worksheet(self, slug: str) -> Worksheet:
        return next(each for each in self.worksheets if each.slug == slug)

    def revisions_before(self, slug: str) -> list[int]:
        """The earlier revisions of a worksheet that have a page of their own."""
        return [each.revision for each in self.earlier if each.slug == slug]

    def is_offered(self, slug: str) -> bool:
        return any(each.slug == slug for each in self.worksheets)

    def has_article(self, slug: str) -> bool:
        return any(each.page.slug == slug for each in self.articles)

    def articles_about(self, kind: str, slug: str) -> list[Article]:
        """The pages that name this recording or worksheet ("recordings" or "worksheets")."""
        return [each for each in self.articles if slug in getattr(each.page, kind)]


def media_address(audio: Audio) -> str:
    return f"/media/{audio.locale}/{audio.path.name}"


def shelve(
    library: Library,
    audio: tuple[Audio, ...],
    texts: Texts,
    locales: Mapping[str, Locale],
) -> Shelf:
    """Translate the library; a recording without audio in this language keeps the English one."""
    tag = texts.locale.tag
    # A language without a row in locales.toml goes by its tag.
    names = {each.locale: each.locale for each in audio} | {
        each: locale.name for each, locale in locales.items()
    }
    spoken: dict[str, tuple[Audio, ...]] = {}
    also: dict[str, tuple[Spoken, ...]] = {}
    for recording in library.recordings:
        of_it = [each for each in audio if each.slug == recording.slug]
        own = [each for each in of_it if each.locale == tag]
        spoken[recording.slug] = tuple(own or [each for each in of_it if each.locale == SOURCE])
        also[recording.slug] = _by_language(
            (each for each in of_it if each not in spoken[recording.slug]), names
        )
    return Shelf(
        articles=tuple(_article(page, texts) for page in library.pages),
        recordings=tuple(translate_recording(each, texts.content) for each in library.recordings),
        worksheets=tuple(translate_worksheet(each, texts.content) for each in library.worksheets),
        audio=spoken,
        also=also,
        language_names=names,
        earlier=tuple(translate_worksheet(each, texts.content) for each in library.earlier),
    )


def _by_language(audio: Iterable[Audio], names: Mapping[str, str]) -> tuple[Spoken, ...]:
    files: dict[str, list[Audio]] = {}
    for each in audio:
        files.setdefault(each.locale, []).append(each)
    return tuple(Spoken(tag, names[tag], tuple(of_it)) for tag, of_it in sorted(files.items()))


def _article(page: Page, texts: Texts) -> Article:
    missing = []

    def look_up(text: str) -> Lookup:
        found = texts.look_up(f"page:{page.slug}", text)
        if not found.translated:
            missing.append(text)
        return found

    html = render(
        page.body,
        look_up,
        link=lambda target: f"/{texts.locale.tag}{target}",
        values=texts.values,
    )
    translated = translate_page(page, texts.content)
    return Article(
        page=translated,
        html=html,
        minutes=max(1, round(len(page.body.split()) / WORDS_A_MINUTE)),
        incomplete=bool(missing) or OPEN in translated.title + translated.summary,
    )


def render_page(
    environment: Environment, shelf: Shelf, path: str, template: str, values: Mapping[str, Any]
) -> bytes:
    """The HTML of one page; `path` is its address below the language."""
    html = environment.get_template(template).render(path=path, shelf=shelf, **values)
    return mark_language(html).encode()


def error_pages(environment: Environment, shelf: Shelf) -> Iterator[tuple[int, bytes]]:
    """Give (status, HTML) of every error page of the environment's language."""
    for status in ERRORS:
        yield status, render_page(environment, shelf, "", f"errors/{status}.html", {})


def pages_of(shelf: Shelf) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give (path below the language, template, values): the address map of a language."""
    yield "", "pages/home.html", {}
    yield "learn/", "pages/learn.html", {}
    for article in shelf.articles:
        yield f"learn/{article.page.slug}", "pages/article.html", {"article": article}
    yield "recordings/", "pages/recordings.html", {}
    for recording in shelf.recordings:
        yield f"recordings/{recording.slug}", "pages/recording.html", {"recording": recording}
    yield "recordings/my-letter", "pages/my-letter.html", {}
    yield "worksheets/", "pages/worksheets.html", {}
    for worksheet in shelf.worksheets:
        yield f"worksheets/{worksheet.slug}", "pages/worksheet.html", {"worksheet": worksheet}
    for before in shelf.earlier:
        path = f"worksheets/{before.slug}/{before.revision}"
        yield path, "pages/worksheet.html", {"worksheet": before, "is_earlier": True}
    yield "notes/", "pages/notes.html", {}
    yield "notes/practice", "pages/practice.html", {}
    yield "notes/over-time", "pages/over-time.html", {}
    yield "notes/appointment", "pages/appointment.html", {}
    yield "programme", "pages/programme.html", {}
    yield "this-week", "pages/this-week.html", {}
    yield "search", "pages/search.html", {}
    yield "help", "pages/help.html", {}
    yield "settings/", "pages/settings.html", {}
    for name in SETTINGS:
        yield f"settings/{name}", f"pages/settings-{name}.html", {}
    practice_time = {"calendar_template": calendar_template()}
    yield "settings/practice-time", "pages/settings-practice-time.html", practice_time
    yield "hidden", "pages/hidden.html", {}
    yield "offline", "pages/offline.html", {}
