"""Carry translations along when an English text is reworded without a change of meaning."""

from __future__ import annotations

from dataclasses import replace

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.safety import placeholders


class RewordError(Exception):
    """The translations can't be carried along; the message says why and what to do."""


def refuse_unless_reworded(templates: list[Catalogue], old: str, new: str) -> None:
    """Raise RewordError unless the sources say `new` now, with the placeholders of `old`."""
    if placeholders(old) != placeholders(new):
        raise RewordError(
            "the two texts have different placeholders, so every translation must be looked at: "
            "run 'hearth translations update' instead"
        )
    messages = [message for each in templates for message in each.messages.values()]
    if any(new in message.sources for message in messages):
        return
    places = sorted({place for each in messages if old in each.sources for place in each.places})
    where = f"the old text is in {', '.join(places)}" if places else "nor does any say the old one"
    raise RewordError(f"no source says the new text; change it there first ({where})")


def reworded(
    catalogue: Catalogue, template: Catalogue, old: str, new: str
) -> tuple[Catalogue, int]:
    """`catalogue` with the translations of `old` under `new`, and how many came along.

    It works before an update, when the catalogue has only `old`, and after one, when it has
    `new` in doubt or untranslated. `template` is as the sources are now; a context in which they
    still say `old` is left alone.
    """
    made = Catalogue(catalogue.header, catalogue.notes, dict(catalogue.messages))
    made.obsolete = dict(catalogue.obsolete)
    carried = 0
    for wanted in template.messages.values():
        former = _former(wanted, old, new)
        if former is None or (former.key in template.messages and former.key != wanted.key):
            continue
        message = _carried(made, wanted, former)
        if message is not None:
            made.messages[message.key] = message
            carried += 1
    return made, carried


def _former(message: Message, old: str, new: str) -> Message | None:
    """The message as it was called while `new` was still `old`."""
    if new not in message.sources:
        return None
    plural = old if message.plural == new else message.plural
    return replace(message, id=old if message.id == new else message.id, plural=plural)


def _carried(made: Catalogue, wanted: Message, former: Message) -> Message | None:
    """The translation that `former` had, under its new name; None if there is none to carry."""
    present = made.messages.get(wanted.key)
    if present and present.previous == (former.context, former.id, former.plural):
        return present.confirmed()
    if present and any(present.forms) and wanted.key != former.key:
        return None
    known = made.messages.get(former.key) or made.obsolete.get(former.key)
    if known is None or not any(known.forms) or known.plural != former.plural:
        return None
    if former.key != wanted.key:
        made.messages.pop(former.key, None)
        made.obsolete.pop(former.key, None)
    return replace(known, id=wanted.id, plural=wanted.plural)
