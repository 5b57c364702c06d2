"""Fixtures that several of the tests here share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.recording_files import PAGE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A service's own content folder with one script."""
    folder = tmp_path / "content"
    (folder / "recordings").mkdir(parents=True)
    (folder / "recordings" / "calm.md").write_text(PAGE, encoding="utf-8")
    return folder
