"""Provide a small part of the built-in content, for tests that don't need all of it."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hearth_cft import ASSETS, CONTENT
from hearth_cft.application import load_site
from hearth_cft.config import Config
from hearth_cft.web.site.build import Site

# The content that the tests of behaviour use.
SMALL = {
    "pages": ["what-is-cft", "three-systems", "when-practice-is-hard", "your-privacy-here"],
    "pages/easy": ["three-systems", "when-practice-is-hard"],
    "recordings": [
        "soothing-rhythm-breathing",
        "grounding-without-breath",
        "safe-place",
        "compassion-break",
    ],
    "worksheets": [
        "three-circles",
        "practice-diary",
        "compassionate-letter",
        "kinder-thought-record",
        "loop-spotter",
        "many-selves",
        "kit-bag",
        "my-safety-plan",
    ],
}


PAGE_OF = re.compile(r'page = "(.*)"')


class BuiltIn(NamedTuple):
    """The folders of the built-in content and of its recordings."""

    content: Path
    recordings: Path


WHOLE = BuiltIn(CONTENT, ASSETS / "recordings")


@functools.cache
def small_content() -> BuiltIn:
    """Return folders with the content that SMALL names."""
    return copied(SMALL)


def copied(names: Mapping[str, Sequence[str]]) -> BuiltIn:
    """Copy the content files with these names, and the recordings' sound, into a temporary folder.

    Return the folders inside it.
    """
    folder = Path(tempfile.mkdtemp(prefix="hearth-small-"))
    atexit.register(shutil.rmtree, folder)
    built_in = BuiltIn(folder / "content", folder / "recordings")
    for kind, slugs in names.items():
        (built_in.content / kind).mkdir(parents=True)
        for slug in slugs:
            for file in (WHOLE.content / kind).glob(f"{slug}.*"):
                shutil.copy2(file, built_in.content / kind / file.name)
    _copy_glossary(built_in.content)
    for place in WHOLE.recordings.iterdir():
        (built_in.recordings / place.name).mkdir(parents=True)
        for slug in names["recordings"]:
            for file in place.glob(f"{slug}-*"):
                shutil.copy2(file, built_in.recordings / place.name / file.name)
    return built_in


def _copy_glossary(content: Path) -> None:
    """Copy the words. Those whose page isn't there lead to none."""
    pages = {path.stem for path in (content / "pages").glob("*.md")}
    lines = (WHOLE.content / "glossary.toml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not (page := PAGE_OF.match(line)) or page[1] in pages]
    (content / "glossary.toml").write_text("\n".join(kept), encoding="utf-8")


def small_site(**settings: object) -> Site:
    """Render the small content with these settings."""
    config = Config.load(None, {}, settings)
    return load_site(config, built_in=small_content().content, sounds=small_content().recordings)
