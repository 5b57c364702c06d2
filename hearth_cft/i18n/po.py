"""Read gettext .po files, and report the line of any mistake.

Babel's reader doesn't report a missing closing quotation mark, and it turns `#|` lines into
comments. This reader raises PoError, with the line number, for any line that it can't read. The
format is defined in the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hearth_cft.i18n.catalogue import Catalogue, Key, Message, quoted

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*\Z')
ESCAPE = re.compile(r"\\(.)")
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?(?:\s+|\Z)")
MEANINGS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


class PoError(Exception):
    """A .po file can't be read. `line` counts from 1; `reason` says what is wrong there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def decode(data: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark. Raises PoError at the first invalid byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PoError(line, "this is not UTF-8; save the file as UTF-8") from None


def parse(text: str) -> Catalogue:
    """Parse the text of a .po or .pot file. Raises PoError at the first line that isn't valid."""
    catalogue = Catalogue()
    seen: dict[Key, int] = {}
    for entry in _entries(text):
        message = entry.message()
        if entry.obsolete:
            catalogue.obsolete[message.key] = message
            continue
        if message.key in seen:
            reason = f"the message {quoted(message.id)} is already on line {seen[message.key]}"
            raise PoError(message.line, f"{reason}; delete one of the two")
        seen[message.key] = message.line
        if message.key == (None, ""):
            catalogue.header = _header(message)
            catalogue.notes = message.notes
        else:
            catalogue.messages[message.key] = message
    if (None, "") not in seen:
        reason = 'there is no header, the msgid "" with Language, Plural-Forms and Content-Type'
        raise PoError(1, reason)
    return catalogue


@dataclass
class _Entry:
    """The lines of one message so far.

    `texts` holds the text of each keyword (msgid, msgstr[0] …); `previous` does the same for `#|`
    lines. `line` is the line of the msgid, `last_line` the last line that was read.
    """

    line: int = 0
    last_line: int = 0
    obsolete: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return any(name.startswith("msgstr") for name in self.texts)

    def message(self) -> Message:
        if "msgid" not in self.texts:
            raise PoError(self.last_line, "there is a text without its msgid")
        if not self.complete:
            raise PoError(self.last_line, f"{quoted(self.texts['msgid'])} has no msgstr after it")
        previous = self.previous
        return Message(
            id=self.texts["msgid"],
            plural=self.texts.get("msgid_plural"),
            context=self.texts.get("msgctxt"),
            forms=self._forms(),
            flags=frozenset(self.flags),
            notes=tuple(self.notes),
            comments=tuple(self.comments),
            places=tuple(self.places),
            previous=(previous.get("msgctxt"), previous["msgid"], previous.get("msgid_plural"))
            if "msgid" in previous
            else None,
            line=self.line,
        )

    def _forms(self) -> tuple[str, ...]:
        names = [name for name in self.texts if name.startswith("msgstr")]
        plural = "msgid_plural" in self.texts
        expected = [f"msgstr[{n}]" for n in range(len(names))] if plural else ["msgstr"]
        if names != expected:
            reason = "needs msgstr[0], msgstr[1] and so on" if plural else "needs one msgstr"
            raise PoError(self.last_line, f"{quoted(self.texts['msgid'])} {reason}")
        return tuple(self.texts[name] for name in names)


def _entries(text: str) -> Iterator[_Entry]:
    entry, open_text = _Entry(), None
    # splitlines() would also split at U+2028, which doesn't end a line of a .po file.
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].strip()
            line = f"#{line}" if line.startswith("|") else line
        if not line:
            open_text = None
            continue
        if line.startswith('"'):
            _append_text(entry, open_text, line, number)
            continue
        starts = line.startswith(("#", "msgctxt", "msgid")) and not line.startswith("msgid_plural")
        if starts and entry.complete:
            yield entry
            entry = _Entry()
        entry.last_line = number
        entry.obsolete = entry.obsolete or obsolete
        open_text = _add_line(entry, line, number)
    if entry.texts:
        yield entry


def _add_line(entry: _Entry, line: str, number: int) -> tuple[dict[str, str], str] | None:
    """Add a line to the entry.

    If the line opens a text, return the dictionary and the keyword of that text: the quoted lines
    that follow are appended to it.
    """
    kind, rest = line[:2], line[2:].strip()
    if kind == "#|":
        if rest.startswith('"'):
            name = next(reversed(entry.previous), "")
            _append_text(entry, (entry.previous, name) if name else None, rest, number)
            return None
        return _add_keyword(entry.previous, rest, number)
    if kind == "#.":
        entry.comments.append(rest)
    elif kind == "#:":
        entry.places += _split_places(rest)
    elif kind in ("#,", "#="):
        entry.flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
    elif line.startswith("#"):
        entry.notes.append(line[1:].strip())
    else:
        opened = _add_keyword(entry.texts, line, number)
        if opened[1] == "msgid":
            entry.line = number
        return opened
    return None


def _add_keyword(texts: dict[str, str], line: str, number: int) -> tuple[dict[str, str], str]:
    match = KEYWORD.match(line)
    if not match:
        reason = 'expected a comment or msgctxt, msgid, msgstr with its text in "quotation marks"'
        raise PoError(number, f"{reason}, found {quoted(line)}")
    name = match[1] if match[2] is None else f"{match[1]}[{int(match[2])}]"
    if name in texts:
        missing = "msgid" if name.startswith("msgstr") else "msgstr"
        raise PoError(number, f"a second {name} in the same message; is a {missing} missing above?")
    texts[name] = _unquoted(line[match.end() :], number)
    return texts, name


def _append_text(
    entry: _Entry, opened: tuple[dict[str, str], str] | None, line: str, number: int
) -> None:
    if opened is None:
        raise PoError(number, f"{quoted(line)} stands alone, without msgid or msgstr before it")
    texts, name = opened
    texts[name] += _unquoted(line, number)
    entry.last_line = number


def _unquoted(text: str, number: int) -> str:
    match = STRING.match(text)
    if not match:
        reason = 'the text must be between two " marks, with \\ before each " or \\ inside it'
        raise PoError(number, f"{reason}; found {quoted(text)}")

    def meaning(escape: re.Match[str]) -> str:
        if escape[1] not in MEANINGS:
            raise PoError(number, f"\\{escape[1]} has no meaning here; write \\\\ for one \\")
        return MEANINGS[escape[1]]

    return ESCAPE.sub(meaning, match[1])


def _split_places(text: str) -> list[str]:
    # GNU gettext puts file names that contain spaces between U+2068 and U+2069.
    names = re.findall("\u2068([^\u2069]*)\u2069|(\\S+)", text)
    return [re.sub(r":\d+\Z", "", isolated or plain) for isolated, plain in names]


def _header(message: Message) -> dict[str, str]:
    header = {}
    for line in message.forms[0].splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise PoError(message.line, f"the header line {quoted(line)} has no colon")
        header[name.strip()] = value.strip()
    return header
