"""Define `hearth recordings`: build the demonstrations, add your own, check and list all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from hearth_cft import CONTENT
from hearth_cft.library.audio import load_audio
from hearth_cft.library.loader import load_library
from hearth_cft.library.models import Recording
from hearth_cft.library.script import VERSIONS
from hearth_cft.tools.recordings.add import AddError, Wish, add
from hearth_cft.tools.recordings.build import BuildError, build
from hearth_cft.tools.recordings.check import check
from hearth_cft.tools.recordings.check_pace import Paced, estimates, pace_findings, pace_table
from hearth_cft.tools.recordings.espeak import EspeakError
from hearth_cft.tools.recordings.extras import MissingExtraError
from hearth_cft.tools.recordings.findings import Finding
from hearth_cft.tools.recordings.listing import table
from hearth_cft.tools.recordings.measured import measured
from hearth_cft.tools.recordings.model import ModelError
from hearth_cft.tools.recordings.mp3 import SoundFileError
from hearth_cft.tools.recordings.speakers import SPEAKERS
from hearth_cft.tools.recordings.words import Wording

_BAR = 30


class PlaceError(Exception):
    """The folder of the recordings is unknown. The message says how to give it."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `recordings` and its subcommands to `hearth`."""
    parser = commands.add_parser("recordings", help="make, add and check recordings")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    build_parser = _add_command(
        subcommands, "build", _build, "make demonstration recordings in computer-generated voices"
    )
    build_parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these (default: all)")
    build_parser.add_argument(
        "--locale", choices=_locales(), help="only in this language (default: all)"
    )
    build_parser.add_argument("--again", action="store_true", help="also those that are up to date")
    add_parser = _add_command(
        subcommands, "add", _add_recording, "add a recording that your therapists made"
    )
    add_parser.add_argument(
        "file", metavar="FILE", type=Path, help="an MP3, M4A, WAV or other recording"
    )
    add_parser.add_argument("--slug", required=True, help="which exercise, such as safe-place")
    add_parser.add_argument("--locale", required=True, help="language spoken, such as en or cy")
    add_parser.add_argument("--voice", required=True, help="name or initials of the speaker")
    add_parser.add_argument("--version", choices=VERSIONS, default="full", help="(default: full)")
    add_parser.add_argument(
        "--transcript", type=Path, help="what is said, with one paragraph for each caption"
    )
    add_parser.add_argument(
        "--replace", action="store_true", help="replace the recording of the same name"
    )
    check_parser = _add_command(
        subcommands, "check", _check, "check every recording and report problems"
    )
    check_parser.add_argument(
        "--again", action="store_true", help="also measure what hasn't changed"
    )
    check_parser.add_argument(
        "--scripts",
        action="store_true",
        help="only estimate the pace of the scripts, before anything is recorded",
    )
    list_parser = _add_command(
        subcommands, "list", _list, "show length, size and levels of every recording"
    )
    list_parser.add_argument("--markdown", action="store_true", help="as a table for Markdown")


def _add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    work: Callable[[argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    def run(given: argparse.Namespace) -> int:
        try:
            return work(given)
        except (
            AddError,
            BuildError,
            EspeakError,
            MissingExtraError,
            ModelError,
            PlaceError,
            SoundFileError,
        ) as error:
            print(f"hearth: {error}", file=sys.stderr)
        except OSError as error:
            print(f"hearth: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2

    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.add_argument(
        "--content-dir", type=Path, help="your own content folder, as in hearth.toml"
    )
    parser.set_defaults(run=run)
    return parser


def _build(given: argparse.Namespace) -> int:
    recordings = _recordings(given)
    unknown = set(given.slugs) - {recording.slug for recording in recordings}
    if unknown:
        raise BuildError(f"there is no recording '{min(unknown)}'")
    wanted = [item for item in recordings if not given.slugs or item.slug in given.slugs]
    wanted = _own(wanted, given) if given.content_dir else wanted
    locales = [given.locale] if given.locale else []
    made = build(wanted, _wording(given), _folder(given), print, locales=locales, again=given.again)
    print(f"{made} recordings made")
    return 0


def _add_recording(given: argparse.Namespace) -> int:
    wish = Wish(
        given.file,
        slug=given.slug,
        locale=given.locale,
        voice=given.voice,
        version=given.version,
        transcript=given.transcript,
        replace=given.replace,
    )
    recordings, wording = _recordings(given), _wording(given)
    path = add(wish, recordings, wording, _folder(given), progress=_progress, warn=_warn)
    print(f"{path} is ready; restart the server to offer it")
    return 0


def _check(given: argparse.Namespace) -> int:
    recordings = _recordings(given)
    own = _own(recordings, given) if given.content_dir else None
    if given.scripts:
        scripts = recordings if own is None else own
        rows = list(estimates(scripts, _wording(given), (), own=own is not None))
        return _report(rows, list(pace_findings(rows)), f"{len(scripts)} scripts")
    folder = _folder(given)
    measure = partial(measured, folder, again=given.again)
    count, findings, rows = check(folder, recordings, _wording(given), own=own, measure=measure)
    return _report(rows, findings, f"{count} recordings")


def _report(rows: Sequence[Paced], findings: Sequence[Finding], what: str) -> int:
    """Print the table and the findings. Return the exit code."""
    if rows:
        print(pace_table(rows))
    for finding in findings:
        print(finding)
    problems = sum(not finding.note for finding in findings)
    print(f"{what} checked, {problems} problems")
    return 1 if problems else 0


def _list(given: argparse.Namespace) -> int:
    folder = _folder(given)
    audio, broken = load_audio([folder])
    for problem in broken:
        _warn(str(problem))
    try:
        print(table(audio, measured(folder, audio), markdown=given.markdown))
    except MissingExtraError as error:
        print(table(audio, None, markdown=given.markdown))
        _warn(f"loudness, peaks and drift are not shown: {error}")
    return 0


def _recordings(given: argparse.Namespace) -> Sequence[Recording]:
    """Load the scripts. Those in the content folder replace the built-in ones."""
    library = load_library([CONTENT, *([given.content_dir] if given.content_dir else [])])
    for problem in library.problems:
        if problem.path.parent.name == "recordings":
            _warn(str(problem))
    return library.recordings


def _own(recordings: Sequence[Recording], given: argparse.Namespace) -> list[Recording]:
    """Return the recordings whose scripts are in the content folder."""
    return [item for item in recordings if item.path.is_relative_to(given.content_dir)]


def _wording(given: argparse.Namespace) -> Wording:
    """Return the catalogues of the content folder, then those of a working copy."""
    content = [given.content_dir] if given.content_dir else []
    return Wording([folder / "translations" for folder in (*content, CONTENT.parent.parent)])


def _locales() -> list[str]:
    return sorted({speaker.locale for speaker in SPEAKERS})


def _folder(given: argparse.Namespace) -> Path:
    """Return the folder of the sound files, in the content folder or in a working copy.

    Raises PlaceError.
    """
    if given.content_dir:
        if not given.content_dir.is_dir():
            raise PlaceError(f"{given.content_dir} is not a folder; create it first")
        return Path(given.content_dir) / "recordings"
    working_copy = CONTENT.parent.parent
    if not (working_copy / "pyproject.toml").is_file():
        raise PlaceError("give your content folder with --content-dir DIR, as in hearth.toml")
    return working_copy / "static" / "recordings"


def _warn(message: str) -> None:
    print(f"warning: {message}", file=sys.stderr)


def _progress(share: float) -> None:
    """Draw a progress bar on a terminal. Write nothing to a log file."""
    if sys.stderr.isatty():
        done = round(share * _BAR)
        bar = "#" * done + "-" * (_BAR - done)
        end = "\n" if share >= 1 else ""
        print(f"\r[{bar}] {share:4.0%}", end=end, file=sys.stderr, flush=True)
