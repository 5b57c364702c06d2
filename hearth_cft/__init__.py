"""Hearth: the between-appointments companion of a therapy service.

Nothing is imported here, so that the build can use `i18n` before anything is installed.
"""

from pathlib import Path

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
CONTENT = HERE / "content"
TEMPLATES = HERE / "templates"
