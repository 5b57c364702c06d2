"""Bring catalogues up to date with their template, and keep every translation that was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from babel import Locale

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.plurals import categories, header_mistake, make_header
from hearth_cft.tools.translations.extract import HEADER

# How alike an old and a new text must be for the old translation to be offered: GNU's and
# Babel's figure too.
ALIKE = 0.6
# Fields that change on every save and so make every diff loud.
LOUD = ("POT-Creation-Date", "X-Generator", "Generated-By")


def updated(old: Catalogue, template: Catalogue, tag: str) -> Catalogue:
    """The catalogue of `tag` with the template's texts, in the template's order.

    A changed English text keeps its translation as fuzzy, with the old English beside it; a
    text that is gone keeps it among the obsolete ones, and gets it back if it returns.
    """
    count = len(categories(tag))
    gone = {
        key: message
        for key, message in {**old.obsolete, **old.messages}.items()
        if key not in template.messages and any(message.forms)
    }
    new = Catalogue(header=_header(old, tag), notes=old.notes or _notes(template, tag))
    for key, message in template.messages.items():
        known = old.messages.get(key) or old.obsolete.get(key)
        similar = None if known else _most_similar(message, gone.values(), old.messages.values())
        new.messages[key] = _filled(message, known or similar, count)
        if similar:
            gone.pop(similar.key, None)
    new.obsolete = {key: replace(message, comments=(), places=()) for key, message in gone.items()}
    return new


def _filled(wanted: Message, known: Message | None, count: int) -> Message:
    """`wanted` with the translation of `known`, in doubt where their English differs."""
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
    wanted: Message, gone: Iterable[Message], others: Iterable[Message]
) -> Message | None:
    """A translated text like `wanted`: one that is gone, or the same words in another context."""
    best, most = None, ALIKE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted.id)
    for candidate in gone:
        matcher.set_seq1(candidate.id)
        nearer = 0.1 if candidate.context == wanted.context else 0.0
        if matcher.real_quick_ratio() + nearer < most or matcher.quick_ratio() + nearer < most:
            continue
        likeness = matcher.ratio() + nearer
        if matcher.ratio() >= ALIKE and likeness > most:
            best, most = candidate, likeness
    if best is None:
        best = next((each for each in others if each.id == wanted.id and each.translated), None)
    return best


def _notes(template: Catalogue, tag: str) -> tuple[str, ...]:
    name = Locale.parse(tag, sep="-").english_name
    return (f"{name} translation of Hearth.", *template.notes)


def _header(old: Catalogue, tag: str) -> dict[str, str]:
    """What editors ask for, without dates of ours; a translator's own fields are kept."""
    language = Locale.parse(tag, sep="-")
    plural = old.header.get("Plural-Forms", "")
    if header_mistake(plural, tag, categories(tag)):
        plural = make_header(tag)
    theirs = {name: value for name, value in old.header.items() if name not in LOUD}
    ours = {
        "Project-Id-Version": HEADER["Project-Id-Version"],
        "Language-Team": theirs.get("Language-Team") or str(language.english_name),
        "Language": str(language),
        "Plural-Forms": plural,
    }
    technical = {name: value for name, value in HEADER.items() if value}
    return {**HEADER, **theirs, **technical, **ours}
