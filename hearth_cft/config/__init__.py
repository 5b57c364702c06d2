"""Read the settings from hearth.toml and HEARTH_* variables into a frozen Config.

Every setting is checked when it is read. An unknown name or a bad value raises ConfigError, which
names the setting and says what is allowed. hearth_cft/hearth.example.toml shows every setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, ValidationError

from hearth_cft.config.colours import check_theme
from hearth_cft.config.help import (
    ENGLAND,
    WAYS_IN_ENGLAND,
    CrisisLine,
    HelpWords,
    OtherWay,
    check_lines,
)
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
    Settings,
    Tags,
    TrustedProxies,
    local,
)
from hearth_cft.reading.problem import ContentError
from hearth_cft.records import Limits

__all__ = ["Config", "ConfigError", "Theme", "TrustedProxies", "local", "settings_file"]


class Contact(Settings):
    """The contact details of the service, shown on Help and in Settings."""

    phone: Number | None = None
    email: Email | None = None
    hours: LocalText | None = None


class ProgrammeWeek(Settings):
    """One week of the service's own programme.

    It lists the pages to read, the recordings to hear and the worksheets to fill in.
    """

    title: LocalText
    pages: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()


class Theme(Settings):
    """The service's own colours, light and dark. A service can't change the rest of the design."""

    act: str = "#1d5b50"
    ember: str = "#a4520f"
    paper: str = "#fbf7f0"
    act_dark: str = "#8fd0bf"
    ember_dark: str = "#f0ab6b"
    paper_dark: str = "#1a1815"


class Config(Settings):
    """All settings of a service. `Config.load` reads them, and nothing changes them later."""

    service_name: str = Field(default="Hearth", min_length=1, max_length=40)
    home_screen_name: str = Field(default="Hearth", min_length=1, max_length=12)
    discreet: bool = False
    contact: Contact = Contact()
    help: HelpWords = HelpWords()
    crisis_lines: Annotated[tuple[CrisisLine, ...], AfterValidator(check_lines)] = ENGLAND
    other_ways: tuple[OtherWay, ...] | None = None
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
    def ways_to_reach_help(self) -> tuple[OtherWay, ...]:
        """Return the other ways to reach help: the service's own, or those of England.

        A service with crisis lines of its own may be in another country. Without ways of its own
        it has none.
        """
        if self.other_ways is not None:
            return self.other_ways
        return () if "crisis_lines" in self.model_fields_set else WAYS_IN_ENGLAND

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
        if sources.file is not None and self.other_ways is None and not self.ways_to_reach_help:
            message = (
                "'crisis_lines' are your own and 'other_ways' isn't set, so Help says nothing to "
                "clients who can't speak or hear; write [[other_ways]], or other_ways = []"
            )
            yield sources.file.note(message, ["crisis_lines", 0])

    def _with_folder_found(self) -> Config:
        """Return the settings with the content folder as the disk spells it."""
        found = found_folder(self.content_dir) if self.content_dir is not None else None
        return self if found == self.content_dir else self.model_copy(update={"content_dir": found})
