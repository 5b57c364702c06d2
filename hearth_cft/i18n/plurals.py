"""Plural-Forms headers and CLDR's plural categories.

The browser counts by CLDR (Intl.PluralRules), catalogues by the expression in their header; the
header is therefore made from CLDR's rule. Babel's own table of headers disagrees with CLDR for
Welsh, Bengali, Punjabi, Hebrew and others. Only whole numbers from 0 to 200 are told apart: no
sentence here counts a million or a half.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from gettext import c2py
from typing import Any

from babel import Locale

NUMBERS = range(201)
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
SINGLE = re.compile(r"n(?:%\d+)?==\d+\Z")
HEADER = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*\Z")


class PluralError(Exception):
    """A Plural-Forms header can't be used; the message says why."""


def read_header(header: str) -> tuple[int, Callable[[int], int]]:
    """Number of forms and the function from a number to its form; raises PluralError."""
    found = HEADER.match(header)
    if not found:
        raise PluralError("Plural-Forms must read nplurals=…; plural=…;")
    count = int(found[1])
    try:
        form: Callable[[int], int] = c2py(found[2])
        forms = {form(number) for number in NUMBERS}
    except (ValueError, ZeroDivisionError, RecursionError) as error:
        raise PluralError(f"Plural-Forms can't be read: {error}") from None
    if not 1 <= count <= 10 or max(forms) >= count:
        raise PluralError(f"Plural-Forms gives form {max(forms)}, but nplurals is {count}")
    return count, form


def categories(tag: str) -> tuple[str, ...]:
    """CLDR's categories that a whole number can fall in, in the order of msgstr[n]."""
    rule = _locale(tag).plural_form
    used = {rule(number) for number in NUMBERS}
    return tuple(name for name in CATEGORIES if name in used)


def category(tag: str, number: int) -> str:
    return str(_locale(tag).plural_form(number))


def make_header(tag: str) -> str:
    """The Plural-Forms header that gives CLDR's categories in the order of `categories`."""
    names = categories(tag)
    rules = dict(_locale(tag).plural_form.abstract)
    expression = str(len(names) - 1)
    for index, name in reversed(list(enumerate(names[:-1]))):
        expression = f"{_condition(rules[name])} ? {index} : {expression}"
    if len(names) > 1:
        expression = f"({expression})"
    return f"nplurals={len(names)}; plural={expression};"


def header_mistake(header: str, tag: str, names: tuple[str, ...]) -> str | None:
    """The first number that `header` puts elsewhere than CLDR does; None if there is none."""
    try:
        count, form = read_header(header)
    except PluralError as error:
        return str(error)
    if count != len(names):
        return f"Plural-Forms has {count} forms, locales.toml names {len(names)}"
    for number in NUMBERS:
        meant, given = category(tag, number), names[form(number)]
        if given != meant:
            return f"Plural-Forms counts {number} as “{given}”, CLDR as “{meant}”"
    return None


def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _condition(node: Any) -> str:
    """C source for a rule of babel.plural, whose operands v, w, f, t, c and e are 0 here."""
    made = _fold(node)
    return made if isinstance(made, str) else str(int(made))


def _fold(node: Any) -> str | bool:
    kind, parts = node
    if kind == "not":
        inner = _fold(parts[0])
        if isinstance(inner, bool):
            return not inner
        return inner.replace("==", "!=") if SINGLE.match(inner) else f"!{inner}"
    if kind in ("and", "or"):
        return _joined(kind, [_fold(part) for part in parts])
    _, left, (_, ranges) = parts
    if not any(operand in repr(left) for operand in ("'n'", "'i'")):
        return any(low[1][0] <= 0 <= high[1][0] for low, high in ranges)
    return _joined("or", [_compared(_operand(left), low, high) for low, high in ranges])


def _joined(kind: str, parts: list[str | bool]) -> str | bool:
    neutral, sign = (True, " && ") if kind == "and" else (False, " || ")
    kept = [part for part in parts if isinstance(part, str)]
    if any(part is not neutral for part in parts if not isinstance(part, str)):
        return not neutral
    if not kept:
        return neutral
    joined = sign.join(kept)
    return f"({joined})" if kind == "or" and len(kept) > 1 else joined


def _compared(operand: str, low: Any, high: Any) -> str:
    first, last = low[1][0], high[1][0]
    if first == last:
        return f"{operand}=={first}"
    return f"{operand}<={last}" if first == 0 else f"({operand}>={first} && {operand}<={last})"


def _operand(node: Any) -> str:
    kind, parts = node
    return f"n%{parts[1][1][0]}" if kind == "mod" else "n"
