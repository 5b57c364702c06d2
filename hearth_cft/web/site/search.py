"""Build search.json: what the search can find, for MiniSearch, and the words of people in danger.

The index has the format of MiniSearch 7.2 (`toJSON`, `loadJS`, serializationVersion 2). The server
builds it because a phone would need every text to build it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from hearth_cft.config import Config
from hearth_cft.i18n.fallback import CLOSE, MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.models import Field, Recording, Worksheet
from hearth_cft.library.script import phrases_of
from hearth_cft.web.site.crisis_words import crisis_words, untranslated
from hearth_cft.web.site.localized import Article, LocalizedLibrary
from hearth_cft.web.site.programme import lengths, reading_time, writing_time
from hearth_cft.web.site.search_places import places
from hearth_cft.web.site.search_synonyms import synonyms
from hearth_cft.web.site.search_words import words

FIELDS = ("title", "summary", "text", "synonyms")
TEXT = FIELDS.index("text")
# A word in more than this share of the texts doesn't help to tell them apart.
COMMON = 0.6


@dataclass(frozen=True)
class Document:
    """A page, recording or worksheet that the search can find.

    `id` is its address below the language. The results show `title`, `summary` and `small`. The
    search looks in `title`, `summary`, `text` and `synonyms`.
    """

    id: str
    title: str
    summary: str
    small: str
    text: str = ""
    synonyms: str = ""

    @property
    def searched(self) -> list[list[str]]:
        """Return the words of each field."""
        texts = (self.title, self.summary, self.text, self.synonyms)
        return [words(text.translate(MARKERS)) for text in texts]

    @property
    def stored(self) -> dict[str, str]:
        shown = {"title": self.title, "summary": self.summary, "small": self.small}
        plain = {name: text.translate(MARKERS) for name, text in shown.items()}
        return {**plain, "lang": SOURCE} if OPEN in self.title + self.summary else plain


def search_index(
    config: Config,
    library: LocalizedLibrary,
    translations: Translations,
    headings: Mapping[str, str],
) -> dict[str, Any]:
    """Return the document: the index, the common words that it leaves out, and the crisis words.

    `headings` has the heading of each page, by its address below the language.
    """
    documents = [
        *(_page(article, translations) for article in library.articles),
        *(_recording(recording, translations) for recording in library.recordings),
        *(_worksheet(sheet, translations) for sheet in library.worksheets),
    ]
    own, english = synonyms(translations.pgettext), synonyms(untranslated)
    documents = [
        *(
            replace(document, synonyms=both(own[document.id], english[document.id]))
            if document.id in own
            else document
            for document in documents
        ),
        *_places(headings, library, translations),
    ]
    document_words = [document.searched for document in documents]
    common = common_words(fields[TEXT] for fields in document_words if fields[TEXT])
    for fields in document_words:
        fields[TEXT] = [word for word in fields[TEXT] if word not in common]
    index = serialized(
        [document.id for document in documents],
        [document.stored for document in documents],
        document_words,
    )
    crisis = crisis_words(config, translations)
    return {"index": index, "common": sorted(common), "crisis": crisis}


def first_heading(html: bytes) -> str:
    """Return the text of a page's first level-one heading, marked if it's English in its place."""
    found = re.search(rb"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    if not found:
        return ""
    inner = found[1].decode()
    text = Markup(inner).striptags()  # noqa: S704
    return f"{OPEN}{text}{CLOSE}" if f'<span lang="{SOURCE}"' in inner else text


def both(own: str, english: str) -> str:
    """Return a list of words in the reader's language, and in English if that is another one."""
    return ", ".join(dict.fromkeys((own.translate(MARKERS), english)))


def common_words(texts: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words that are in more than the share `COMMON` of the texts."""
    word_sets = [set(words) for words in texts]
    times = Counter(word for words in word_sets for word in words)
    # With three texts or fewer, no word is common.
    limit = max(3, COMMON * len(word_sets))
    return frozenset(word for word, count in times.items() if count > limit)


def serialized(
    ids: Sequence[str],
    stored: Sequence[Mapping[str, str]],
    documents: Sequence[Sequence[Sequence[str]]],
) -> dict[str, Any]:
    """Return the index that MiniSearch would write for documents with these words.

    Each document is a list of fields, and each field is a list of words.
    """
    postings: dict[str, dict[str, dict[str, int]]] = {}
    for number, fields in enumerate(documents):
        for field, field_words in enumerate(fields):
            for word, times in Counter(field_words).items():
                postings.setdefault(word, {}).setdefault(str(field), {})[str(number)] = times
    sizes = [[len(set(field_words)) for field_words in fields] for fields in documents]
    return {
        "documentCount": len(ids),
        "nextId": len(ids),
        "documentIds": {str(number): id_ for number, id_ in enumerate(ids)},
        "fieldIds": {name: number for number, name in enumerate(FIELDS)},
        "fieldLength": {str(number): counts for number, counts in enumerate(sizes)},
        "averageFieldLength": _averages(sizes),
        "storedFields": {str(number): values for number, values in enumerate(stored)},
        "dirtCount": 0,
        # Sorted words compress best, because words that begin alike are neighbours.
        "index": [[word, postings[word]] for word in sorted(postings)],
        "serializationVersion": 2,
    }


def _averages(sizes: Sequence[Sequence[int]]) -> list[float]:
    # Three decimal places are precise enough, and short.
    return [round(sum(counts) / len(sizes), 3) for counts in zip(*sizes, strict=True)]


def _places(
    headings: Mapping[str, str], library: LocalizedLibrary, translations: Translations
) -> Iterator[Document]:
    """Yield the app's own pages, such as Help and the settings."""
    # Each word of the glossary leads to the page that explains it.
    texts = {"words": " ".join(term.term for term in library.glossary)}
    english = places(untranslated)
    for path, (summary, other_words) in places(translations.pgettext).items():
        yield Document(
            id=path,
            title=headings[path],
            summary=summary,
            small="",
            text=texts.get(path, ""),
            synonyms=both(other_words, english[path][1]),
        )


def _page(article: Article, translations: Translations) -> Document:
    page = article.page
    return Document(
        id=f"learn/{page.slug}",
        title=page.title,
        summary=page.summary,
        small=reading_time(article.minutes, translations),
        # A tag ends a word: "<li>one</li><li>two</li>" must not become "onetwo".
        text=Markup(article.html.replace(">", "> ")).striptags(),  # noqa: S704
    )


def _recording(recording: Recording, translations: Translations) -> Document:
    spoken = (phrase.text for script in recording.scripts.values() for phrase in phrases_of(script))
    return Document(
        id=f"recordings/{recording.slug}",
        title=recording.title,
        summary=recording.summary,
        small=lengths(recording, translations),
        text=" ".join(spoken),
    )


def _worksheet(sheet: Worksheet, translations: Translations) -> Document:
    texts = (
        text
        for section in sheet.sections
        for text in (section.title, section.intro, *_field_texts(section.fields))
    )
    return Document(
        id=f"worksheets/{sheet.slug}",
        title=sheet.title,
        summary=sheet.summary,
        small=writing_time(sheet.minutes, translations),
        text=" ".join(texts),
    )


def _field_texts(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield from (
            field.label,
            field.hint,
            field.guidance,
            *(option.label for option in field.options),
        )
        yield from _field_texts(field.fields)
