"""The artwork of the phone's lock screen, and the ember in a service's colours."""

from __future__ import annotations

import json
import re

from hearth_cft.application import Hearth
from hearth_cft.config import Theme
from hearth_cft.web.site.offline import theme_sheet


def test_a_phone_has_the_artwork_of_its_lock_screen_with_no_signal(app: Hearth) -> None:
    page = app.site.answers["/en/recordings/safe-place"].body.decode()
    [artwork] = re.findall(r'data-artwork="([^"]+)"', page)

    assert artwork in json.loads(app.site.answers["/en/offline.json"].body)["assets"]
    # Bytes 16 to 24 of a PNG picture are its width and height.
    assert app.site.answers[artwork].body[16:24] == 2 * (512).to_bytes(4, "big")


def test_a_theme_changes_the_colours_of_the_ember() -> None:
    sheet = (theme_sheet(Theme(ember_dark="#c9a6ff")) or b"").decode()

    assert "--glow:#c9a6ff" in sheet
    assert "--halo:color-mix(in srgb,var(--act)" in sheet
    assert "--spark:color-mix(in srgb,var(--glow)" in sheet
