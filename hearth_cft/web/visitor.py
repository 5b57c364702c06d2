"""Choose the language for a visitor if the requested address doesn't name one."""

from __future__ import annotations

from collections.abc import Sequence

from quart import request

from hearth_cft.i18n.locales import accepted, negotiate


def visitor_locale(offered: Sequence[str], default: str) -> str:
    """Return the visitor's locale, one of `offered` or `default`.

    The cookie "locale" comes first, then the Accept-Language header, then the service's default.
    """
    header = request.headers.get("Accept-Language", "")
    return negotiate([request.cookies.get("locale", ""), *accepted(header)], offered, default)
