"""`hearth recordings`: make the demonstration recordings, take in your own, check and list all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from hearth_cft import CONTENT
from hearth_cft.library.audio import load_audio
from hearth_cft.library.loader import Recording, load_library
from hearth_cft.library.script import VERSIONS
from hearth_cft.tools.recordings.add import AddError, Wish, add
from hearth_cft.tools.recordings.build import BuildError, build
from hearth_cft.tools.recordings.check import check
from hearth_cft.tools.recordings.espeak import EspeakError
from hearth_cft.tools.recordings.extras import MissingExtraError
from hearth_cft.tools.recordings.listing import table
from hearth_cft.tools.recordings.measured import measured
from hearth_cft.tools.recordings.model import ModelError
from hearth_cft.tools.recordings.mp3 import SoundFileError
from hearth_cft.tools.recordings.speakers import SPEAKERS
from hearth_cft.tools.recordings.words import Wording

_BAR = 30


class PlaceError(Exception):
    """It isn't clear where the recordings are; the message says how to say so."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `recordings` and its own commands to `hearth`."""
    parser = commands.add_parser("recordings", help="make, add and check recordings")
    own = parser.add_subparsers(required=True, metavar="COMMAND")
    make = _add(own, "build", _build, "make demonstration recordings in computer-generated voices")
    make.add_argument("slugs", nargs="*", metavar="SLUG", help="only these (all)")
    make.add_argument("--locale", choices=_locales(), help="only in this language (all)")
    make.add_argument("--again", action="store_true", help="also those that are up to date")
    take = _add(own, "add", _take_in, "take in a recording that your therapists made")
    take.add_argument("file", metavar="FILE", type=Path, help="an MP3, M4A, WAV or other recording")
    take.add_argument("--slug", required=True, help="which exercise, such as safe-place")
    take.add_argument("--locale", required=True, help="language spoken, such as en or cy")
    take.add_argument("--voice", required=True, help="name or initials of the speaker")
    take.add_argument("--version", choices=VERSIONS, default="full", help="(full)")
    take.add_argument("--transcript", type=Path, help="what is said, one paragraph a caption")
    take.add_argument("--replace", action="store_true", help="replace the one of the same name")
    look = _add(own, "check", _check, "name what is wrong with any recording")
    look.add_argument("--again", action="store_true", help="also measure what hasn't changed")
    show = _add(own, "list", _list, "show length, size and levels of every recording")
    show.add_argument("--markdown", action="store_true", help="as a table for Markdown")


def _add(
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
    wanted = [each for each in recordings if not given.slugs or each.slug in given.slugs]
    wanted = _own(wanted, given) if given.content_dir else wanted
    locales = [given.locale] if given.locale else []
    made = build(wanted, _wording(given), _folder(given), print, locales=locales, again=given.again)
    print(f"{made} recordings made")
    return 0


def _take_in(given: argparse.Namespace) -> int:
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
    place = add(wish, recordings, wording, _folder(given), progress=_progress, warn=_warn)
    print(f"{place} is ready; restart the server to offer it")
    return 0


def _check(given: argparse.Namespace) -> int:
    recordings = _recordings(given)
    own = _own(recordings, given) if given.content_dir else None
    folder = _folder(given)
    measure = partial(measured, folder, again=given.again)
    count, findings = check(folder, recordings, _wording(given), own=own, measure=measure)
    for finding in findings:
        print(finding)
    wrong = sum(not finding.note for finding in findings)
    print(f"{count} recordings checked, {wrong} problems")
    return 1 if wrong else 0


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
    """The scripts, with those of the content folder in place of the built-in ones."""
    library = load_library([CONTENT, *([given.content_dir] if given.content_dir else [])])
    for problem in library.problems:
        if problem.path.parent.name == "recordings":
            _warn(str(problem))
    return library.recordings


def _own(recordings: Sequence[Recording], given: argparse.Namespace) -> list[Recording]:
    """Those whose scripts are in the content folder."""
    return [each for each in recordings if each.path.is_relative_to(given.content_dir)]


def _wording(given: argparse.Namespace) -> Wording:
    """The content folder's catalogues, then a working copy's."""
    places = [given.content_dir] if given.content_dir else []
    return Wording([place / "translations" for place in (*places, CONTENT.parent.parent)])


def _locales() -> list[str]:
    return sorted({speaker.locale for speaker in SPEAKERS})


def _folder(given: argparse.Namespace) -> Path:
    """Where the sound files are: the content folder's recordings, or a working copy's."""
    if given.content_dir:
        if not given.content_dir.is_dir():
            raise PlaceError(f"{given.content_dir} is no folder; make it first")
        return Path(given.content_dir) / "recordings"
    working_copy = CONTENT.parent.parent
    if not (working_copy / "pyproject.toml").is_file():
        raise PlaceError("say where your recordings are: --content-dir DIR, as in hearth.toml")
    return working_copy / "static" / "recordings"


def _warn(message: str) -> None:
    print(f"warning: {message}", file=sys.stderr)


def _progress(share: float) -> None:
    """A bar on a terminal; nothing in a log file."""
    if sys.stderr.isatty():
        done = round(share * _BAR)
        bar = "#" * done + "-" * (_BAR - done)
        end = "\n" if share >= 1 else ""
        print(f"\r[{bar}] {share:4.0%}", end=end, file=sys.stderr, flush=True)
