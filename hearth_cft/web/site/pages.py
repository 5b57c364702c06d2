"""List every page of a language, and render the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from hearth_cft.i18n.fallback import mark_language
from hearth_cft.library.easy_hints import easy_hints
from hearth_cft.library.models import Worksheet
from hearth_cft.web.site.calendar import calendar_template
from hearth_cft.web.site.localized import LocalizedLibrary

# Statuses that have a page of their own.
ERRORS = (404, 405, 422, 500)
# People have links to this address, so it must not change.
VOICE_NOTES = "recordings/my-letter"
SETTINGS = (
    *("language", "reading", "reading-guide", "storage", "backup", "lock", "privacy", "install"),
)


def render_page(
    environment: Environment,
    localized: LocalizedLibrary,
    path: str,
    template: str,
    values: Mapping[str, Any],
) -> bytes:
    """Return the HTML of one page. `path` is its address below the language."""
    html = environment.get_template(template).render(path=path, library=localized, **values)
    return mark_language(html).encode()


def error_pages(
    environment: Environment, localized: LocalizedLibrary
) -> Iterator[tuple[int, bytes]]:
    """Yield (status, HTML) of every error page in the environment's language."""
    for status in ERRORS:
        yield status, render_page(environment, localized, "", f"errors/{status}.html", {})


def pages_of(localized: LocalizedLibrary) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (path below the language, template, values) of every page of a language."""
    yield "", "pages/home.html", {}
    yield "learn/", "pages/learn.html", {}
    for article in localized.articles:
        yield f"learn/{article.page.slug}", "pages/article.html", {"article": article}
    yield "recordings/", "pages/recordings.html", {}
    for recording in localized.recordings:
        yield f"recordings/{recording.slug}", "pages/recording.html", {"recording": recording}
    yield VOICE_NOTES, "pages/voice-notes.html", {}
    yield "worksheets/", "pages/worksheets.html", {}
    for worksheet in localized.worksheets:
        yield f"worksheets/{worksheet.slug}", "pages/worksheet.html", _values_of(worksheet)
    for earlier in localized.earlier:
        path = f"worksheets/{earlier.slug}/{earlier.revision}"
        yield path, "pages/worksheet.html", _values_of(earlier) | {"is_earlier": True}
    yield "notes/", "pages/notes.html", {}
    yield "notes/note", "pages/note.html", {}
    yield "notes/practice", "pages/practice.html", {}
    yield "notes/over-time", "pages/over-time.html", {}
    yield "notes/appointment", "pages/appointment.html", {}
    yield "programme", "pages/programme.html", {}
    yield "words", "pages/words.html", {}
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


def _values_of(worksheet: Worksheet) -> dict[str, Any]:
    return {"worksheet": worksheet, "has_easy_hints": any(easy_hints(worksheet))}
