"""Define the in-memory form of a gettext catalogue: messages with their translations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """One message id with its translation.

    `forms` holds the text of each msgstr. A message without `plural` has one form; a message with
    `plural` has one form for each plural category of the language. `notes` are the translator's
    comments (`#`), `comments` are extracted from the sources (`#.`), and `places` are the source
    files (`#:`). `previous` is the (context, id, plural) that the translation was made for, if the
    English has changed since (`#|`). `line` is the line of the msgid in the file, or 0.
    """

    id: str
    plural: str | None = None
    context: str | None = None
    forms: tuple[str, ...] = ("",)
    flags: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    previous: tuple[str | None, str, str | None] | None = None
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        return self.context, self.id

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.id,) if self.plural is None else (self.id, self.plural)

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether the app may show the translation: every form is filled in and it isn't fuzzy."""
        return not self.fuzzy and all(self.forms)

    def confirmed(self) -> Message:
        """Return the message without its fuzzy flag and without `previous`."""
        return replace(self, flags=self.flags - {"fuzzy"}, previous=None)


@dataclass
class Catalogue:
    """The contents of a .po or .pot file. `messages` keeps the order of the file."""

    header: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    messages: dict[Key, Message] = field(default_factory=dict)
    obsolete: dict[Key, Message] = field(default_factory=dict)


def quoted(text: str) -> str:
    """Return the first 60 characters of a text on one line, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"
