"""Plural-Forms headers, compared with the plural rules of CLDR."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.messages.plurals import get_plural

from hearth_cft.i18n.plurals import (
    PluralError,
    categories,
    header_mistake,
    make_header,
    read_header,
)

AR = ("zero", "one", "two", "few", "many", "other")


def test_the_header_made_for_any_language_of_cldr_counts_as_cldr_does() -> None:
    languages = {Locale.parse(name).language for name in locale_identifiers()}

    wrong = {tag: header_mistake(make_header(tag), tag, categories(tag)) for tag in languages}

    assert [tag for tag, mistake in wrong.items() if mistake] == []


def test_arabic_has_the_header_that_other_programs_know() -> None:
    known = (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    )

    _, form = read_header(make_header("ar"))
    _, other = read_header(known)

    assert categories("ar") == AR
    assert [form(n) for n in range(1001)] == [other(n) for n in range(1001)]


def test_a_header_that_counts_otherwise_than_the_browser_is_named_with_the_number() -> None:
    count, expression = get_plural("ar")  # Babel swaps "many" and "other" here

    mistake = header_mistake(f"nplurals={count}; plural={expression};", "ar", AR)

    assert mistake == "Plural-Forms counts 11 as “other”, CLDR as “many”"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nplurals=2",
        "nplurals=2; plural=n/0;",
        "nplurals=2; plural=n >;",
        "nplurals=1; plural=n!=1;",
        "nplurals=2; plural=__import__('os');",
        f"nplurals=2; plural={'(' * 500}n{')' * 500};",
    ],
)
def test_a_header_that_can_not_be_used_is_refused(header: str) -> None:
    with pytest.raises(PluralError):
        read_header(header)


def test_a_header_with_another_number_of_forms_than_the_list_is_named() -> None:
    mistake = header_mistake("nplurals=2; plural=n!=1;", "ar", AR)

    assert mistake == "Plural-Forms has 2 forms, locales.toml names 6"
