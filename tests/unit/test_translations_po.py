"""The reader and writer of .po files."""

from __future__ import annotations

import io
from dataclasses import replace

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.po import PoError, decode, parse
from hearth_cft.tools.translations.write import render

HEADER = 'msgid ""\nmsgstr "Language: ar\\n"\n\n'

# No surrogates, because UTF-8 can't encode them.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
# Places and notes without white space, because programs trim it at both ends.
words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="#:,.|~=⁨⁩"), min_size=1)
notes = st.lists(words, max_size=2).map(tuple)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    plural = draw(st.none() | texts)
    forms = draw(texts.map(lambda form: (form,)) if plural is None else st.tuples(texts, texts))
    return Message(
        id=draw(texts.filter(bool)),
        plural=plural,
        context=draw(st.none() | texts),
        forms=forms,
        flags=draw(st.sampled_from([frozenset(), frozenset({"fuzzy", "python-format"})])),
        notes=draw(notes),
        comments=draw(notes),
        places=draw(notes),
        previous=draw(st.none() | st.tuples(st.none() | texts, texts, st.none() | texts)),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    current = {message.key: message for message in draw(st.lists(messages(), max_size=4))}
    obsolete = {
        message.key: replace(message, comments=(), places=())
        for message in draw(st.lists(messages(), max_size=2))
    }
    return Catalogue({"Language": "ar"}, ("A note",), current, obsolete)


@given(catalogues())
def test_a_catalogue_is_read_back_as_it_was_written(catalogue: Catalogue) -> None:
    assert parse(render(catalogue)) == catalogue


@given(st.lists(st.tuples(texts.filter(str.strip), texts), max_size=4))
def test_polib_and_babel_read_what_is_written(pairs: list[tuple[str, str]]) -> None:
    # Both libraries split a file at every Unicode line separator. gettext doesn't.
    clean = {" ".join(text.split()): " ".join(form.split()) for text, form in pairs}
    clean = {
        text: form for text, form in clean.items() if text.isprintable() and form.isprintable()
    }
    catalogue = Catalogue({"Content-Type": "text/plain; charset=UTF-8"})
    catalogue.messages = {(None, text): Message(text, forms=(clean[text],)) for text in clean}

    written = render(catalogue)

    assert {entry.msgid: entry.msgstr for entry in polib.pofile(written)} == clean
    by_babel = read_po(io.BytesIO(written.encode()), abort_invalid=True)
    assert {message.id: message.string for message in by_babel if message.id} == clean


@pytest.mark.parametrize(
    ("line", "text", "reason"),
    [
        (4, HEADER + 'msgid "a\nmsgstr "b"\n', "between two"),
        (5, HEADER + 'msgid "a"\nmsgstr "b" c"\n', "between two"),
        (4, HEADER + 'msgid "a\\q"\nmsgstr "b"\n', "has no meaning"),
        (4, HEADER + 'nonsense "a"\n', "expected a comment"),
        (4, HEADER + '<<<<<<< ours\nmsgid "a"\nmsgstr ""\n', "expected a comment"),
        (4, HEADER + '"alone"\n', "stands alone"),
        (4, HEADER + 'msgid "a"\n', "no msgstr"),
        (5, HEADER + 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', "a second msgid"),
        (4, HEADER + 'msgstr "c"\n', "is a msgid missing"),
        (5, HEADER + '# note\nmsgstr "c"\n', "without its msgid"),
        (6, HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', "msgstr\\[0\\]"),
        (
            7,
            HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n',
            "msgstr\\[1\\]",
        ),
        (7, HEADER + 'msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', "already on line 4"),
        (1, 'msgid "a"\nmsgstr "b"\n', "no header"),
        (1, 'msgid ""\nmsgstr "Language ar\\n"\n', "no colon"),
    ],
)
def test_a_line_that_is_not_right_is_named(line: int, text: str, reason: str) -> None:
    with pytest.raises(PoError, match=reason) as caught:
        parse(text)

    assert caught.value.line == line


def test_a_file_that_is_not_utf_8_is_named_with_its_line() -> None:
    with pytest.raises(PoError, match="UTF-8") as caught:
        decode(HEADER.encode() + 'msgid "é"\n'.encode("latin-1"))

    assert caught.value.line == 4


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    data = b"\xef\xbb\xbf" + (HEADER + 'msgid "a"\nmsgstr "b"\n').replace("\n", "\r\n").encode()

    assert parse(decode(data)).messages[None, "a"].forms == ("b",)


def test_places_are_read_without_their_line_numbers() -> None:
    text = (
        HEADER
        + '#: app/a.html:12 app/b.html\n#: \u2068app/c d.html:3\u2069\nmsgid "a"\nmsgstr ""\n'
    )

    assert parse(text).messages[None, "a"].places == ("app/a.html", "app/b.html", "app/c d.html")


def test_the_old_english_of_a_fuzzy_text_survives_being_saved() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"X-Team: none\\n"\n\n'
        '#, fuzzy\n#| msgctxt "c"\n#| msgid "old"\nmsgctxt "c"\nmsgid "new"\nmsgstr "x"\n\n'
        '#~ msgid "gone"\n#~ msgstr "y"\n'
    )

    assert render(parse(text)) == text
