"""Read, check and make Plural-Forms headers from CLDR's plural rules.

The browser chooses a plural form by CLDR's rules (Intl.PluralRules). A catalogue chooses it by the
expression in its Plural-Forms header. Both agree because the header is made from CLDR's rule.
Babel's own table of headers disagrees with CLDR for Welsh, Bengali, Punjabi, Hebrew and others.

The rules are compared only for whole numbers from 0 to 200: the app never shows a plural form for
a fraction or for a number such as a million.
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
    """A Plural-Forms header can't be used. The message says why."""


def read_header(header: str) -> tuple[int, Callable[[int], int]]:
    """Return the number of forms, and the function that gives the index of a number's form.

    Raises PluralError if the header isn't valid or gives a form that nplurals doesn't allow.
    """
    match = HEADER.match(header)
    if not match:
        raise PluralError("Plural-Forms must read nplurals=…; plural=…;")
    count = int(match[1])
    try:
        form: Callable[[int], int] = c2py(match[2])
        forms = {form(number) for number in NUMBERS}
    except (ValueError, ZeroDivisionError, RecursionError) as error:
        raise PluralError(f"Plural-Forms can't be read: {error}") from None
    if not 1 <= count <= 10 or max(forms) >= count:
        raise PluralError(f"Plural-Forms gives form {max(forms)}, but nplurals is {count}")
    return count, form


def categories(tag: str) -> tuple[str, ...]:
    """Return the CLDR categories that whole numbers have, in the order of msgstr[n]."""
    rule = _locale(tag).plural_form
    used = {rule(number) for number in NUMBERS}
    return tuple(name for name in CATEGORIES if name in used)


def category(tag: str, number: int) -> str:
    """Return the CLDR category of `number`."""
    return str(_locale(tag).plural_form(number))


def make_header(tag: str) -> str:
    """Return the Plural-Forms header that follows CLDR's rule.

    The forms are in the order of `categories`.
    """
    names = categories(tag)
    rules = dict(_locale(tag).plural_form.abstract)
    expression = str(len(names) - 1)
    for index, name in reversed(list(enumerate(names[:-1]))):
        expression = f"{_condition(rules[name])} ? {index} : {expression}"
    if len(names) > 1:
        expression = f"({expression})"
    return f"nplurals={len(names)}; plural={expression};"


def header_mistake(header: str, tag: str, names: tuple[str, ...]) -> str | None:
    """Return a message on what is wrong with `header`, or None if it agrees with CLDR.

    `names` are the plural categories that locales.toml lists. If the header is valid, the message
    names the first number for which the header and CLDR disagree.
    """
    try:
        count, form = read_header(header)
    except PluralError as error:
        return str(error)
    if count != len(names):
        return f"Plural-Forms has {count} forms, locales.toml names {len(names)}"
    for number in NUMBERS:
        expected, actual = category(tag, number), names[form(number)]
        if actual != expected:
            return f"Plural-Forms counts {number} as “{actual}”, CLDR as “{expected}”"
    return None


def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _condition(node: Any) -> str:
    """Return the C source of a rule of babel.plural.

    The operands v, w, f, t, c and e are taken as 0, because all numbers are whole.
    """
    condition = _fold(node)
    return condition if isinstance(condition, str) else str(int(condition))


def _fold(node: Any) -> str | bool:
    """Return the C source of a condition, or a bool if it doesn't depend on the number."""
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
    neutral, operator = (True, " && ") if kind == "and" else (False, " || ")
    conditions = [part for part in parts if isinstance(part, str)]
    if any(part is not neutral for part in parts if not isinstance(part, str)):
        return not neutral
    if not conditions:
        return neutral
    joined = operator.join(conditions)
    return f"({joined})" if kind == "or" and len(conditions) > 1 else joined


def _compared(operand: str, low: Any, high: Any) -> str:
    first, last = low[1][0], high[1][0]
    if first == last:
        return f"{operand}=={first}"
    return f"{operand}<={last}" if first == 0 else f"({operand}>={first} && {operand}<={last})"


def _operand(node: Any) -> str:
    kind, parts = node
    return f"n%{parts[1][1][0]}" if kind == "mod" else "n"
