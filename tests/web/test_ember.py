"""The ember: where it is, and where it keeps still."""

from __future__ import annotations

import pytest

from hearth_cft.application import Hearth

MARK = '<svg class="ember mark ours{}" viewBox'
LARGE = '<svg class="ember" viewBox'


@pytest.mark.parametrize(
    "path", ["", "offline", "notes/", "notes/over-time", "notes/appointment", "search"]
)
def test_home_and_what_is_empty_have_the_ember(app: Hearth, path: str) -> None:
    html = app.site.answers[f"/en/{path}"].body.decode()

    assert MARK.format("") in html
    assert html.count(LARGE) == 1


def test_a_page_that_is_not_there_has_the_ember(app: Hearth) -> None:
    assert LARGE in app.site.errors["en", 404].decode()


def test_on_help_the_mark_is_still_and_there_is_no_other_ember(app: Hearth) -> None:
    html = app.site.answers["/en/help"].body.decode()

    assert MARK.format(" still") in html
    assert LARGE not in html


def test_the_harmless_page_has_no_ember(app: Hearth) -> None:
    assert "ember" not in app.site.answers["/en/hidden"].body.decode()
