"""Translate the English script of a recording with the catalogues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.compile import Problem, read_catalogue
from hearth_cft.library.models import Recording
from hearth_cft.library.script import Pause, Phrase, script_sha256
from hearth_cft.tools.recordings.labels import file_title

SOURCE = "en"


@dataclass(frozen=True)
class Words:
    """One version of a recording in one language.

    `places` maps each phrase to the place where it is written, as "file:line". `missing` holds the
    English texts without a translation. If there are any, don't make the recording.
    """

    title: str
    steps: tuple[Phrase | Pause, ...]
    places: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return script_sha256(self.steps)


class Wording:
    """Translates scripts with `<folder>/<locale>/LC_MESSAGES/content.po`, earlier folders first.

    `problems` lists the catalogues that can't be read.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.problems: list[Problem] = []
        self._folders = folders
        self._catalogues = cache(self._read)

    def words(self, recording: Recording, version: str, locale: str) -> Words:
        """Return the words of a version. Raises KeyError if the script has no such version."""
        script = recording.scripts[version]
        if locale == SOURCE:
            places = {
                step.text: f"{recording.path}:{step.line}"
                for step in script
                if isinstance(step, Phrase)
            }
            return Words(file_title(recording.title, version, locale), script, places, ())
        return self._translated(recording, version, locale)

    def title(self, recording: Recording, version: str, locale: str) -> str:
        """Return the title of a file, in its language if it is translated, otherwise in English."""
        return self.words(recording, version, locale).title

    def _translated(self, recording: Recording, version: str, locale: str) -> Words:
        # hearth_cft.library.messages gives the messages this context.
        context = f"recording:{recording.slug}"
        places: dict[str, str] = {}
        missing: list[str] = []

        def translate(text: str) -> str:
            path, message = self._find(locale, context, text)
            if message is None:
                missing.append(text)
                return text
            places[message.forms[0]] = f"{path}:{message.line}"
            return message.forms[0]

        title = translate(recording.title)
        steps = tuple(
            replace(step, text=translate(step.text)) if isinstance(step, Phrase) else step
            for step in recording.scripts[version]
        )
        full_title = file_title(title, version, SOURCE if title in missing else locale)
        return Words(full_title, steps, places, tuple(dict.fromkeys(missing)))

    def _find(self, locale: str, context: str, text: str) -> tuple[Path, Message | None]:
        path = Path()
        for path, catalogue in self._catalogues(locale):
            message = catalogue.messages.get((context, text))
            if message is not None and message.translated:
                return path, message
        return path, None

    def _read(self, locale: str) -> tuple[tuple[Path, Catalogue], ...]:
        paths = [folder / locale / "LC_MESSAGES" / "content.po" for folder in self._folders]
        results = [(path, read_catalogue(path, self.problems)) for path in paths if path.is_file()]
        return tuple((path, catalogue) for path, catalogue in results if catalogue is not None)
