"""The programme in the reader's language, and items.json: what a week can name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hearth_cft.config import Config, local
from hearth_cft.i18n.fallback import CLOSE, MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.content_file import ContentError
from hearth_cft.library.loader import Library, Recording
from hearth_cft.library.programme import Week, without_unknown
from hearth_cft.web.site.localized import LocalizedLibrary, ShownWeek

# Kind of content -> where its pages are, below the language.
PLACES = {"pages": "learn", "recordings": "recordings", "worksheets": "worksheets"}
SETTINGS_FILE = Path("hearth.toml")


def programme_of(
    config: Config, library: Library
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """The service's own weeks, else the library's; what names nothing is left out and told."""
    weeks: Sequence[Week] = library.programme
    if config.programme is not None:
        weeks = [
            Week(each.title, SETTINGS_FILE, each.pages, each.recordings, each.worksheets)
            for each in config.programme
        ]
    known = {kind: {item.slug for item in getattr(library, kind)} for kind in PLACES}
    return without_unknown(weeks, known)


def shown_weeks(weeks: Sequence[Week], translations: Translations) -> tuple[ShownWeek, ...]:
    return tuple(ShownWeek(_title(week, translations), week, _items(week)) for week in weeks)


def _title(week: Week, translations: Translations) -> str:
    title, tag = local(week.title, translations.locale.tag)
    if tag == translations.locale.tag:
        return title
    # A service's own title that was given in English alone may be in its own catalogue.
    return translations.content("programme", title) if tag == SOURCE else f"{OPEN}{title}{CLOSE}"


def _items(week: Week) -> tuple[str, ...]:
    return tuple(
        f"{place}/{slug}" for kind, place in PLACES.items() for slug in getattr(week, kind)
    )


def items_list(localized: LocalizedLibrary, translations: Translations) -> dict[str, Any]:
    """Give the document: title and length of everything a week can name, and the weeks."""
    items: dict[str, Any] = {}
    for article in localized.articles:
        page = article.page
        items[f"learn/{page.slug}"] = _item(page.title, reading_time(article.minutes, translations))
    for recording in localized.recordings:
        said = _item(recording.title, lengths(recording, translations))
        items[f"recordings/{recording.slug}"] = said
    for sheet in localized.worksheets:
        items[f"worksheets/{sheet.slug}"] = _item(
            sheet.title, writing_time(sheet.minutes, translations)
        )
    weeks = [{**_item(each.title), "items": each.items} for each in localized.weeks]
    return {"items": items, "weeks": weeks}


def _item(title: str, small: str = "") -> dict[str, Any]:
    said = {"title": title.translate(MARKERS)}
    if small:
        said["small"] = small.translate(MARKERS)
    if OPEN in title:
        said["lang"] = SOURCE
    return said


def reading_time(minutes: int, translations: Translations) -> str:
    return translations.ngettext("%(num)s minute to read", "%(num)s minutes to read", minutes)


def writing_time(minutes: int, translations: Translations) -> str:
    return translations.ngettext("About %(num)s minute", "About %(num)s minutes", minutes)


def lengths(recording: Recording, translations: Translations) -> str:
    minutes = recording.minutes
    if "full" in minutes and "short" in minutes:
        both = {"full": minutes["full"], "short": minutes["short"]}
        # Translators: lengths of the two versions of a recording, under its title
        return translations.gettext("%(full)s min or %(short)s min", **both)
    length = next(iter(minutes.values()))
    return translations.npgettext("length of a recording", "%(num)s min", "%(num)s min", length)
