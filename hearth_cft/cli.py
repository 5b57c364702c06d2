"""Run Hearth's commands: serve, check, translations, recordings."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from hearth_cft.application import open_app
from hearth_cft.config import Config, ConfigError, settings_file
from hearth_cft.i18n.locales import LocaleError
from hearth_cft.logs import log_to_stderr
from hearth_cft.records import StoreError
from hearth_cft.tools.check import add_command as add_check
from hearth_cft.tools.recordings.commands import add_commands as add_recordings
from hearth_cft.tools.translations.commands import add_commands as add_translations
from hearth_cft.version import version
from hearth_cft.web.server import ServeError, serve
from hearth_cft.web.site.templates import AssetError

DEFAULT_FILE = Path("hearth.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    The code is 0 on success. If the command can't run, print one line to standard error and
    return 2.
    """
    parser = argparse.ArgumentParser(prog="hearth", description=__doc__)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    add_check(commands, DEFAULT_FILE)
    add_translations(commands)
    add_recordings(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except (ConfigError, LocaleError, AssetError, StoreError, ServeError) as error:
        print(f"hearth: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has closed the pipe (`hearth … | head`). Python writes the rest of the output
        # when it exits. Send that to /dev/null, because a second write to the pipe would fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141  # as shells report SIGPIPE, which Windows doesn't have
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"hearth: {where}{error.strerror or error}", file=sys.stderr)
        return 2
    return code


class _ShowVersion(argparse.Action):
    """Print the version, which takes git a moment in a working copy, only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"hearth {version()}")
        parser.exit()


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("serve", help="serve the app")
    command.add_argument("--host", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on (8000)")
    command.add_argument("--data-dir", type=Path, help="folder of the sealed records (data)")
    command.add_argument("--config", type=Path, help="settings (hearth.toml, where there is one)")
    command.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    log_to_stderr()
    path = settings_file(options.config, DEFAULT_FILE)
    overrides = {"host": options.host, "port": options.port, "data_dir": options.data_dir}
    serve(Config.load(path, os.environ, overrides), open_app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
