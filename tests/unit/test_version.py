"""The version of a build: from git's tags and commits, from an sdist, or from the files alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from hearth_cft.version import source_version, version
from tests.server import HEARTH

WHEN = "2026-11-29T23:16:00+02:00"
FILES_ALONE = r"0\.1\.0\.dev0\+f[0-9a-f]{8}"


def git(folder: Path, *arguments: str) -> str:
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a"}
    dates = {"GIT_AUTHOR_DATE": WHEN, "GIT_COMMITTER_DATE": WHEN, "GIT_COMMITTER_EMAIL": "a@b"}
    return subprocess.run(
        ["git", "-C", folder, *arguments],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **identity, **dates},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def commit(folder: Path, words: str) -> str:
    """Write the words into a source file and commit it. Return the short name of the commit."""
    (folder / "hearth_cft").mkdir(exist_ok=True)
    (folder / "hearth_cft" / "cli.py").write_text(words)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", words)
    return git(folder, "log", "-1", "--format=%h")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def test_a_commit_before_the_first_release_has_its_time_and_name(repository: Path) -> None:
    name = commit(repository, "one")

    assert source_version(repository) == f"0.1.0.dev202611292116+g{name}"


def test_a_tagged_commit_is_the_release(repository: Path) -> None:
    commit(repository, "one")
    for tag in ("v1.2.9", "v1.2.10", "v2-beta", "winter"):
        git(repository, "tag", tag)

    assert source_version(repository) == "1.2.10"


def test_a_commit_after_a_release_comes_before_the_next(repository: Path) -> None:
    commit(repository, "one")
    git(repository, "tag", "v1.2.9")
    name = commit(repository, "two")

    assert source_version(repository) == f"1.2.10.dev202611292116+g{name}"


@pytest.mark.parametrize("tag", ["v1.2.9", "winter"])
def test_changes_that_are_not_committed_are_told_apart(repository: Path, tag: str) -> None:
    name = commit(repository, "one")
    git(repository, "tag", tag)

    versions = []
    for words in ("two", "three"):
        (repository / "hearth_cft" / "cli.py").write_text(words)
        versions.append(source_version(repository))

    assert versions[0] != versions[1]
    for changed in versions:
        assert re.fullmatch(rf"[\d.]+\.dev202611292116\+g{name}\.f[0-9a-f]{{8}}", changed)


def test_without_git_the_files_tell_builds_apart(tmp_path: Path) -> None:
    versions = []
    for words in ("one", "two", "one"):
        (tmp_path / "static").mkdir(exist_ok=True)
        (tmp_path / "static" / "main.js").write_text(words)
        versions.append(source_version(tmp_path))

    assert versions[0] == versions[2] != versions[1]
    assert all(re.fullmatch(FILES_ALONE, found) for found in versions)


def test_a_folder_in_another_repository_is_not_that_repository(repository: Path) -> None:
    commit(repository, "one")

    assert re.fullmatch(FILES_ALONE, source_version(repository / "hearth_cft"))


def test_a_repository_without_a_commit_has_files_alone(repository: Path) -> None:
    assert re.fullmatch(FILES_ALONE, source_version(repository))


def test_a_hook_of_another_repository_changes_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = commit(repository, "one")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other"))

    assert source_version(repository).endswith(f"+g{name}")


def test_an_sdist_has_the_version_that_it_was_made_with(repository: Path) -> None:
    commit(repository, "one")
    (repository / "PKG-INFO").write_text(
        "Metadata-Version: 2.4\nName: hearth-cft\nVersion: 1.2.3\n"
    )

    assert source_version(repository) == "1.2.3"


def test_an_installed_hearth_has_the_version_of_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'another'\n")
    information = tmp_path / "hearth_cft-1.2.3.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: hearth-cft\nVersion: 1.2.3\n")
    monkeypatch.setattr("hearth_cft.version._ROOT", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)

    assert version.__wrapped__() == "1.2.3"


def test_the_command_shows_the_version(tmp_path: Path) -> None:
    shown = subprocess.run(
        [HEARTH, "--version"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )

    assert shown.stdout == f"hearth {version()}\n"
