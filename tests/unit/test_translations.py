"""The choice of language, and what is shown if a translation is missing."""

from __future__ import annotations

from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest

from hearth_cft.i18n.fallback import CLOSE, OPEN, mark_language
from hearth_cft.i18n.locales import Locale, LocaleError, accepted, load_locales, negotiate
from hearth_cft.i18n.translations import Translations, load_translations

ARABIC = Locale("ar", "العربية", ("zero", "one", "two", "few", "many", "other"), "rtl")
ENGLISH = Locale("en", "English", ("one", "other"))
ROW = b'[[locales]]\ntag = "cy"\nname = "Cymraeg"\n'
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ar\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : \
n%100>=11 ? 4 : 5);\\n"

msgid "Save"
msgstr "حفظ"

msgid "Saved %(time)s"
msgstr "حُفظ %(time)s"
"""


def own_texts(folder: Path, text: str = PO):  # type: ignore[no-untyped-def]
    file = folder / "ar" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return load_translations(ARABIC, folder / "none", folder, {})


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["ar"], "ar"),
        (["fr", "ar-EG"], "ar"),
        (["PT-br"], "pt-BR"),
        (["xx"], "en"),
        ([], "en"),
        (["", "../../etc"], "en"),
    ],
)
def test_the_first_wanted_language_that_is_offered_is_chosen(
    wanted: list[str], chosen: str
) -> None:
    assert negotiate(wanted, ["en", "ar", "pt-BR"], "en") == chosen


def test_an_accept_language_header_is_ranked_by_weight() -> None:
    assert accepted("en;q=0.5, ar, fr;q=0.8, *;q=0.1, de;q=0, xx;q=bad") == ["ar", "fr", "en"]
    assert accepted("en;Q=0.5, ar") == ["ar", "en"]


def test_cldr_is_asked_once_for_a_locale() -> None:
    locale = replace(ARABIC)

    assert locale.cldr is locale.cldr


def test_english_loads_without_a_catalogue(tmp_path: Path) -> None:
    translations, problems = load_translations(ENGLISH, tmp_path, None, {})

    assert translations.gettext("Save") == "Save"
    assert problems == []


def test_a_missing_message_is_english_between_markers(tmp_path: Path) -> None:
    translations, _ = own_texts(tmp_path)

    assert translations.gettext("Save") == "حفظ"
    assert translations.gettext("Other") == f"{OPEN}Other{CLOSE}"
    assert translations.ngettext("%(num)s a", "%(num)s b", 2) == f"{OPEN}2 b{CLOSE}"
    assert not translations.look_up("page:x", "Other").translated


def test_a_broken_own_catalogue_is_named_and_english_is_shown(tmp_path: Path) -> None:
    translations, problems = own_texts(tmp_path, PO + '\nmsgid "x\n')

    assert problems
    assert problems[0].path.name == "messages.po"
    assert translations.gettext("Save") == f"{OPEN}Save{CLOSE}"


def test_a_translation_with_a_wrong_placeholder_is_never_shown(tmp_path: Path) -> None:
    translations, _ = own_texts(tmp_path, PO.replace("حُفظ %(time)s", "حُفظ %(tme)s"))

    assert translations.gettext("Saved %(time)s", time="14:02") == f"{OPEN}Saved 14:02{CLOSE}"


class Careless(NullTranslations):
    """A catalogue with a mistake that no check has found."""

    def gettext(self, message: str) -> str:
        return "100 % %(tme)s"


def test_a_slip_that_got_past_the_checks_shows_english_instead_of_an_error() -> None:
    careless = Careless()
    translations = Translations(ARABIC, {"messages": careless, "content": careless}, {})

    assert translations.gettext("Saved %(time)s", time="14:02") == f"{OPEN}Saved 14:02{CLOSE}"


def test_fallback_becomes_an_element_in_text_and_nothing_elsewhere() -> None:
    html = (
        f'<title>{OPEN}A{CLOSE}</title><p title="{OPEN}B{CLOSE}">x {OPEN}C{CLOSE}</p>'
        f"<svg><desc>{OPEN}D{CLOSE}</desc><text>{OPEN}E{CLOSE}</text></svg>"
    )

    assert mark_language(html) == (
        '<title>A</title><p title="B">x <span lang="en" dir="ltr">C</span></p>'
        '<svg><desc>D</desc><text><tspan lang="en">E</tspan></text></svg>'
    )


def test_a_greater_than_sign_in_an_attribute_does_not_end_the_tag() -> None:
    html = f'<p title="a > {OPEN}b{CLOSE}">{OPEN}c{CLOSE}</p>'

    assert mark_language(html) == '<p title="a > b"><span lang="en" dir="ltr">c</span></p>'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b'[[locales]]\ntag = "cy"\n', "toml:1: locale 1: 'name' is missing"),
        (b'[[locales]]\nname = "Cymraeg"\n', "toml:1: 'Cymraeg': 'tag' is missing"),
        (ROW + b"plurals = []\n", "toml:4: 'Cymraeg': 'plurals' is empty"),
        (ROW + b'plurals = "other"\n', "toml:4: 'Cymraeg': 'plurals' must be a list"),
        (ROW + b'plurals = ["other"]\nofferd = true\n', "toml:5: 'Cymraeg': 'offerd' is not known"),
        (ROW + b'plurals = ["other"]\noffered = "yes"\n', "toml:5: .*'offered' must be true or"),
        (
            ROW + b'plurals = ["other"]\nreviewed = { mesages = true }\n',
            "toml:5: .*'mesages', which is none of messages, content",
        ),
        (
            ROW + b'plurals = ["other"]\ndirection = "up"\n',
            "toml:5: .*'direction' is 'up': must be 'ltr' or 'rtl'",
        ),
        (b'name = "\xe9"\n', "codec can't decode"),
        (b"[[locales]\n", "at line 1"),
        (b"", "'locales' is missing"),
    ],
)
def test_a_broken_list_of_languages_says_what_is_wrong(
    tmp_path: Path, text: bytes, problem: str
) -> None:
    file = tmp_path / "locales.toml"
    file.write_bytes(text)

    with pytest.raises(LocaleError, match=problem):
        load_locales(file)
