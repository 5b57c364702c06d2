"""Frozen Config, from hearth.toml and HEARTH_* variables.

Every setting is checked when it is read: an unknown name or a bad value is refused with the
setting's name and what is allowed. hearth_cft/hearth.example.toml shows every setting.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from hearth_cft.config.colours import check_theme
from hearth_cft.records import Limits

PREFIX = "HEARTH_"
LOCALE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?\Z")
NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,19}\Z")


class ConfigError(Exception):
    """A setting can't be used; the message names it and says what is allowed."""


def _local(value: object) -> object:
    """A text, or a text for each language: {en = "…", ar = "…"}."""
    return {"en": value} if isinstance(value, str) else value


def _local_checked(value: dict[str, str]) -> dict[str, str]:
    if not value or not all(LOCALE_TAG.match(tag) and text.strip() for tag, text in value.items()):
        raise ValueError("must be a text, or a table with a text for each language")
    return value


LocalText = Annotated[dict[str, str], BeforeValidator(_local), AfterValidator(_local_checked)]


def local(text: Mapping[str, str], locale: str) -> tuple[str, str]:
    """Give (text, its language): the reader's, else English, else whichever there is."""
    for tag in (locale, "en", *text):
        if tag in text:
            return text[tag], tag
    return "", locale


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _tags_checked(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value or not all(LOCALE_TAG.match(tag) for tag in value):
        raise ValueError("must list at least one language, as tags such as en, ar or pt-BR")
    return value


def _number_checked(value: str) -> str:
    if not NUMBER.match(value):
        raise ValueError("must be a telephone number: digits and spaces")
    return value


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Contact(_Settings):
    """How to reach the service; shown on Help and in Settings."""

    phone: Annotated[str, AfterValidator(_number_checked)] | None = None
    email: str | None = Field(default=None, pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$")
    hours: LocalText | None = None


class CrisisLine(_Settings):
    """Somebody who answers. `number` is called, or sent the word `text` when there is one."""

    name: LocalText
    number: Annotated[str, AfterValidator(_number_checked)]
    text: str | None = Field(default=None, pattern=r"^[A-Za-z0-9 ]{1,20}$")
    about: LocalText | None = None
    free: bool = False
    always: bool = False


class ProgrammeWeek(_Settings):
    """A week of the service's own order through the programme: what to read, hear and fill in."""

    title: LocalText
    pages: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()


class Theme(_Settings):
    """The service's own colours, light and dark; the rest of the look stays."""

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
    """Everything that a service decides. `Config.load` reads it; nothing changes it."""

    service_name: str = Field(default="Hearth", min_length=1, max_length=40)
    home_screen_name: str = Field(default="Hearth", min_length=1, max_length=12)
    discreet: bool = False
    contact: Contact = Contact()
    crisis_lines: tuple[CrisisLine, ...] = ENGLAND
    programme: tuple[ProgrammeWeek, ...] | None = None
    languages: Annotated[
        tuple[str, ...], BeforeValidator(_split), AfterValidator(_tags_checked)
    ] = ("en", "ar")
    default_language: str = "en"
    third_system: Literal["soothing", "care-giving", "contentment"] = "soothing"
    theme: Theme = Theme()
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    behind_tls: bool = False
    data_dir: Path = Path("data")
    store: str = "tinydb:"
    content_dir: Path | None = None
    join_code: str | None = Field(default=None, min_length=4, max_length=64)
    limits: Limits = Limits()

    @property
    def neutral_name(self) -> str | None:
        """A neutral name that the service has set, for where the app must not be recognised."""
        known = {self.service_name, type(self).model_fields["home_screen_name"].default}
        return None if self.home_screen_name in known else self.home_screen_name

    @classmethod
    def load(
        cls,
        path: Path | None,
        environment: Mapping[str, str],
        overrides: Mapping[str, object] | None = None,
    ) -> Config:
        """Read hearth.toml (when `path` is given), then HEARTH_* variables, then `overrides`.

        Raises ConfigError, which names the setting and says what is allowed.
        """
        settings = _from_file(path) if path is not None else {}
        settings |= _from_environment(environment)
        settings |= {name: value for name, value in (overrides or {}).items() if value is not None}
        _check_limits(settings.get("limits", {}))
        try:
            config = cls(**settings)
        except ValidationError as error:
            raise ConfigError("; ".join(_said(each) for each in error.errors())) from None
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
        if isinstance(settings.get(name), str):  # relative to the file that names it
            settings[name] = path.parent / settings[name]
    return settings


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    tables = ("contact", "crisis_lines", "programme", "theme")
    simple = [name for name in Config.model_fields if name not in tables]
    found: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in simple or name == "limits":
            allowed = ", ".join(f"{PREFIX}{each.upper()}" for each in simple if each != "limits")
            raise ConfigError(f"{variable} is not a setting; there are: {allowed}")
        found[name] = value
    return found


def _check_limits(limits: object) -> None:
    known = [field.name for field in fields(Limits)]
    if not isinstance(limits, dict):
        raise ConfigError(f"'limits' must be a table of: {', '.join(known)}")
    for name in limits:
        if name not in known:
            raise ConfigError(f"'limits.{name}' is not a setting; there are: {', '.join(known)}")


def _said(error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = ", ".join(Config.model_fields)
        return f"'{name}' is not a setting; there are: {known}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"'{name}' is {error['input']!r}: {message[:1].lower()}{message[1:]}"
