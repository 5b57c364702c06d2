"""A catalogue in memory: messages with their translations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """One text with its translation; `plural` and a form for each plural category if counted."""

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
        """Whether it may be shown: every form is there and nobody has doubts about it."""
        return not self.fuzzy and all(self.forms)

    def confirmed(self) -> Message:
        return replace(self, flags=self.flags - {"fuzzy"}, previous=None)


@dataclass
class Catalogue:
    """A .po or .pot file. `messages` keeps the order of the file."""

    header: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    messages: dict[Key, Message] = field(default_factory=dict)
    obsolete: dict[Key, Message] = field(default_factory=dict)


def quoted(text: str) -> str:
    """The start of a text, in quotation marks, for a message on one line."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"
