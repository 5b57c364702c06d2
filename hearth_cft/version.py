"""Tell which build of Hearth this is. The build and the running program both ask.

Nothing of Hearth is imported here: the build runs this file before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "hearth-cft"
# The release that is under way until its tag, v0.1.0, exists.
FIRST = (0, 1, 0)
# What a build is made of.
SOURCES = ("hearth_cft", "service_worker", "static", "translations", "pyproject.toml")

_ROOT = Path(__file__).parents[1]
_TAG = re.compile(r"v(\d+)\.(\d+)\.(\d+)")
_UTC_MINUTES = "--date=format-local:%Y%m%d%H%M"
_BUILT = {"assets", "__pycache__"}


@cache
def version() -> str:
    """Return the version of this program, as PEP 440 writes it."""
    # Some packages leave a pyproject.toml beside the installed ones.
    if (_ROOT / "static" / "build.mjs").is_file():
        return source_version()
    return metadata.version(DISTRIBUTION)


def source_version(root: Path = _ROOT) -> str:
    """Return the version of the sources in a folder, as PEP 440 writes it.

    A commit with a tag such as v1.2.3 has that version. Other commits come before the next one:
    1.2.4.dev202611292316+g1f0e3d7 has the time of the commit (UTC) and its name. Sources that are
    no commit have a digest of the files too, so that two builds never have the same version.
    """
    if (root / "PKG-INFO").is_file():  # an sdist
        return metadata.PathDistribution(root).version
    try:
        return _version_in_git(root)
    except (OSError, subprocess.CalledProcessError):
        return f"{_dotted(FIRST)}.dev0+{_digest(root)}"


def _version_in_git(root: Path) -> str:
    """Raise OSError or CalledProcessError if there is no git, or the folder is no repository."""
    if _git(root, "rev-parse", "--show-prefix"):
        raise FileNotFoundError(root / ".git")  # the folder is in another project's repository
    time, name = _git(root, "log", "-1", "--format=%cd %h", _UTC_MINUTES).split()
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    tagged = _releases(_git(root, "tag", "--points-at", "HEAD"))
    if tagged and not changes:
        return _dotted(max(tagged))
    earlier = _releases(_git(root, "tag", "--merged", "HEAD"))
    release = _after(max(earlier)) if earlier else FIRST
    local = f"g{name}.{_digest(root)}" if changes else f"g{name}"
    return f"{_dotted(release)}.dev{time}+{local}"


def _git(root: Path, *arguments: str) -> str:
    # Hooks of git set variables that name another repository.
    environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    # Whoever builds from another user's folder runs its code anyway.
    command = ["git", "-c", "safe.directory=*", "-C", str(root), *arguments]
    return subprocess.run(  # noqa: S603
        command, env={**environ, "TZ": "UTC"}, capture_output=True, text=True, check=True
    ).stdout.strip()


def _releases(tags: str) -> list[tuple[int, ...]]:
    found = map(_TAG.fullmatch, tags.split())
    return [tuple(map(int, match.groups())) for match in found if match]


def _after(release: tuple[int, ...]) -> tuple[int, ...]:
    return (*release[:-1], release[-1] + 1)


def _dotted(release: tuple[int, ...]) -> str:
    return ".".join(map(str, release))


def _digest(root: Path) -> str:
    """Return eight hexadecimal digits of the files' SHA-256, after a letter.

    PEP 440 would read digits alone as a number.
    """
    digest = hashlib.sha256()
    for name in SOURCES:
        for path in sorted([root / name, *(root / name).rglob("*")]):
            inner = path.relative_to(root)
            if path.is_file() and not _BUILT.intersection(inner.parts):
                digest.update(f"{inner.as_posix()}\0{path.stat().st_size}\0".encode())
                # Of the recordings, the sizes do: their bytes take a second to read.
                digest.update(b"" if path.suffix == ".mp3" else path.read_bytes())
    return f"f{digest.hexdigest()[:8]}"
