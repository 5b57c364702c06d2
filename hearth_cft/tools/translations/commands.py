"""Define `hearth translations`, which updates, compiles, checks and previews the catalogues."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue
from hearth_cft.i18n.compile import Problem, compile_catalogues, read_catalogue
from hearth_cft.tools.translations.add import AddError, add_locale
from hearth_cft.tools.translations.check import check
from hearth_cft.tools.translations.extract import ExtractionError, template
from hearth_cft.tools.translations.reword import RewordError, refuse_unless_reworded, reworded
from hearth_cft.tools.translations.status import progress, table
from hearth_cft.tools.translations.update import updated
from hearth_cft.tools.translations.workspace import Workspace, WorkspaceError, find_workspace
from hearth_cft.tools.translations.write import write

COMPILED = Path("hearth_cft", "assets", "translations")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `translations` and its subcommands to `hearth`."""
    parser = commands.add_parser("translations", help="catalogues and their tools")
    parser.add_argument(
        "--content-dir", type=Path, help="work on your own content folder, not on Hearth's"
    )
    group = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(group, "update", _update, "extract the texts and bring every catalogue up to date")
    _add(group, "compile", _compile, "compile the catalogues for a server run from this folder")
    _add(group, "check", _check, "list every mistake in the catalogues, as CI does")
    _add(group, "status", _status, "show how much of each language is translated")
    add = _add(group, "add", _add_language, "start a new language")
    add.add_argument("locale", metavar="LOCALE", help="its tag, such as cy, ur or pt-BR")
    reword = _add(group, "reword", _reword, "keep the translations of a reworded English text")
    reword.add_argument("old", metavar="OLD", help="the text before the change")
    reword.add_argument("new", metavar="NEW", help="the text that the sources have now")
    preview = _add(group, "preview", _preview, "serve the app with catalogues reloaded on save")
    preview.add_argument("--port", type=int, default=8001, help="port on 127.0.0.1 (8001)")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[Workspace, argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    def run(args: argparse.Namespace) -> int:
        try:
            return command(find_workspace(Path.cwd(), args.content_dir), args)
        except ExtractionError as error:
            _report(error.problems)
            return 1
        except (WorkspaceError, AddError, RewordError) as error:
            print(f"hearth: {error}", file=sys.stderr)
            return 2

    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=run)
    return parser


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _templates(workspace: Workspace) -> dict[str, Catalogue]:
    return {domain: template(workspace, domain) for domain in workspace.domains}


def _update(workspace: Workspace, args: argparse.Namespace) -> int:
    return update(workspace, _templates(workspace))


def update(workspace: Workspace, templates: dict[str, Catalogue]) -> int:
    """Write the templates and catalogues that have changed.

    Return the exit status: 1 if a catalogue can't be read, otherwise 0.
    """
    for domain, current in templates.items():
        write(workspace.template(domain), current)
    problems: list[Problem] = []
    for (tag, domain), path in workspace.catalogues().items():
        old = read_catalogue(path, problems) if path.is_file() else Catalogue()
        if old is not None and write(path, updated(old, templates[domain], tag)):
            print(f"updated {path.relative_to(workspace.root)}")
    _report(problems)
    return 1 if problems else 0


def _compile(workspace: Workspace, args: argparse.Namespace) -> int:
    if args.content_dir:
        print("nothing to compile: the server reads the .po files of a content folder itself")
        return 0
    problems = compile_catalogues(workspace.translations, workspace.root / COMPILED)
    _report(problems)
    return 1 if problems else 0


def _check(workspace: Workspace, args: argparse.Namespace) -> int:
    problems = check(workspace)
    _report(problems)
    count = len(workspace.catalogues())
    print(f"{len(problems)} mistakes in {count} catalogues and their sources")
    return 1 if problems else 0


def _status(workspace: Workspace, args: argparse.Namespace) -> int:
    problems: list[Problem] = []
    print(table(progress(workspace, problems)))
    _report(problems)
    return 1 if problems else 0


def _add_language(workspace: Workspace, args: argparse.Namespace) -> int:
    templates = _templates(workspace)
    print(add_locale(workspace, args.locale))
    return update(workspace, templates)


def _reword(workspace: Workspace, args: argparse.Namespace) -> int:
    templates = _templates(workspace)
    refuse_unless_reworded(list(templates.values()), args.old, args.new)
    problems: list[Problem] = []
    for (tag, domain), path in workspace.catalogues().items():
        catalogue = read_catalogue(path, problems)
        if catalogue is not None:
            changed, carried = reworded(catalogue, templates[domain], args.old, args.new)
            write(path, changed)
            print(f"{tag} {domain}: {carried} translations kept")
    if problems:
        _report(problems)
        return 1
    return update(workspace, templates)


def _preview(workspace: Workspace, args: argparse.Namespace) -> int:
    # This module loads the whole web application, which the other commands don't need.
    from hearth_cft.tools.translations.preview import preview

    return preview(workspace, args.port)
