"""Turn the bytes of a file into text, as editors on any system save it."""

from __future__ import annotations

import codecs
from pathlib import Path

from hearth_cft.reading.problem import ContentError

_OTHER_UNICODE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# What a file of a word processor begins with, whatever its name is.
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%PDF")


def decoded(path: Path, data: bytes) -> str:
    """Return the text of a file in UTF-8, without byte order mark, with "\\n" after each line.

    Raises ContentError if it is anything else.
    """
    if data.startswith(_DOCUMENTS):
        raise ContentError(path, None, "is a document of a word processor; save it as plain text")
    if data.startswith(_OTHER_UNICODE):
        message = "is UTF-16, which Notepad calls “Unicode”, not UTF-8; save the file as UTF-8"
        raise ContentError(path, None, message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ContentError(path, line, message) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ContentError(path, line, "has a zero byte; save the file as text in UTF-8")
    return text
