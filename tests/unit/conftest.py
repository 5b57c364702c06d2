"""Fixtures that several test modules in this folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.tools.recordings import commands
from tests.small import small_content
from tests.unit.recording_files import PAGE, put_catalogue


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a service's own content folder with one script."""
    folder = tmp_path / "content"
    (folder / "recordings").mkdir(parents=True)
    (folder / "recordings" / "calm.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def working_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content folder of a small working copy with Spanish and French catalogues.

    Each catalogue translates one phrase.
    """
    folder = tmp_path_factory.mktemp("working-copy")
    (folder / "hearth_cft").mkdir()
    (folder / "hearth_cft" / "content").symlink_to(small_content().content)
    for locale, translation in (("es", "Vuelve"), ("fr", "Reviens")):
        put_catalogue(
            folder / "translations", {"Come back.": translation}, "recording:safe-place", locale
        )
    return folder / "hearth_cft" / "content"


@pytest.fixture
def small_working_copy(working_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `hearth recordings` read `working_copy`.

    The catalogues of the real working copy have thousands of lines.
    """
    monkeypatch.setattr(commands, "CONTENT", working_copy)
