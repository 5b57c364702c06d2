"""Build what a phone needs to use a language offline: the snapshot list and the web manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hearth_cft.config import Config, Theme
from hearth_cft.i18n.fallback import MARKERS
from hearth_cft.i18n.locales import SOURCE, Locale
from hearth_cft.i18n.translations import Translations
from hearth_cft.web.prerendered import CachedResponse, digest_of, hashes
from hearth_cft.web.site.templates import Assets

# Built files that are used only outside the app, or that not every language needs.
LEFT_OUT = ("css/", "fonts/", "icons/", "pictures/")
ICONS = (
    "icons/artwork-512.png",
    "icons/icon.svg",
    "icons/neutral-touch-180.png",
    "icons/neutral.svg",
    "icons/pointer-arrow.svg",
    "icons/pointer-hand.svg",
    "icons/pointer-text.svg",
)
# Sheets that a page loads once they are needed.
LATER_SHEETS = ("css/listening.css", "css/reading.css")
# The pictures of the install dialog (static/pictures/make.py), and their form.
PICTURES = (("home", "narrow"), ("listen", "narrow"), ("worksheet", "narrow"), ("wide", "wide"))


def as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def carried_assets(assets: Assets, locale: Locale, theme_address: str | None) -> list[str]:
    """Return the addresses of the built files that this language's pages use."""
    sheet = "css/app.rtl.css" if locale.direction == "rtl" else "css/app.css"
    addresses = [at for name, at in assets.named("").items() if not name.startswith(LEFT_OUT)]
    addresses += [assets(name) for name in (*ICONS, sheet, *LATER_SHEETS)]
    addresses += assets.fonts(locale)
    return sorted({*addresses, *([theme_address] if theme_address else [])})


def offline_list(
    locale: Locale, answers: Mapping[str, CachedResponse], assets: Iterable[str]
) -> bytes:
    """Return offline.json: a hash of each page and asset of a language, and one of them all."""
    prefix = f"/{locale.tag}/"
    pages = hashes(answers, sorted(path for path in answers if path.startswith(prefix)))
    snapshot: dict[str, Any] = {
        "locale": locale.tag,
        "pages": pages,
        "assets": hashes(answers, assets),
    }
    return as_json({**snapshot, "version": digest_of(as_json(snapshot))})


# Colours that are derived from the colours of a theme. For the built-in theme, _tokens.scss sets
# them by hand.
DERIVED = (
    "--act-strong:color-mix(in srgb,var(--act) 80%,var(--ink));"
    "--act-wash:color-mix(in srgb,var(--act) 13%,var(--card));"
    "--ember-wash:color-mix(in srgb,var(--ember) 11%,var(--card));"
    "--halo:color-mix(in srgb,var(--act) 21%,var(--card));"
    "--spark:color-mix(in srgb,var(--glow) 20%,#fff)"
)


def theme_sheet(theme: Theme) -> bytes | None:
    """Return a style sheet with the service's colours, or None if they are the built-in ones."""
    if theme == Theme():
        return None
    light = f"--act:{theme.act};--ember:{theme.ember};--paper:{theme.paper}"
    # In both themes, the ember of the icon glows as the ember of the dark theme does.
    light += f";--glow:{theme.ember_dark}"
    dark = f"--act:{theme.act_dark};--ember:{theme.ember_dark};--paper:{theme.paper_dark}"
    dark += ";--halo:color-mix(in srgb,var(--act) 45%,var(--card))"
    # The dark colours are for screens only: a printed page is never dark.
    return (
        f":root{{{light};{DERIVED}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}"
    ).encode()


def web_manifest(
    config: Config, translations: Translations, assets: Assets, *, discreet: bool
) -> bytes:
    """Return a language's web app manifest (https://www.w3.org/TR/appmanifest/).

    If `discreet`, it has a neutral name and neutral icons. The server offers app.webmanifest
    and discreet.webmanifest. Both describe the same app.
    """
    tag, direction = translations.locale.tag, translations.locale.direction
    name = _plain(translations.values["neutral_name" if discreet else "home_screen_name"])
    plain, maskable = ("neutral", "neutral-maskable") if discreet else ("icon", "maskable")

    def icon(icon_name: str, size: int, purpose: str) -> dict[str, str]:
        return {
            "src": assets(f"icons/{icon_name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }

    def shortcut(label: str, path: str) -> dict[str, Any]:
        return {"name": label, "url": f"/{tag}/{path}", "icons": [icon(plain, 192, "any")]}

    listen = translations.pgettext("shortcut on the home-screen icon, at most 12 letters", "Listen")
    help_ = translations.pgettext("shortcut on the home-screen icon, at most 12 letters", "Help")
    shown = tag if f"pictures/home-{tag}.png" in assets.named("pictures/") else SOURCE
    return as_json(
        {
            "id": "/",
            "name": name,
            "short_name": name,
            "lang": tag,
            "dir": direction,
            "start_url": f"/{tag}/",
            "scope": "/",
            "display": "standalone",
            "background_color": config.theme.paper,
            "theme_color": config.theme.paper,
            "icons": [
                icon(plain, 192, "any"),
                icon(plain, 512, "any"),
                icon(maskable, 192, "maskable"),
                icon(maskable, 512, "maskable"),
            ],
            "shortcuts": [shortcut(_plain(help_), "help"), shortcut(_plain(listen), "recordings/")],
            "screenshots": [
                {
                    "src": assets(f"pictures/{picture}-{shown}.png"),
                    "type": "image/png",
                    "sizes": "540x1110" if form == "narrow" else "1280x800",
                    "form_factor": form,
                }
                for picture, form in (() if discreet else PICTURES)
            ],
        }
    )


def _plain(text: str) -> str:
    return text.translate(MARKERS)
