"""Define `hearth check`: read all that the server would serve, and say what is wrong with it."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from hearth_cft.application import last_good_content, load_site
from hearth_cft.config import Config, ConfigError, settings_file
from hearth_cft.library.audio import load_audio, wrong_checksum
from hearth_cft.reading.problem import ContentError
from hearth_cft.records import StoreError
from hearth_cft.storage import check_url
from hearth_cft.web.site.build import Site


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], default_file: Path
) -> None:
    """Add `check` to `hearth`."""
    help_text = "check settings, content, translations and recordings without serving"
    command = commands.add_parser("check", help=help_text, description=help_text)
    command.add_argument("--config", type=Path, help=f"settings ({default_file}, if there is one)")
    command.add_argument("--content-dir", type=Path, help="your own content folder")
    command.add_argument("--data-dir", type=Path, help="folder of the sealed records (data)")
    command.set_defaults(run=lambda options: _check(options, default_file))


def _check(options: argparse.Namespace, default_file: Path) -> int:
    """Print what is wrong. Return 1 if something can't be used or clients don't get it, else 0."""
    overrides = {"data_dir": options.data_dir, "content_dir": options.content_dir}
    try:
        path = settings_file(options.config, default_file)
        config = Config.load(path, os.environ, overrides)
        check_url(config.store)
        site = load_site(config, last_good=last_good_content(config, writes=False))
    except (ConfigError, StoreError) as error:
        problems = error.problems if isinstance(error, ConfigError) else (str(error),)
        print("\n".join(problems))
        print(f"{_counted(len(problems), 'problem')} in the settings; nothing is served")
        return 1
    found = sorted([*site.problems, *_changed_sound(config)], key=_place)
    for problem in found:
        print(f"note: {problem}" if problem.is_note else problem)
    lost = [problem for problem in found if not problem.is_note]
    notes = len(found) - len(lost)
    print(f"{_read(site, config)}; {_counted(len(lost), 'problem')}, {_counted(notes, 'note')}")
    return 1 if lost else 0


def _place(problem: ContentError) -> tuple[str, int]:
    return str(problem.path), problem.line or 0


def _changed_sound(config: Config) -> Iterator[ContentError]:
    """Yield an error for each own recording whose bytes aren't those that were added."""
    if config.content_dir is None:
        return
    audio, _ = load_audio([config.content_dir / "recordings"])
    yield from filter(None, map(wrong_checksum, audio))


def _read(site: Site, config: Config) -> str:
    """Return what was read, such as "checked en: 24 pages, 12 worksheets, 14 recordings"."""
    home = f"/{config.default_language}/"
    kinds = (("learn", "page"), ("worksheets", "worksheet"), ("recordings", "recording"))
    paths = [path.removeprefix(home) for path in site.answers if path.startswith(home)]
    counts = [_counted(len(_items(paths, folder)), word) for folder, word in kinds]
    return f"checked {', '.join(config.languages)}: {', '.join(counts)}"


def _items(paths: Sequence[str], folder: str) -> list[str]:
    """Return the paths of the pages that are straight in a folder."""
    return [path for path in paths if re.fullmatch(rf"{folder}/[\w-]+", path)]


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
