"""Checks of the files that phones store to use without a network."""

from __future__ import annotations

import json

from hearth_cft.application import Hearth


def expect_in_snapshot_without_marks(app: Hearth, path: str) -> None:
    """Check that this file is in the snapshot and has no language marks.

    The marks show where a page uses another language. Nothing would remove them from data.
    """
    locale = path.split("/")[1]
    body = app.site.answers[path].body.decode()

    assert path in json.loads(app.site.answers[f"/{locale}/offline.json"].body)["pages"]
    assert "\ue000" not in body
    assert "\ue001" not in body
