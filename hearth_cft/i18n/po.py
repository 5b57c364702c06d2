"""Reads gettext .po files, strictly.

Babel's reader drops a closing quotation mark without a word and turns `#|` lines into comments;
this one names the line of whatever it can't read. The format is that of GNU gettext's manual,
"The Format of PO Files".
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
    """A .po file can't be read: `line` counts from 1, `reason` says what is wrong there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def decode(data: bytes) -> str:
    """UTF-8, with or without a byte order mark; raises PoError at the first other byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PoError(line, "this is not UTF-8; save the file as UTF-8") from None


def parse(text: str) -> Catalogue:
    """Read a whole .po or .pot file; raises PoError at the first line that is not right."""
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
    line: int = 0
    last: int = 0
    obsolete: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return any(name.startswith("msgstr") for name in self.texts)

    def message(self) -> Message:
        if "msgid" not in self.texts:
            raise PoError(self.last, "there is a text without its msgid")
        if not self.complete:
            raise PoError(self.last, f"{quoted(self.texts['msgid'])} has no msgstr after it")
        before = self.before
        return Message(
            id=self.texts["msgid"],
            plural=self.texts.get("msgid_plural"),
            context=self.texts.get("msgctxt"),
            forms=self._forms(),
            flags=frozenset(self.flags),
            notes=tuple(self.notes),
            comments=tuple(self.comments),
            places=tuple(self.places),
            previous=(before.get("msgctxt"), before["msgid"], before.get("msgid_plural"))
            if "msgid" in before
            else None,
            line=self.line,
        )

    def _forms(self) -> tuple[str, ...]:
        names = [name for name in self.texts if name.startswith("msgstr")]
        plural = "msgid_plural" in self.texts
        wanted = [f"msgstr[{n}]" for n in range(len(names))] if plural else ["msgstr"]
        if names != wanted:
            reason = "needs msgstr[0], msgstr[1] and so on" if plural else "needs one msgstr"
            raise PoError(self.last, f"{quoted(self.texts['msgid'])} {reason}")
        return tuple(self.texts[name] for name in names)


def _entries(text: str) -> Iterator[_Entry]:
    entry, open_text = _Entry(), None
    # Not splitlines(): a line separator U+2028 inside a text is no end of line.
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
            _continue(entry, open_text, line, number)
            continue
        starts = line.startswith(("#", "msgctxt", "msgid")) and not line.startswith("msgid_plural")
        if starts and entry.complete:
            yield entry
            entry = _Entry()
        entry.last = number
        entry.obsolete = entry.obsolete or obsolete
        open_text = _take(entry, line, number)
    if entry.texts:
        yield entry


def _take(entry: _Entry, line: str, number: int) -> tuple[dict[str, str], str] | None:
    """Put one line into the entry; gives the text that lines in quotation marks go on with."""
    kind, rest = line[:2], line[2:].strip()
    if kind == "#|":
        if rest.startswith('"'):
            name = next(reversed(entry.before), "")
            _continue(entry, (entry.before, name) if name else None, rest, number)
            return None
        return _keyword(entry.before, rest, number)
    if kind == "#.":
        entry.comments.append(rest)
    elif kind == "#:":
        entry.places += _places(rest)
    elif kind in ("#,", "#="):
        entry.flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
    elif line.startswith("#"):
        entry.notes.append(line[1:].strip())
    else:
        opened = _keyword(entry.texts, line, number)
        if opened[1] == "msgid":
            entry.line = number
        return opened
    return None


def _keyword(texts: dict[str, str], line: str, number: int) -> tuple[dict[str, str], str]:
    found = KEYWORD.match(line)
    if not found:
        reason = 'expected a comment or msgctxt, msgid, msgstr with its text in "quotation marks"'
        raise PoError(number, f"{reason}, found {quoted(line)}")
    name = found[1] if found[2] is None else f"{found[1]}[{int(found[2])}]"
    if name in texts:
        lost = "msgid" if name.startswith("msgstr") else "msgstr"
        raise PoError(number, f"a second {name} in the same message; is a {lost} missing above?")
    texts[name] = _unquoted(line[found.end() :], number)
    return texts, name


def _continue(
    entry: _Entry, opened: tuple[dict[str, str], str] | None, line: str, number: int
) -> None:
    if opened is None:
        raise PoError(number, f"{quoted(line)} stands alone, without msgid or msgstr before it")
    texts, name = opened
    texts[name] += _unquoted(line, number)
    entry.last = number


def _unquoted(text: str, number: int) -> str:
    found = STRING.match(text)
    if not found:
        reason = 'the text must stand between two " marks, with \\ before a " or \\ inside it'
        raise PoError(number, f"{reason}; found {quoted(text)}")

    def meaning(escape: re.Match[str]) -> str:
        if escape[1] not in MEANINGS:
            raise PoError(number, f"\\{escape[1]} has no meaning here; write \\\\ for one \\")
        return MEANINGS[escape[1]]

    return ESCAPE.sub(meaning, found[1])


def _places(text: str) -> list[str]:
    # GNU gettext puts names with spaces between the isolates U+2068 and U+2069.
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
