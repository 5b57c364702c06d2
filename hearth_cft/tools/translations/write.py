"""Write gettext .po files in a form that gives small diffs.

Texts aren't wrapped, so a changed paragraph is one changed line, whichever program saved the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.po import MEANINGS

SIGNS = {meaning: sign for sign, meaning in MEANINGS.items()}


def write(path: Path, catalogue: Catalogue) -> bool:
    """Write a .po or .pot file. Return False if the file already has these contents.

    The new file replaces the old one in one step, never in part.
    """
    text = render(catalogue)
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_bytes(text.encode())
    temporary.replace(path)
    return True


def render(catalogue: Catalogue) -> str:
    """Return the text of a .po file. The same catalogue always gives the same text."""
    header = "".join(f"{name}: {value}\n" for name, value in catalogue.header.items())
    blocks = [_block(Message("", forms=(header,), notes=catalogue.notes))]
    blocks += [_block(message) for message in catalogue.messages.values()]
    obsolete = sorted(catalogue.obsolete.values(), key=lambda item: (item.context or "", item.id))
    blocks += [_block(message, "#~ ") for message in obsolete]
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
    escaped = re.sub(r'[\\"\n\t\r]', lambda match: f"\\{SIGNS[match[0]]}", text)
    return f'"{escaped}"'


def _place(place: str) -> str:
    return f"\u2068{place}\u2069" if " " in place else place
