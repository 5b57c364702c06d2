"""Which language to speak to someone whose address doesn't say."""

from __future__ import annotations

from collections.abc import Sequence

from quart import request

from hearth_cft.i18n.locales import accepted, negotiate


def visitor_locale(offered: Sequence[str], default: str) -> str:
    """The visitor's language by cookie, then Accept-Language, then the service's default."""
    header = request.headers.get("Accept-Language", "")
    return negotiate([request.cookies.get("locale", ""), *accepted(header)], offered, default)
