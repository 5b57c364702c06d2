"""Find the folders of the sources and of the translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hearth_cft import ASSETS, CONTENT
from hearth_cft.i18n.locales import Locale, load_locales

LIST = Path("translations", "locales.toml")


class WorkspaceError(Exception):
    """There is no workspace here. The message says what is missing and what to do."""


@dataclass(frozen=True)
class Workspace:
    """A working copy of Hearth, or (with one domain) a service's own content folder.

    `content` lists folders of pages, worksheets and recordings; a later folder overrides an
    earlier one. Only the content below `root` is translated here. Places are relative to `root`.
    """

    root: Path
    content: tuple[Path, ...]
    domains: tuple[str, ...]
    locale_list: Path

    @property
    def translations(self) -> Path:
        return self.root / "translations"

    @property
    def locales(self) -> Mapping[str, Locale]:
        return load_locales(self.locale_list)

    def template(self, domain: str) -> Path:
        return self.translations / f"{domain}.pot"

    def catalogue(self, tag: str, domain: str) -> Path:
        return self.translations / tag / "LC_MESSAGES" / f"{domain}.po"

    def catalogues(self) -> dict[tuple[str, str], Path]:
        """Return the path of the catalogue of every (tag, domain), except for English."""
        return {
            (tag, domain): self.catalogue(tag, domain)
            for tag in self.locales
            if tag != "en"
            for domain in self.domains
        }


def find_workspace(start: Path, content: Path | None = None) -> Workspace:
    """Return the content folder `content` if given, otherwise the working copy around `start`.

    Raises WorkspaceError if the folder doesn't exist or `start` isn't in a working copy.
    """
    checkout = next((root for root in (start, *start.parents) if (root / LIST).is_file()), None)
    if content is not None:
        if not content.is_dir():
            raise WorkspaceError(f"{content} is not a folder; give the content_dir of hearth.toml")
        languages = ASSETS / LIST if checkout is None else checkout / LIST
        return Workspace(content.resolve(), (CONTENT, content.resolve()), ("content",), languages)
    if checkout is None:
        raise WorkspaceError(
            f"there is no {LIST} here or above: run this in a working copy of Hearth, "
            "or name your own content folder with --content-dir"
        )
    own = (checkout / "hearth_cft" / "content",)
    return Workspace(checkout, own, ("messages", "content"), checkout / LIST)
