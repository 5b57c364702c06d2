"""Read the settings from hearth.toml and HEARTH_* variables into a frozen Config.

Every setting is checked when it is read. An unknown name or a bad value raises ConfigError, which
names the setting and says what is allowed. hearth_cft/hearth.example.toml shows every setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from hearth_cft.config.colours import check_theme
from hearth_cft.config.sources import (
    ConfigError,
    Sources,
    add_environment,
    folder_hint,
    found_folder,
    from_file,
    message_of,
    name_of,
    settings_file,
    unknown_languages,
    unshown_texts,
)
from hearth_cft.config.values import (
    BasePath,
    Email,
    Host,
    JoinCode,
    LocalText,
    NamedFolder,
    Number,
    Port,
    Proxies,
    Tags,
    TrustedProxies,
    Word,
    check_lines,
    local,
)
from hearth_cft.reading.problem import ContentError
from hearth_cft.records import Limits

__all__ = ["Config", "ConfigError", "Theme", "TrustedProxies", "local", "settings_file"]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


# In the United Kingdom, Europe, North America and Australia.
EMERGENCY_NUMBERS = frozenset({"999", "112", "911", "000"})


class Contact(_Settings):
    """The contact details of the service, shown on Help and in Settings."""

    phone: Number | None = None
    email: Email | None = None
    hours: LocalText | None = None


class CrisisLine(_Settings):
    """A service that answers in a crisis.

    The client calls `number`. If `text` is set, the client sends that word to `number` instead.
    """

    name: LocalText
    number: Number
    text: Word | None = None
    about: LocalText | None = None
    free: bool = False
    always: bool = False

    @property
    def is_emergency(self) -> bool:
        """Return whether the number is that of the police and the ambulance."""
        return self.number in EMERGENCY_NUMBERS


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


# The emergency number first: it is in sight on the smallest phones.
ENGLAND = (
    CrisisLine(
        name={"en": "Emergency services", "ar": "خدمات الطوارئ"},
        number="999",
        about={"en": "If a life is in danger", "ar": "إذا كانت حياة أحد في خطر"},
        free=True,
        always=True,
    ),
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
)


class Config(_Settings):
    """All settings of a service. `Config.load` reads them, and nothing changes them later."""

    service_name: str = Field(default="Hearth", min_length=1, max_length=40)
    home_screen_name: str = Field(default="Hearth", min_length=1, max_length=12)
    discreet: bool = False
    contact: Contact = Contact()
    crisis_lines: Annotated[tuple[CrisisLine, ...], AfterValidator(check_lines)] = ENGLAND
    programme: tuple[ProgrammeWeek, ...] | None = None
    languages: Tags = ("en", "ar")
    default_language: str = "en"
    third_system: Literal["soothing", "care-giving", "contentment"] = "soothing"
    theme: Theme = Theme()
    host: Host = "127.0.0.1"
    port: Port = 8000
    base_path: BasePath = "/"
    behind_tls: bool = False
    hsts_max_age: int = Field(default=2 * 365 * 24 * 3600, ge=0, le=10 * 365 * 24 * 3600)
    hsts_subdomains: bool = True
    http2: bool = False
    trusted_proxies: Proxies = None
    data_dir: Annotated[Path, NamedFolder] = Path("data")
    store: str = "tinydb:"
    content_dir: Annotated[Path | None, NamedFolder] = None
    join_code: JoinCode = Field(default=None, max_length=64)
    limits: Limits = Limits()
    _notes: tuple[ContentError, ...] = PrivateAttr(default=())

    @property
    def neutral_name(self) -> str | None:
        """Return the neutral name that the service has set, or None.

        The app uses this name where nobody should recognise it.
        """
        recognisable = {self.service_name, type(self).model_fields["home_screen_name"].default}
        return None if self.home_screen_name in recognisable else self.home_screen_name

    @property
    def notes(self) -> tuple[ContentError, ...]:
        """Return what is allowed in the settings but has no effect."""
        return self._notes

    @classmethod
    def load(
        cls,
        path: Path | None,
        environment: Mapping[str, str],
        overrides: Mapping[str, object] | None = None,
    ) -> Config:
        """Read hearth.toml (if `path` is given), then HEARTH_* variables, then `overrides`.

        A later source overrides an earlier one. Raises ConfigError, which names each setting that
        can't be used, its place, and what is allowed.
        """
        sources = from_file(path) if path is not None else Sources()
        add_environment(sources, environment, cls.model_fields)
        for name, value in (overrides or {}).items():
            if value is not None:
                sources.values[name] = value
                sources.origins[name] = f"--{name.replace('_', '-')}"
        try:
            config = cls(**sources.values)
        except ValidationError as error:
            errors = sorted(error.errors(), key=lambda each: sources.line(each["loc"]))
            problems = [message_of(each, sources, cls) for each in errors]
            raise ConfigError(*problems) from None
        if problems := [*config._problems(sources)]:
            raise ConfigError(*problems)
        config._notes = tuple(config._unshown(sources))
        return config._with_folder_found()

    def _problems(self, sources: Sources) -> Iterator[str]:
        """Yield what is wrong with settings that are each allowed by themselves."""
        if self.default_language not in self.languages:
            offered = ", ".join(self.languages)
            message = f"is '{self.default_language}'; must be one of: {offered}"
            yield sources.problem(["default_language"], message)
        if self.content_dir is not None and found_folder(self.content_dir) is None:
            message = f"is {self.content_dir}: {folder_hint(self.content_dir)}"
            yield sources.problem(["content_dir"], message)
        if problem := check_theme(self.theme.model_dump()):
            name = problem.split("'")[1]
            yield sources.place(name.split(".")) + problem
        yield from unknown_languages(sources, self.languages)

    def _unshown(self, sources: Sources) -> Iterator[ContentError]:
        for location, tag in unshown_texts(sources, self.languages):
            if sources.file is not None:
                message = f"{name_of(location)}: the text in '{tag}' is never shown"
                yield sources.file.note(f"{message}, since 'languages' hasn't '{tag}'", location)
        if sources.file is not None and self.contact.hours and not self.contact.phone:
            message = "'contact.hours' is never shown: it stands beside 'phone', which isn't set"
            yield sources.file.note(message, ["contact", "hours"])

    def _with_folder_found(self) -> Config:
        """Return the settings with the content folder as the disk spells it."""
        found = found_folder(self.content_dir) if self.content_dir is not None else None
        return self if found == self.content_dir else self.model_copy(update={"content_dir": found})
