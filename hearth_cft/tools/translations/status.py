"""Count the translated messages of each language, for `hearth translations status`."""

from __future__ import annotations

from dataclasses import dataclass

from hearth_cft.i18n.catalogue import Catalogue
from hearth_cft.i18n.compile import Problem, read_catalogue
from hearth_cft.tools.translations.workspace import Workspace

HEAD = ("Language", "Texts", "Translated", "Fuzzy", "Missing", "Words left", "Reviewed")


@dataclass(frozen=True)
class Progress:
    """The numbers of messages in one catalogue, by state.

    `words` is the number of English words in the fuzzy and missing messages.
    """

    tag: str
    domain: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    reviewed: bool

    @property
    def share(self) -> int:
        """The percentage translated. It is rounded down, so 100 means that nothing is left."""
        total = self.translated + self.fuzzy + self.missing
        return 100 * self.translated // total if total else 100


def progress(workspace: Workspace, problems: list[Problem]) -> list[Progress]:
    """Return the progress of each catalogue. Add those that can't be read to `problems`."""
    rows = []
    for (tag, domain), path in workspace.catalogues().items():
        catalogue = read_catalogue(path, problems)
        if catalogue is not None:
            reviewed = workspace.locales[tag].reviewed[domain]
            rows.append(_count(tag, domain, catalogue, reviewed=reviewed))
    return rows


def _count(tag: str, domain: str, catalogue: Catalogue, *, reviewed: bool) -> Progress:
    messages = catalogue.messages.values()
    unfinished = [message for message in messages if not message.translated]
    fuzzy = sum(message.fuzzy for message in unfinished)
    return Progress(
        tag=tag,
        domain=domain,
        translated=len(messages) - len(unfinished),
        fuzzy=fuzzy,
        missing=len(unfinished) - fuzzy,
        words=sum(len(text.split()) for message in unfinished for text in message.sources),
        reviewed=reviewed,
    )


def table(rows: list[Progress]) -> str:
    """Return the progress as a text table with aligned columns."""
    cells = [HEAD, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in cells)


def _cells(row: Progress) -> tuple[str, ...]:
    reviewed = "yes" if row.reviewed else "no"
    numbers = (f"{row.translated} ({row.share} %)", str(row.fuzzy), str(row.missing))
    return row.tag, row.domain, *numbers, str(row.words), reviewed


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(row[2:6], widths[2:6], strict=True)]
    return "  ".join([*words, *numbers, row[6]])
