"""Check the values of settings one by one, with errors that say what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from hearth_cft.config.join_code import LEAST_LETTERS, has_enough_letters

LOCALE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?\Z")
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,19}\Z")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\Z")
_WEBSITE = re.compile(r"https://[^\s<>\"'/?#]+[^\s<>\"']*\Z")
_WORD = re.compile(r"[A-Za-z0-9 ]{1,20}\Z")
_HOST = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z]*\Z"
)
MOST_PROXIES = 16


class Settings(BaseModel):
    """A table of settings. An unknown name in it is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


TrustedProxies = int | tuple[IPv4Network | IPv6Network, ...] | None
"""A number of proxies, the networks that proxies are in, or None for one on this machine."""


def local(text: Mapping[str, str], locale: str) -> tuple[str, str]:
    """Return (text, its language) for a reader's locale.

    Falls back to English, then to the first language in the table.
    """
    for tag in (locale, "en", *text):
        if tag in text:
            return text[tag], tag
    return "", locale


def refuse(message: str) -> NoReturn:
    """Raise the error of a value, with words that follow its name."""
    # Braces would be taken for placeholders.
    raise PydanticCustomError("content", "{message}", {"message": message})


def _to_local_text(value: object) -> object:
    """Turn a string into a table. Leave a table as it is: {en = "…", ar = "…"}."""
    return {"en": value} if isinstance(value, str) else value


def _check_local_text(value: dict[str, str]) -> dict[str, str]:
    if not value:
        refuse('is empty: must be a text, or a table of texts such as { en = "…", ar = "…" }')
    for tag, text in value.items():
        if not LOCALE_TAG.match(tag):
            refuse(f"has '{tag}', which is not a language; write tags such as en, ar or pt-BR")
        if not text.strip():
            refuse("is empty: write a text or leave the setting out")
    return value


LocalText = Annotated[
    dict[str, str], BeforeValidator(_to_local_text), AfterValidator(_check_local_text)
]


def _split_at_commas(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _check_tags(value: tuple[str, ...]) -> tuple[str, ...]:
    for tag in value:
        if not LOCALE_TAG.match(tag):
            refuse(f"has '{tag}': must list at least one language, as tags such as en or pt-BR")
        if value.count(tag) > 1:
            refuse(f"has '{tag}' twice")
    if not value:
        refuse("is empty: must list at least one language, as tags such as en, ar or pt-BR")
    return value


Tags = Annotated[tuple[str, ...], BeforeValidator(_split_at_commas), AfterValidator(_check_tags)]


def _check_number(value: str) -> str:
    if not _NUMBER.match(value):
        refuse("must be a telephone number: digits and spaces, perhaps after a +")
    return value


def _check_email(value: str) -> str:
    if not _EMAIL.match(value):
        refuse("must be an email address, such as hello@example.org")
    return value


def _check_word(value: str) -> str:
    if not _WORD.match(value):
        refuse("must be the word to send: 1 to 20 letters A to Z, digits and spaces")
    return value


def _check_website(value: str) -> str:
    if not _WEBSITE.match(value):
        refuse("must be the address of a website, such as https://example.org")
    return value


Number = Annotated[str, AfterValidator(_check_number)]
Email = Annotated[str, AfterValidator(_check_email)]
Word = Annotated[str, AfterValidator(_check_word)]
Website = Annotated[str, AfterValidator(_check_website)]


def _check_host(value: str) -> str:
    if "/" in value:
        refuse("must be an address alone, such as 127.0.0.1, without http:// or a path")
    # An address of IPv6 stands in brackets where a port may follow.
    value = re.sub(r"^\[(.*)\]$", r"\1", value)
    if re.search(r"^[^:]*:[0-9]*$", value):
        refuse("must be an address alone; write the number after the colon as 'port'")
    if not _HOST.match(value):
        refuse("must be an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1")
    return value


Host = Annotated[str, AfterValidator(_check_host)]


def _check_not_empty(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        refuse("is empty: name a folder or leave the setting out")
    return value


NamedFolder = BeforeValidator(_check_not_empty)


def _check_not_flag(value: object) -> object:
    if isinstance(value, bool):
        refuse("must be a whole number")
    return value


Port = Annotated[int, BeforeValidator(_check_not_flag), Field(ge=0, le=65535)]


def _to_proxies(value: object) -> object:
    if isinstance(value, str):
        value = int(value) if value.strip().isdecimal() else _split_at_commas(value)
    if value is None or (type(value) is int and 0 <= value <= MOST_PROXIES):
        return value
    try:
        if isinstance(value, list | tuple):
            return tuple(ip_network(part) for part in value)
    except ValueError:
        pass
    refuse("must be a number of proxies, or a list of networks such as 10.0.0.0/8")


Proxies = Annotated[TrustedProxies, BeforeValidator(_to_proxies)]


def _check_base_path(value: str) -> str:
    if value not in ("", "/"):
        refuse(
            "must be /, since Hearth can't be served under a path: give it a host name of its own, "
            "such as hearth.example.org"
        )
    return "/"


BasePath = Annotated[str, AfterValidator(_check_base_path)]


def _check_join_code(value: str | None) -> str | None:
    if value is not None and not has_enough_letters(value):
        refuse(f"must have {LEAST_LETTERS} letters or digits, or more")
    return value


JoinCode = Annotated[str | None, AfterValidator(_check_join_code)]
