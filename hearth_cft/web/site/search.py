"""search.json: an index of a language's pages, recordings and worksheets for MiniSearch.

The format is what MiniSearch 7.2 writes and reads (`toJSON`, `loadJS`, serializationVersion 2). It
is made here because a phone would need every text to make it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.loader import Field, Recording, Worksheet
from hearth_cft.library.script import phrases_of
from hearth_cft.web.site.localized import Article, LocalizedLibrary
from hearth_cft.web.site.programme import lengths, reading_time, writing_time
from hearth_cft.web.site.search_words import words

FIELDS = ("title", "summary", "text")
TEXT = FIELDS.index("text")
# A word that stands in more of the texts than this tells none of them from another.
COMMON = 0.6


@dataclass(frozen=True)
class Document:
    """What can be found: its address below the language, what is shown of it, what is searched."""

    id: str
    title: str
    summary: str
    small: str
    text: str

    @property
    def stored(self) -> dict[str, str]:
        shown = {"title": self.title, "summary": self.summary, "small": self.small}
        said = {name: text.translate(MARKERS) for name, text in shown.items()}
        return {**said, "lang": SOURCE} if OPEN in self.title + self.summary else said


def search_index(library: LocalizedLibrary, translations: Translations) -> dict[str, Any]:
    """Give the document: the index, and the words that it leaves out."""
    documents = [
        *(_page(each, translations) for each in library.articles),
        *(_recording(each, translations) for each in library.recordings),
        *(_worksheet(each, translations) for each in library.worksheets),
    ]
    found = [
        [words(text.translate(MARKERS)) for text in (each.title, each.summary, each.text)]
        for each in documents
    ]
    common = common_words(fields[TEXT] for fields in found)
    for fields in found:
        fields[TEXT] = [word for word in fields[TEXT] if word not in common]
    index = serialized([each.id for each in documents], [each.stored for each in documents], found)
    return {"index": index, "common": sorted(common)}


def common_words(translations: Iterable[Sequence[str]]) -> frozenset[str]:
    each = [set(words) for words in translations]
    times = Counter(word for words in each for word in words)
    # Among two or three texts no word is common.
    least = max(3, COMMON * len(each))
    return frozenset(word for word, count in times.items() if count > least)


def serialized(
    ids: Sequence[str],
    stored: Sequence[Mapping[str, str]],
    documents: Sequence[Sequence[Sequence[str]]],
) -> dict[str, Any]:
    """What MiniSearch makes of documents whose fields are these words."""
    postings: dict[str, dict[str, dict[str, int]]] = {}
    for number, fields in enumerate(documents):
        for field, found in enumerate(fields):
            for word, times in Counter(found).items():
                postings.setdefault(word, {}).setdefault(str(field), {})[str(number)] = times
    sizes = [[len(set(found)) for found in fields] for fields in documents]
    return {
        "documentCount": len(ids),
        "nextId": len(ids),
        "documentIds": {str(number): each for number, each in enumerate(ids)},
        "fieldIds": {name: number for number, name in enumerate(FIELDS)},
        "fieldLength": {str(number): each for number, each in enumerate(sizes)},
        "averageFieldLength": _averages(sizes),
        "storedFields": {str(number): each for number, each in enumerate(stored)},
        "dirtCount": 0,
        # Beside each other, words that begin alike compress best.
        "index": [[word, postings[word]] for word in sorted(postings)],
        "serializationVersion": 2,
    }


def _averages(sizes: Sequence[Sequence[int]]) -> list[float]:
    # Three places tell apart all that matters, and are short.
    return [round(sum(each) / len(sizes), 3) for each in zip(*sizes, strict=True)]


def _page(article: Article, translations: Translations) -> Document:
    page = article.page
    return Document(
        id=f"learn/{page.slug}",
        title=page.title,
        summary=page.summary,
        small=reading_time(article.minutes, translations),
        # Tags end words: "<li>one</li><li>two</li>" is not "onetwo".
        text=Markup(article.html.replace(">", "> ")).striptags(),  # noqa: S704
    )


def _recording(recording: Recording, translations: Translations) -> Document:
    said = (phrase.text for each in recording.scripts.values() for phrase in phrases_of(each))
    return Document(
        id=f"recordings/{recording.slug}",
        title=recording.title,
        summary=recording.summary,
        small=lengths(recording, translations),
        text=" ".join(said),
    )


def _worksheet(sheet: Worksheet, translations: Translations) -> Document:
    asked = (
        text
        for section in sheet.sections
        for text in (section.title, section.intro, *_asked(section.fields))
    )
    return Document(
        id=f"worksheets/{sheet.slug}",
        title=sheet.title,
        summary=sheet.summary,
        small=writing_time(sheet.minutes, translations),
        text=" ".join(asked),
    )


def _asked(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield from (
            field.label,
            field.hint,
            field.guidance,
            *(each.label for each in field.options),
        )
        yield from _asked(field.fields)
