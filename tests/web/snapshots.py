"""What phones carry to be read without a network."""

from __future__ import annotations

import json

from hearth_cft.application import Hearth


def expect_in_snapshot_without_marks(app: Hearth, path: str) -> None:
    """The marks say where a page shows another language; in data nobody would take them out."""
    locale = path.split("/")[1]
    body = app.site.answers[path].body.decode()

    assert path in json.loads(app.site.answers[f"/{locale}/offline.json"].body)["pages"]
    assert "\ue000" not in body
    assert "\ue001" not in body
