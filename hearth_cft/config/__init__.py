"""Read the settings from hearth.toml and HEARTH_* variables into a frozen Config.

Every setting is checked when it is read. An unknown name or a bad value raises ConfigError, which
names the setting and says what is allowed. hearth_cft/hearth.example.toml shows every setting.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from hearth_cft.config.colours import check_theme
from hearth_cft.config.join_code import LEAST_LETTERS, has_enough_letters
from hearth_cft.records import Limits

PREFIX = "HEARTH_"
LOCALE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?\Z")
NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,19}\Z")


class ConfigError(Exception):
    """A setting can't be used. The message names the setting and says what is allowed."""


def _to_local_text(value: object) -> object:
    """Turn a string into a table. Leave a table as it is: {en = "…", ar = "…"}."""
    return {"en": value} if isinstance(value, str) else value


def _check_local_text(value: dict[str, str]) -> dict[str, str]:
    if not value or not all(LOCALE_TAG.match(tag) and text.strip() for tag, text in value.items()):
        raise ValueError("must be a string, or a table with a string for each language")
    return value


LocalText = Annotated[
    dict[str, str], BeforeValidator(_to_local_text), AfterValidator(_check_local_text)
]


def local(text: Mapping[str, str], locale: str) -> tuple[str, str]:
    """Return (text, its language) for a reader's locale.

    Falls back to English, then to the first language in the table.
    """
    for tag in (locale, "en", *text):
        if tag in text:
            return text[tag], tag
    return "", locale


def _split_at_commas(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _check_tags(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value or not all(LOCALE_TAG.match(tag) for tag in value):
        raise ValueError("must list at least one language, as tags such as en, ar or pt-BR")
    return value


def _check_number(value: str) -> str:
    if not NUMBER.match(value):
        raise ValueError("must be a telephone number: digits and spaces, perhaps after a +")
    return value


TrustedProxies = int | tuple[IPv4Network | IPv6Network, ...] | None
"""A number of proxies, the networks that proxies are in, or None for one on this machine."""
MOST_PROXIES = 16


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
    raise ValueError("must be a number of proxies, or a list of networks such as 10.0.0.0/8")


def _check_join_code(value: str | None) -> str | None:
    if value is not None and not has_enough_letters(value):
        raise ValueError(f"must have {LEAST_LETTERS} letters or digits, or more")
    return value


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Contact(_Settings):
    """The contact details of the service, shown on Help and in Settings."""

    phone: Annotated[str, AfterValidator(_check_number)] | None = None
    email: str | None = Field(default=None, pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$")
    hours: LocalText | None = None


class CrisisLine(_Settings):
    """A service that answers in a crisis.

    The client calls `number`. If `text` is set, the client sends that word to `number` instead.
    """

    name: LocalText
    number: Annotated[str, AfterValidator(_check_number)]
    text: str | None = Field(default=None, pattern=r"^[A-Za-z0-9 ]{1,20}$")
    about: LocalText | None = None
    free: bool = False
    always: bool = False


class ProgrammeWeek(_Settings):
    """One week of the service's own programme.

    It lists the pages to read, the recordings to hear and the worksheets to fill in.
    """

    title: LocalText
    pages: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()


class Theme(_Settings):
    """The service's own colours, light and dark. A service can't change the rest of the design."""

    act: str = "#1d5b50"
    ember: str = "#a4520f"
    paper: str = "#fbf7f0"
    act_dark: str = "#8fd0bf"
    ember_dark: str = "#f0ab6b"
    paper_dark: str = "#1a1815"


ENGLAND = (
    CrisisLine(
        name={"en": "Samaritans", "ar": "Samaritans (ساماريتانز)"},
        number="116 123",
        about={
            "en": "People who listen, whatever you are going through",
            "ar": "أشخاص يصغون إليك مهما كان ما تمرّ به",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "NHS 111", "ar": "خدمة NHS 111"},
        number="111",
        about={
            "en": "Choose the mental health option",
            "ar": "اختر خيار الصحة النفسية",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "Shout", "ar": "Shout (شاوت)"},
        number="85258",
        text="SHOUT",
        about={
            "en": "A trained volunteer answers by text message",
            "ar": "يردّ عليك متطوّع مدرَّب برسائل نصية",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "Emergency services", "ar": "خدمات الطوارئ"},
        number="999",
        about={"en": "If a life is in danger", "ar": "إذا كانت حياة أحد في خطر"},
        free=True,
        always=True,
    ),
)


class Config(_Settings):
    """All settings of a service. `Config.load` reads them, and nothing changes them later."""

    service_name: str = Field(default="Hearth", min_length=1, max_length=40)
    home_screen_name: str = Field(default="Hearth", min_length=1, max_length=12)
    discreet: bool = False
    contact: Contact = Contact()
    crisis_lines: tuple[CrisisLine, ...] = ENGLAND
    programme: tuple[ProgrammeWeek, ...] | None = None
    languages: Annotated[
        tuple[str, ...], BeforeValidator(_split_at_commas), AfterValidator(_check_tags)
    ] = ("en", "ar")
    default_language: str = "en"
    third_system: Literal["soothing", "care-giving", "contentment"] = "soothing"
    theme: Theme = Theme()
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    behind_tls: bool = False
    http2: bool = False
    trusted_proxies: Annotated[TrustedProxies, BeforeValidator(_to_proxies)] = None
    data_dir: Path = Path("data")
    store: str = "tinydb:"
    content_dir: Path | None = None
    join_code: Annotated[str | None, AfterValidator(_check_join_code)] = Field(
        default=None, max_length=64
    )
    limits: Limits = Limits()

    @property
    def neutral_name(self) -> str | None:
        """Return the neutral name that the service has set, or None.

        The app uses this name where nobody should recognise it.
        """
        recognisable = {self.service_name, type(self).model_fields["home_screen_name"].default}
        return None if self.home_screen_name in recognisable else self.home_screen_name

    @classmethod
    def load(
        cls,
        path: Path | None,
        environment: Mapping[str, str],
        overrides: Mapping[str, object] | None = None,
    ) -> Config:
        """Read hearth.toml (if `path` is given), then HEARTH_* variables, then `overrides`.

        A later source overrides an earlier one. Raises ConfigError, which names the setting and
        says what is allowed.
        """
        settings = _from_file(path) if path is not None else {}
        settings |= _from_environment(environment)
        settings |= {name: value for name, value in (overrides or {}).items() if value is not None}
        _check_limits(settings.get("limits", {}))
        try:
            config = cls(**settings)
        except ValidationError as error:
            raise ConfigError(
                "; ".join(_message_of(details) for details in error.errors())
            ) from None
        if config.default_language not in config.languages:
            offered = ", ".join(config.languages)
            raise ConfigError(
                f"'default_language' is '{config.default_language}'; must be one of: {offered}"
            )
        if config.content_dir is not None and not config.content_dir.is_dir():
            raise ConfigError(f"'content_dir' is {config.content_dir}: there is no such folder")
        if problem := check_theme(config.theme.model_dump()):
            raise ConfigError(problem)
        return config


def _from_file(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}") from None
    for name in ("data_dir", "content_dir"):
        if isinstance(settings.get(name), str):  # relative to the folder of the settings file
            settings[name] = path.parent / settings[name]
    return settings


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    tables = ("contact", "crisis_lines", "programme", "theme")
    simple = [name for name in Config.model_fields if name not in tables]
    settings: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in simple or name == "limits":
            known = ", ".join(f"{PREFIX}{field.upper()}" for field in simple if field != "limits")
            raise ConfigError(f"{variable} is not a setting; the settings are: {known}")
        settings[name] = value
    return settings


def _check_limits(limits: object) -> None:
    known = [field.name for field in fields(Limits)]
    if not isinstance(limits, dict):
        raise ConfigError(f"'limits' must be a table of: {', '.join(known)}")
    for name in limits:
        if name not in known:
            raise ConfigError(
                f"'limits.{name}' is not a setting; the settings are: {', '.join(known)}"
            )


def _message_of(error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = ", ".join(_model_at(error["loc"]).model_fields)
        return f"'{name}' is not a setting; the settings are: {known}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"'{name}' is {error['input']!r}: {message[:1].lower()}{message[1:]}"


def _model_at(location: Sequence[int | str]) -> type[BaseModel]:
    """Return the model of the table that holds the setting at this location."""
    model: type[BaseModel] = Config
    for part in location[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _nested_model(model.model_fields[part].annotation) or model
    return model


def _nested_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model in an annotation such as `tuple[CrisisLine, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_nested_model, get_args(annotation))), None)
