"""How far each language is: the table of `hearth translations status`."""

from __future__ import annotations

from dataclasses import dataclass

from hearth_cft.i18n.catalogue import Catalogue
from hearth_cft.i18n.compile import Problem, read_catalogue
from hearth_cft.tools.translations.workspace import Workspace

HEAD = ("Language", "Texts", "Translated", "Fuzzy", "Missing", "Words left", "Reviewed")


@dataclass(frozen=True)
class Progress:
    """Numbers of messages in one catalogue; `words` counts the English still to translate."""

    tag: str
    domain: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    reviewed: bool

    @property
    def share(self) -> int:
        """Percent translated, rounded down, so that 100 means every one."""
        total = self.translated + self.fuzzy + self.missing
        return 100 * self.translated // total if total else 100


def progress(workspace: Workspace, problems: list[Problem]) -> list[Progress]:
    """One entry for each catalogue that can be read; the others are added to `problems`."""
    table = []
    for (tag, domain), path in workspace.catalogues().items():
        catalogue = read_catalogue(path, problems)
        if catalogue is not None:
            reviewed = workspace.locales[tag].reviewed[domain]
            table.append(_count(tag, domain, catalogue, reviewed=reviewed))
    return table


def _count(tag: str, domain: str, catalogue: Catalogue, *, reviewed: bool) -> Progress:
    messages = catalogue.messages.values()
    left = [message for message in messages if not message.translated]
    fuzzy = sum(message.fuzzy for message in left)
    return Progress(
        tag=tag,
        domain=domain,
        translated=len(messages) - len(left),
        fuzzy=fuzzy,
        missing=len(left) - fuzzy,
        words=sum(len(text.split()) for message in left for text in message.sources),
        reviewed=reviewed,
    )


def table(rows: list[Progress]) -> str:
    """The progress as lines of aligned columns."""
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
