"""Translate the library into one language, for pages, lists and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from hearth_cft.i18n.fallback import OPEN
from hearth_cft.i18n.locales import SOURCE, Locale
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.audio import Audio
from hearth_cft.library.easy_hints import easy_hints, without_easy_hints
from hearth_cft.library.markdown import Lookup, render
from hearth_cft.library.messages import translate_page, translate_recording, translate_worksheet
from hearth_cft.library.models import Library, Page, Recording, Term, Week, Worksheet
from hearth_cft.web.site.glossary import localized_glossary

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class ShownWeek:
    """A week as templates show it. `items` are addresses below the language."""

    title: str
    week: Week
    items: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An information page in the reader's language.

    `easy` is what it says in easy words, if all of that is in the reader's language.
    """

    page: Page
    html: Markup
    easy: Markup | None
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

    `audio` maps a recording's slug to the sound files that its page plays. They are in the
    reader's language if there are any, else in English. `also` maps a slug to the sound files in
    other languages.
    """

    articles: tuple[Article, ...]
    recordings: tuple[Recording, ...]
    worksheets: tuple[Worksheet, ...]
    audio: Mapping[str, tuple[Audio, ...]]
    also: Mapping[str, tuple[AudioByLanguage, ...]]
    language_names: Mapping[str, str]
    earlier: tuple[Worksheet, ...] = ()
    weeks: tuple[ShownWeek, ...] = ()
    glossary: tuple[Term, ...] = ()

    def article(self, slug: str) -> Article:
        return next(article for article in self.articles if article.page.slug == slug)

    def recording(self, slug: str) -> Recording:
        return next(recording for recording in self.recordings if recording.slug == slug)

    def worksheet(self, slug: str) -> Worksheet:
        return next(sheet for sheet in self.worksheets if sheet.slug == slug)

    def revisions_before(self, slug: str) -> list[int]:
        """Return the earlier revisions of a worksheet that have a page of their own."""
        return [sheet.revision for sheet in self.earlier if sheet.slug == slug]

    def is_offered(self, slug: str) -> bool:
        return any(sheet.slug == slug for sheet in self.worksheets)

    def has_article(self, slug: str) -> bool:
        return any(article.page.slug == slug for article in self.articles)

    def articles_about(self, kind: str, slug: str) -> list[Article]:
        """Return the articles that name a recording or worksheet.

        `kind` is "recordings" or "worksheets".
        """
        return [article for article in self.articles if slug in getattr(article.page, kind)]


def media_address(audio: Audio) -> str:
    return f"/media/{audio.locale}/{audio.name}.mp3"


def captions_address(audio: Audio) -> str:
    return f"/media/{audio.locale}/{audio.name}.vtt"


def localize_library(
    library: Library,
    audio: tuple[Audio, ...],
    translations: Translations,
    locales: Mapping[str, Locale],
) -> LocalizedLibrary:
    """Translate the library. A recording without audio in this language keeps the English audio."""
    tag = translations.locale.tag
    # A language without an entry in locales.toml is shown by its tag.
    names = {file.locale: file.locale for file in audio} | {
        other_tag: locale.name for other_tag, locale in locales.items()
    }
    played: dict[str, tuple[Audio, ...]] = {}
    also: dict[str, tuple[AudioByLanguage, ...]] = {}
    for recording in library.recordings:
        files = [
            file
            for file in audio
            if file.slug == recording.slug and file.version in recording.scripts
        ]
        own = [file for file in files if file.locale == tag]
        played[recording.slug] = tuple(own or [file for file in files if file.locale == SOURCE])
        also[recording.slug] = _by_language(
            (file for file in files if file not in played[recording.slug]), names
        )
    return LocalizedLibrary(
        articles=tuple(_article(page, translations) for page in library.pages),
        recordings=tuple(
            translate_recording(recording, translations.content) for recording in library.recordings
        ),
        worksheets=tuple(_worksheet(sheet, translations) for sheet in library.worksheets),
        audio=played,
        also=also,
        language_names=names,
        earlier=tuple(_worksheet(sheet, translations) for sheet in library.earlier),
        glossary=localized_glossary(library, translations),
    )


def _by_language(audio: Iterable[Audio], names: Mapping[str, str]) -> tuple[AudioByLanguage, ...]:
    by_tag: dict[str, list[Audio]] = {}
    for file in audio:
        by_tag.setdefault(file.locale, []).append(file)
    return tuple(
        AudioByLanguage(tag, names[tag], tuple(files)) for tag, files in sorted(by_tag.items())
    )


def _worksheet(sheet: Worksheet, translations: Translations) -> Worksheet:
    """Translate a worksheet. It keeps its easy words if all of them are translated."""
    translated = translate_worksheet(sheet, translations.content)
    is_whole = not any(OPEN in text for text in easy_hints(translated))
    return translated if is_whole else without_easy_hints(translated)


def _article(page: Page, translations: Translations) -> Article:
    html, is_whole = _rendered(f"page:{page.slug}", page.body, translations)
    easy, easy_is_whole = None, False
    if page.easy:
        easy, easy_is_whole = _rendered(f"easy:{page.slug}", page.easy.body, translations)
    translated = translate_page(page, translations.content)
    return Article(
        page=translated,
        html=html,
        easy=easy if easy_is_whole else None,
        minutes=max(1, round(len(page.body.split()) / WORDS_A_MINUTE)),
        incomplete=not is_whole or OPEN in translated.title + translated.summary,
    )


def _rendered(context: str, body: str, translations: Translations) -> tuple[Markup, bool]:
    """Return the HTML of a text, and whether all of it is in the reader's language."""
    is_whole = True

    def look_up(text: str) -> Lookup:
        nonlocal is_whole
        lookup = translations.look_up(context, text)
        is_whole &= lookup.translated
        return lookup

    html = render(
        body,
        look_up,
        link=lambda target: f"/{translations.locale.tag}{target}",
        values=translations.values,
    )
    return html, is_whole
