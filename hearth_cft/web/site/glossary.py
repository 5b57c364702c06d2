"""Translate the glossary into the reader's language, in the order of its dictionary."""

from __future__ import annotations

import re
from dataclasses import replace

from hearth_cft.i18n.alphabet import dictionary_order
from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.markdown import fill
from hearth_cft.library.messages import forms_message, translate_term
from hearth_cft.library.models import Library, Term

# What stands between the forms in a translation, in any script.
COMMAS = re.compile(r"\s*[,،、]\s*")


def localized_glossary(library: Library, translations: Translations) -> tuple[Term, ...]:
    """Return the words in the reader's language. English ones come last in another language."""
    terms = [_localized(term, translations) for term in library.glossary]
    return tuple(sorted(terms, key=lambda term: _order(term, translations.locale.tag)))


def _localized(term: Term, translations: Translations) -> Term:
    translated = translate_term(term, translations.content)
    return replace(translated, forms=_forms(term, translations))


def _forms(term: Term, translations: Translations) -> tuple[str, ...]:
    """Return the forms in the reader's language, none if they aren't translated."""
    context, english = forms_message(term)
    found = translations.look_up(context, english)
    if not found.translated:
        return ()
    # An English form may have a comma in it.
    forms = term.forms if found.text == english else COMMAS.split(found.text.strip())
    return tuple(fill(form, translations.values) for form in forms if form)


def _order(term: Term, tag: str) -> tuple[bool, tuple[str, str]]:
    is_english = OPEN in term.term
    word = term.term.translate(MARKERS)
    return is_english, dictionary_order(word, SOURCE if is_english else tag)
