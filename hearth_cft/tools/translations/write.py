"""Writes gettext .po files so that diffs stay quiet.

Texts aren't wrapped: a changed paragraph is one changed line, whichever program saved it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.po import MEANINGS

SIGNS = {meaning: sign for sign, meaning in MEANINGS.items()}


def write(path: Path, catalogue: Catalogue) -> bool:
    """Write a .po or .pot file, whole or not at all; False if it says that already."""
    text = render(catalogue)
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(text.encode())
    new.replace(path)
    return True


def render(catalogue: Catalogue) -> str:
    """The text of a .po file; the same catalogue always gives the same bytes."""
    header = "".join(f"{name}: {value}\n" for name, value in catalogue.header.items())
    blocks = [_block(Message("", forms=(header,), notes=catalogue.notes))]
    blocks += [_block(message) for message in catalogue.messages.values()]
    gone = sorted(catalogue.obsolete.values(), key=lambda item: (item.context or "", item.id))
    blocks += [_block(message, "#~ ") for message in gone]
    return "\n".join(blocks)


def _block(message: Message, prefix: str = "") -> str:
    lines = [f"# {note}".rstrip() for note in message.notes]
    if not prefix:
        lines += [f"#. {comment}".rstrip() for comment in message.comments]
        lines += [f"#: {_place(place)}" for place in message.places]
    if message.flags:
        lines.append(f"#, {', '.join(sorted(message.flags))}")
    if message.previous:
        context, id_, plural = message.previous
        marker = "#~| " if prefix else "#| "
        lines += _texts({"msgctxt": context, "msgid": id_, "msgid_plural": plural}, marker)
    texts = {"msgctxt": message.context, "msgid": message.id, "msgid_plural": message.plural}
    counted = message.plural is not None
    forms = {f"msgstr[{n}]" if counted else "msgstr": f for n, f in enumerate(message.forms)}
    return "\n".join([*lines, *_texts({**texts, **forms}, prefix)]) + "\n"


def _texts(texts: Mapping[str, str | None], prefix: str) -> Iterator[str]:
    for name, text in texts.items():
        if text is None:
            continue
        parts = re.findall(r"[^\n]*\n|[^\n]+", text)
        if len(parts) < 2:
            yield f"{prefix}{name} {_escaped(text)}"
            continue
        yield f'{prefix}{name} ""'
        yield from (f"{prefix}{_escaped(part)}" for part in parts)


def _escaped(text: str) -> str:
    escaped = re.sub(r'[\\"\n\t\r]', lambda found: f"\\{SIGNS[found[0]]}", text)
    return f'"{escaped}"'


def _place(place: str) -> str:
    return f"\u2068{place}\u2069" if " " in place else place
