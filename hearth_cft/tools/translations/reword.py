"""Keep the translations of an English text that is reworded without a change of meaning."""

from __future__ import annotations

from dataclasses import replace

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.safety import placeholders


class RewordError(Exception):
    """The translations can't be kept. The message says why and what to do."""


def refuse_unless_reworded(templates: list[Catalogue], old: str, new: str) -> None:
    """Raise RewordError unless the sources contain `new` and it has the placeholders of `old`."""
    if placeholders(old) != placeholders(new):
        raise RewordError(
            "the two texts have different placeholders, so every translation needs a review: "
            "run 'hearth translations update' instead"
        )
    messages = [message for template in templates for message in template.messages.values()]
    if any(new in message.sources for message in messages):
        return
    places = sorted(
        {place for message in messages if old in message.sources for place in message.places}
    )
    where = f"the old text is in {', '.join(places)}" if places else "none has the old text either"
    raise RewordError(f"no source has the new text; change the source first ({where})")


def reworded(
    catalogue: Catalogue, template: Catalogue, old: str, new: str
) -> tuple[Catalogue, int]:
    """Move the translations of `old` to `new`. Return the new catalogue and the number moved.

    It works before an update, when the catalogue has only `old`, and after an update, when the
    catalogue has `new` as fuzzy or untranslated. `template` is made from the current sources. A
    context in which the sources still have `old` doesn't change.
    """
    result = Catalogue(catalogue.header, catalogue.notes, dict(catalogue.messages))
    result.obsolete = dict(catalogue.obsolete)
    count = 0
    for wanted in template.messages.values():
        former = _former(wanted, old, new)
        if former is None or (former.key in template.messages and former.key != wanted.key):
            continue
        message = _moved(result, wanted, former)
        if message is not None:
            result.messages[message.key] = message
            count += 1
    return result, count


def _former(message: Message, old: str, new: str) -> Message | None:
    """Return the message as it was before `old` became `new`, or None if it doesn't use `new`."""
    if new not in message.sources:
        return None
    plural = old if message.plural == new else message.plural
    return replace(message, id=old if message.id == new else message.id, plural=plural)


def _moved(catalogue: Catalogue, wanted: Message, former: Message) -> Message | None:
    """Return `wanted` with the translation of `former`, or None if there is nothing to move.

    Remove `former` from the catalogue if its key has changed.
    """
    existing = catalogue.messages.get(wanted.key)
    if existing and existing.previous == (former.context, former.id, former.plural):
        return existing.confirmed()
    if existing and any(existing.forms) and wanted.key != former.key:
        return None
    old = catalogue.messages.get(former.key) or catalogue.obsolete.get(former.key)
    if old is None or not any(old.forms) or old.plural != former.plural:
        return None
    if former.key != wanted.key:
        catalogue.messages.pop(former.key, None)
        catalogue.obsolete.pop(former.key, None)
    return replace(old, id=wanted.id, plural=wanted.plural)
