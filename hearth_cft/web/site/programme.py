"""Build the programme in the reader's language, and items.json: what a week can name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hearth_cft.config import Config, local
from hearth_cft.i18n.fallback import CLOSE, MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.models import Library, Recording, Week
from hearth_cft.library.programme import without_unknown
from hearth_cft.reading.problem import ContentError
from hearth_cft.web.site.localized import LocalizedLibrary, ShownWeek

# Kind of content -> the address of its pages, below the language.
PLACES = {"pages": "learn", "recordings": "recordings", "worksheets": "worksheets"}
SETTINGS_FILE = Path("hearth.toml")


def programme_of(
    config: Config, library: Library
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Return the service's own weeks, or else the library's, and the problems in them.

    A slug that doesn't exist is left out and reported as a problem.
    """
    weeks: Sequence[Week] = library.programme
    table = "weeks"
    if config.programme is not None:
        table = "programme"
        weeks = [
            Week(week.title, SETTINGS_FILE, week.pages, week.recordings, week.worksheets)
            for week in config.programme
        ]
    known = {kind: {item.slug for item in getattr(library, kind)} for kind in PLACES}
    return without_unknown(weeks, known, table)


def shown_weeks(weeks: Sequence[Week], translations: Translations) -> tuple[ShownWeek, ...]:
    return tuple(ShownWeek(_title(week, translations), week, _items(week)) for week in weeks)


def _title(week: Week, translations: Translations) -> str:
    title, tag = local(week.title, translations.locale.tag)
    if tag == translations.locale.tag:
        return title
    # If a service gives its title in English only, its own catalogue may translate it.
    return translations.content("programme", title) if tag == SOURCE else f"{OPEN}{title}{CLOSE}"


def _items(week: Week) -> tuple[str, ...]:
    return tuple(
        f"{place}/{slug}" for kind, place in PLACES.items() for slug in getattr(week, kind)
    )


def items_list(localized: LocalizedLibrary, translations: Translations) -> dict[str, Any]:
    """Return the document: the weeks, and title and length of each item a week can name."""
    items: dict[str, Any] = {}
    for article in localized.articles:
        page = article.page
        items[f"learn/{page.slug}"] = _item(page.title, reading_time(article.minutes, translations))
    for recording in localized.recordings:
        item = _item(recording.title, lengths(recording, translations))
        items[f"recordings/{recording.slug}"] = item
    for sheet in localized.worksheets:
        items[f"worksheets/{sheet.slug}"] = _item(
            sheet.title, writing_time(sheet.minutes, translations)
        )
    weeks = [{**_item(week.title), "items": week.items} for week in localized.weeks]
    return {"items": items, "weeks": weeks}


def _item(title: str, small: str = "") -> dict[str, Any]:
    item = {"title": title.translate(MARKERS)}
    if small:
        item["small"] = small.translate(MARKERS)
    if OPEN in title:
        item["lang"] = SOURCE
    return item


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
