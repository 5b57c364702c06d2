"""The pictures of the install dialog."""

from __future__ import annotations

import json
import struct

import pytest

from hearth_cft.application import Hearth


def size_of(png: bytes) -> str:
    """Return the size of a PNG picture as a manifest gives it: "540x1110"."""
    width, height = struct.unpack(">II", png[16:24])
    return f"{width}x{height}"


def screenshots(app: Hearth, locale: str) -> list[dict[str, str]]:
    manifest = json.loads(app.site.answers[f"/{locale}/app.webmanifest"].body)
    return manifest["screenshots"]  # type: ignore[no-any-return]


def snapshot(app: Hearth) -> dict[str, str]:
    return json.loads(app.site.answers["/en/offline.json"].body)["assets"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_install_dialog_has_pictures_of_both_forms(app: Hearth, locale: str) -> None:
    shown = screenshots(app, locale)

    assert {each["form_factor"] for each in shown} == {"narrow", "wide"}
    for each in shown:
        body = app.site.answers[each["src"]].body
        assert size_of(body) == each["sizes"]
        assert len(body) < 150_000, each


def test_the_pictures_are_in_the_readers_language_and_phones_do_not_store_them(app: Hearth) -> None:
    english, arabic = ({each["src"] for each in screenshots(app, tag)} for tag in ("en", "ar"))

    assert not english & arabic
    assert not english & snapshot(app).keys()
