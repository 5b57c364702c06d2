"""Bring a catalogue up to date with its template, without losing a translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from babel import Locale

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.plurals import categories, header_mistake, make_header
from hearth_cft.tools.translations.extract import HEADER

# The least similarity (0 to 1) of an old and a new text for which the new text gets the old
# translation as fuzzy. GNU gettext and Babel use the same value.
ALIKE = 0.6
# Header fields that change on every save. They would add noise to every diff.
LOUD = ("POT-Creation-Date", "X-Generator", "Generated-By")


def updated(old: Catalogue, template: Catalogue, tag: str) -> Catalogue:
    """Return the catalogue of `tag` with the template's texts, in the template's order.

    If an English text has changed, its translation becomes fuzzy and keeps the old English as
    `previous`. If a text has been removed, its translation becomes obsolete; it is used again if
    the text returns.
    """
    count = len(categories(tag))
    removed = {
        key: message
        for key, message in {**old.obsolete, **old.messages}.items()
        if key not in template.messages and any(message.forms)
    }
    new = Catalogue(header=_header(old, tag), notes=old.notes or _notes(template, tag))
    for key, message in template.messages.items():
        known = old.messages.get(key) or old.obsolete.get(key)
        similar = None if known else _most_similar(message, removed.values(), old.messages.values())
        new.messages[key] = _filled(message, known or similar, count)
        if similar:
            removed.pop(similar.key, None)
    new.obsolete = {
        key: replace(message, comments=(), places=()) for key, message in removed.items()
    }
    return new


def _filled(wanted: Message, known: Message | None, count: int) -> Message:
    """Return `wanted` with the translation of `known`, as fuzzy if the English differs."""
    forms = ("",) * (1 if wanted.plural is None else count)
    if known is None or not any(known.forms):
        notes = () if known is None else known.notes
        return replace(wanted, forms=forms, notes=notes)
    kept = (known.forms + forms)[: len(forms)]
    same = known.key == wanted.key and known.plural == wanted.plural and kept == known.forms
    flags, previous = wanted.flags, known.previous
    if known.fuzzy or not same:
        flags |= {"fuzzy"}
    if not same and not known.fuzzy:
        previous = (known.context, known.id, known.plural)
    return replace(wanted, forms=kept, flags=flags, notes=known.notes, previous=previous)


def _most_similar(
    wanted: Message, removed: Iterable[Message], others: Iterable[Message]
) -> Message | None:
    """Return the removed message most similar to `wanted`.

    If none is similar enough, return a translated message with the same id in another context.
    """
    best, best_score = None, ALIKE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted.id)
    for candidate in removed:
        matcher.set_seq1(candidate.id)
        bonus = 0.1 if candidate.context == wanted.context else 0.0
        if (
            matcher.real_quick_ratio() + bonus < best_score
            or matcher.quick_ratio() + bonus < best_score
        ):
            continue
        score = matcher.ratio() + bonus
        if matcher.ratio() >= ALIKE and score > best_score:
            best, best_score = candidate, score
    if best is None:
        best = next((other for other in others if other.id == wanted.id and other.translated), None)
    return best


def _notes(template: Catalogue, tag: str) -> tuple[str, ...]:
    name = Locale.parse(tag, sep="-").english_name
    return (f"{name} translation of Hearth.", *template.notes)


def _header(old: Catalogue, tag: str) -> dict[str, str]:
    """Return the header fields that translators' editors expect.

    Keep the fields that a translator has filled in. Leave out the fields in LOUD.
    """
    language = Locale.parse(tag, sep="-")
    plural = old.header.get("Plural-Forms", "")
    if header_mistake(plural, tag, categories(tag)):
        plural = make_header(tag)
    kept = {name: value for name, value in old.header.items() if name not in LOUD}
    computed = {
        "Project-Id-Version": HEADER["Project-Id-Version"],
        "Language-Team": kept.get("Language-Team") or str(language.english_name),
        "Language": str(language),
        "Plural-Forms": plural,
    }
    constant = {name: value for name, value in HEADER.items() if value}
    return {**HEADER, **kept, **constant, **computed}
