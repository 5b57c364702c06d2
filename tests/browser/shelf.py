"""Made-up recordings of a service, in the number and size that a test needs."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

MIB = 1024 * 1024
SCRIPT = """+++
title = "{title}"
summary = "An exercise for tests."
order = {order}
reviewed = false
minutes = {{ {minutes} }}
+++
"""


def put(
    content: Path,
    slug: str,
    *,
    version: str = "full",
    voice: str = "sam",
    size: int = MIB,
    locale: str = "en",
    seed: int = 1,
) -> str:
    """Write a sound file with its captions, or replace an earlier one. Return its SHA-256."""
    folder = content / "recordings" / locale
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{slug}-{version}-{voice}"
    sound = random.Random(f"{name} {seed}").randbytes(size)
    metadata = {
        "slug": slug,
        "version": version,
        "locale": locale,
        "voice": voice,
        "voice_name": voice.capitalize(),
        "generated": False,
        "seconds": 60.0,
        "bytes": size,
        "sha256": hashlib.sha256(sound).hexdigest(),
        "script_sha256": "",
        "licence": "MIT",
    }
    (folder / f"{name}.mp3").write_bytes(sound)
    captions = f"WEBVTT\n\n00:00:00.000 --> 00:00:50.000\n{name} {seed}\n"
    (folder / f"{name}.vtt").write_text(captions, encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps(metadata), encoding="utf-8")
    return str(metadata["sha256"])


def write_script(content: Path, slug: str, title: str, order: int, *versions: str) -> None:
    """Write the script of an exercise, so that its sound files have a page."""
    folder = content / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    minutes = ", ".join(f"{version} = {5 if version == 'full' else 1}" for version in versions)
    head = SCRIPT.format(title=title, order=order, minutes=minutes)
    parts = [f"## {version}\n\nThese are the words of {title}." for version in versions]
    (folder / f"{slug}.md").write_text(head + "\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
