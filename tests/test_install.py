"""Test that `pip install .` from a clean checkout installs a `hearth` that serves anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from tests.server import ROOT, Server, ready

TOOLS = ROOT / ".tools" / "bin"

# An example of each kind of file that the app needs at run time.
PACKAGED = [
    "hearth_cft/assets/manifest.json",
    "hearth_cft/assets/service-worker.js",
    "hearth_cft/assets/translations/ar/LC_MESSAGES/messages.mo",
    "hearth_cft/assets/translations/locales.toml",
    "hearth_cft/assets/recordings/en/soothing-rhythm-breathing-full-isabella.mp3",
    "hearth_cft/content/pages/three-systems.md",
    "hearth_cft/content/worksheets/three-circles.toml",
    "hearth_cft/templates/base.html",
    "hearth_cft/hearth.example.toml",
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the files that git tracks, without anything that was built or installed."""
    folder = tmp_path_factory.mktemp("checkout") / "hearth"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(ROOT / name, folder / name)
    return folder


@pytest.mark.slow
def test_an_installed_hearth_serves_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    # Use an empty home folder and an empty PATH, so that node, npm and the developer's other tools
    # are not found. Only the developer's npm cache is used; the lock has the packages' hashes.
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    bare = {**inherited, "PATH": str(tmp_path / "nothing"), "HOME": str(tmp_path)}
    npm_cache = {"npm_config_cache": str(Path.home() / ".npm"), "npm_config_prefer_offline": "true"}
    quiet = ["--quiet", "--disable-pip-version-check"]

    subprocess.run(
        [TOOLS / "python", "-m", "pip", "wheel", *quiet, "--no-deps", "-w", tmp_path, checkout],
        env={**bare, **npm_cache},
        check=True,
    )
    (wheel,) = tmp_path.glob("hearth_cft-*.whl")
    built = wheel.name.split("-")[1]
    assert re.fullmatch(r"0\.1\.0\.dev0\+f[0-9a-f]{8}", built)  # the checkout has no .git
    # Leave out the environment's own pip, which takes longer to unpack than everything else.
    venv.create(tmp_path / "venv")
    pip = [TOOLS / "python", "-m", "pip", "--python", tmp_path / "venv", "install", *quiet]
    locked = ["--require-hashes", "-r", checkout / "requirements.lock"]
    subprocess.run([*pip, *locked], env=bare, check=True)
    subprocess.run([*pip, "--no-deps", wheel], env=bare, check=True)

    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in PACKAGED if name not in names] == []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    installed = Server(elsewhere, hearth=tmp_path / "venv" / "bin" / "hearth")
    with ready(installed) as server:
        with urllib.request.urlopen(f"{server.url}/ar/learn/three-systems") as response:
            assert 'dir="rtl"' in response.read().decode()
        with urllib.request.urlopen(f"{server.url}/healthz") as response:
            assert json.load(response)["version"] == built
        assert f" version={built}\n" in server.log.read_text()
