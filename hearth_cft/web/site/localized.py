"""The library in one language, as pages, lists and indexes use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from hearth_cft.i18n.fallback import OPEN
from hearth_cft.i18n.locales import SOURCE, Locale
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.audio import Audio
from hearth_cft.library.loader import Library, Page, Recording, Worksheet
from hearth_cft.library.markdown import Lookup, render
from hearth_cft.library.messages import translate_page, translate_recording, translate_worksheet
from hearth_cft.library.programme import Week

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class ShownWeek:
    """A week as templates show it; `items` are addresses below the language."""

    title: str
    week: Week
    items: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An information page in the reader's language."""

    page: Page
    html: Markup
    minutes: int
    incomplete: bool


@dataclass(frozen=True)
class AudioByLanguage:
    """A recording's sound files in one language, with the language's own name."""

    tag: str
    name: str
    audio: tuple[Audio, ...]


@dataclass(frozen=True)
class LocalizedLibrary:
    """The whole library in the reader's language, as the templates use it.

    `audio` is what a recording's page plays: the language's own, or English; `also` is what there
    is in other languages.
    """

    articles: tuple[Article, ...]
    recordings: tuple[Recording, ...]
    worksheets: tuple[Worksheet, ...]
    audio: Mapping[str, tuple[Audio, ...]]
    also: Mapping[str, tuple[AudioByLanguage, ...]]
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


def localize_library(
    library: Library,
    audio: tuple[Audio, ...],
    translations: Translations,
    locales: Mapping[str, Locale],
) -> LocalizedLibrary:
    """Translate the library; a recording without audio in this language keeps the English one."""
    tag = translations.locale.tag
    # A language without a row in locales.toml goes by its tag.
    names = {each.locale: each.locale for each in audio} | {
        each: locale.name for each, locale in locales.items()
    }
    spoken: dict[str, tuple[Audio, ...]] = {}
    also: dict[str, tuple[AudioByLanguage, ...]] = {}
    for recording in library.recordings:
        of_it = [each for each in audio if each.slug == recording.slug]
        own = [each for each in of_it if each.locale == tag]
        spoken[recording.slug] = tuple(own or [each for each in of_it if each.locale == SOURCE])
        also[recording.slug] = _by_language(
            (each for each in of_it if each not in spoken[recording.slug]), names
        )
    return LocalizedLibrary(
        articles=tuple(_article(page, translations) for page in library.pages),
        recordings=tuple(
            translate_recording(each, translations.content) for each in library.recordings
        ),
        worksheets=tuple(
            translate_worksheet(each, translations.content) for each in library.worksheets
        ),
        audio=spoken,
        also=also,
        language_names=names,
        earlier=tuple(translate_worksheet(each, translations.content) for each in library.earlier),
    )


def _by_language(audio: Iterable[Audio], names: Mapping[str, str]) -> tuple[AudioByLanguage, ...]:
    files: dict[str, list[Audio]] = {}
    for each in audio:
        files.setdefault(each.locale, []).append(each)
    return tuple(
        AudioByLanguage(tag, names[tag], tuple(of_it)) for tag, of_it in sorted(files.items())
    )


def _article(page: Page, translations: Translations) -> Article:
    missing = []

    def look_up(text: str) -> Lookup:
        found = translations.look_up(f"page:{page.slug}", text)
        if not found.translated:
            missing.append(text)
        return found

    html = render(
        page.body,
        look_up,
        link=lambda target: f"/{translations.locale.tag}{target}",
        values=translations.values,
    )
    translated = translate_page(page, translations.content)
    return Article(
        page=translated,
        html=html,
        minutes=max(1, round(len(page.body.split()) / WORDS_A_MINUTE)),
        incomplete=bool(missing) or OPEN in translated.title + translated.summary,
    )
