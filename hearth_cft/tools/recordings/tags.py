"""Write and read ID3 tags, which describe an MP3 outside the app.

Format: ID3 tag version 2.4.0, main structure and native frames. The encoder doesn't write the tags,
since it turns the comment into a private field that most players don't show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_UTF8 = 3
_LATIN_1, _UTF16, _UTF16_BE = 0, 1, 2


@dataclass(frozen=True)
class Tags:
    """The tags of an MP3. `language` has three letters (ISO 639-2). `comment` may be empty."""

    title: str
    voice: str
    language: str
    licence: str
    comment: str = ""


def tag_bytes(tags: Tags) -> bytes:
    """Return the ID3 tag, which comes before the first MP3 frame."""
    language = tags.language.encode("ascii")
    frames = [
        _frame(b"TIT2", _text(tags.title)),
        _frame(b"TPE1", _text(tags.voice)),
        _frame(b"TLAN", _text(tags.language)),
        _frame(b"TXXX", _text("LICENSE") + b"\0" + tags.licence.encode()),
    ]
    if tags.comment:
        comment = bytes([_UTF8]) + language + b"\0" + tags.comment.encode()
        frames.append(_frame(b"COMM", comment))
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _syncsafe(len(body)) + body


def read_tags(path: Path) -> Tags | None:
    """Return the tags of an MP3, or None if it has no tag of version 2.4. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(10)
        if len(head) < 10 or not head.startswith(b"ID3\x04"):
            return None
        body = file.read(_parse_syncsafe(head[6:10]))
    values = {"LICENSE": "", "COMM": ""}
    for name, content in _frames(body):
        if name == "TXXX":
            description, _, value = _decoded(content[:1], content[1:]).partition("\0")
            values[description] = value
        elif name == "COMM":
            values["COMM"] = _decoded(content[:1], content[4:]).partition("\0")[2]
        elif name.startswith("T"):
            values[name] = _decoded(content[:1], content[1:]).rstrip("\0")
    return Tags(
        title=values.get("TIT2", ""),
        voice=values.get("TPE1", ""),
        language=values.get("TLAN", ""),
        licence=values["LICENSE"],
        comment=values["COMM"],
    )


def _text(text: str) -> bytes:
    return bytes([_UTF8]) + text.encode()


def _frame(name: bytes, content: bytes) -> bytes:
    return name + _syncsafe(len(content)) + b"\0\0" + content


def _frames(body: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    while start + 10 <= len(body) and body[start] != 0:
        size = _parse_syncsafe(body[start + 4 : start + 8])
        yield body[start : start + 4].decode("latin-1"), body[start + 10 : start + 10 + size]
        start += 10 + size


def _decoded(encoding: bytes, content: bytes) -> str:
    names = {_LATIN_1: "latin-1", _UTF16: "utf-16", _UTF16_BE: "utf-16-be", _UTF8: "utf-8"}
    name = names.get(encoding[0] if encoding else _LATIN_1, "latin-1")
    return content.decode(name, errors="replace")


def _syncsafe(number: int) -> bytes:
    """Encode a length with seven bits per byte, so that it can't look like an MP3 frame's start."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _parse_syncsafe(syncsafe: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(syncsafe, (21, 14, 7, 0), strict=True))
