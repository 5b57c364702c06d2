"""Sort words as a dictionary of a language does.

An article doesn't count, and a letter with a mark stands with the plain letter. Python's own order
would put "the service" under T and "éveil" after Z, and nearly all Arabic words under the letter
of their article. A language whose alphabet needs more than that gets a row here.
"""

from __future__ import annotations

import unicodedata

# Articles by language. One that is joined to its word, as in Arabic, has no space or hyphen.
_ARTICLES = {
    "en": ("the ", "a ", "an "),
    "ar": ("ال",),
    "es": ("el ", "la ", "los ", "las ", "un ", "una "),
    "fr": ("le ", "la ", "les ", "l’", "l'", "un ", "une "),
    "pt-BR": ("o ", "a ", "os ", "as ", "um ", "uma "),
}
# Letters that have a place of their own after another one. "~" comes after all plain letters.
_LETTERS = {"es": {"ñ": "n~"}}


def dictionary_order(text: str, tag: str) -> tuple[str, str]:
    """Return the key by which to sort a text of the language `tag`."""
    key = unicodedata.normalize("NFC", text).casefold()
    for letter, place in _LETTERS.get(tag, {}).items():
        key = key.replace(letter, place)
    letters = unicodedata.normalize("NFKD", key)
    key = "".join(letter for letter in letters if not unicodedata.combining(letter))
    article = next((each for each in _ARTICLES.get(tag, ()) if key.startswith(each)), "")
    return key.removeprefix(article), text
