"""A small working copy for the catalogue tests: sources, templates and an Arabic catalogue."""

from __future__ import annotations

from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.po import parse
from hearth_cft.tools.translations.extract import template
from hearth_cft.tools.translations.update import updated
from hearth_cft.tools.translations.workspace import Workspace, find_workspace
from hearth_cft.tools.translations.write import render, write

FILES = {
    "pyproject.toml": """
        [[tool.babel.mappings]]
        method = "jinja2"
        pattern = ["hearth_cft/templates/**.html"]
        silent = "false"
        [[tool.babel.mappings]]
        method = "python"
        pattern = "hearth_cft/**.py"
        [[tool.babel.mappings]]
        method = "javascript"
        pattern = "static/js/**.js"
        parse_template_string = "true"
        """,
    "translations/locales.toml": """
        [[locales]]
        tag = "en"
        name = "English"
        plurals = ["one", "other"]

        [[locales]]
        tag = "ar"
        name = "العربية"
        direction = "rtl"
        fonts = ["Noto Naskh Arabic"]
        plurals = ["zero", "one", "two", "few", "many", "other"]
        reviewed = { messages = true, content = false }
        offered = true
        """,
    "hearth_cft/templates/home.html": """
        <h1>{{ gettext("What would help right now?") }}</h1>
        {# Translators: a button under the save line #}
        <button>{{ gettext("Save") }}</button>
        <p>{{ gettext("Saved at %(time)s by %(name)s", time=time, name=name) }}</p>
        """,
    "hearth_cft/names.py": """
        def label(pgettext):
            return pgettext("bottom bar, at most 11 letters", "Listen")
        """,
    "static/js/saved.js": """
        // Translators: a list of what the phone keeps
        const count = ngettext("%(num)s recording", "%(num)s recordings", n);
        const text = `${count}: ${gettext("not all of them are saved yet")}`;
        """,
    "hearth_cft/content/pages/breathing.md": """
        +++
        title = "Slow breathing"
        summary = "A way to settle."
        order = 1
        +++

        ## When to stop

        Stop *whenever* you like, and read [what helps](/help).
        """,
}


def make_workspace(folder: Path) -> Workspace:
    """Write FILES to `folder`, and a template and an untranslated Arabic catalogue per domain."""
    for name, text in FILES.items():
        put(folder / name, text)
    workspace = find_workspace(folder)
    for domain in workspace.domains:
        current = template(workspace, domain)
        write(workspace.template(domain), current)
        write(workspace.catalogue("ar", domain), updated(Catalogue(), current, "ar"))
    return workspace


def put(path: Path, text: str) -> None:
    """Write `text` to a file. Remove the indentation of its first line from every line."""
    lines = text.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line[indent:]}\n" for line in lines), encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old` with `new` in a file. Raise AssertionError unless `old` occurs exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def translate(path: Path, english: str, *forms: str) -> None:
    """Store a translation in a .po file and clear its fuzzy mark, as a translator's editor does."""
    catalogue = parse(path.read_text(encoding="utf-8"))
    (key,) = [key for key in catalogue.messages if key[1] == english]
    old = catalogue.messages[key]
    catalogue.messages[key] = Message(
        **{**vars(old), "forms": forms, "flags": old.flags - {"fuzzy"}, "previous": None}
    )
    path.write_text(render(catalogue), encoding="utf-8")


def message(path: Path, english: str) -> Message:
    """Return the message of a .po file with this English text."""
    catalogue = parse(path.read_text(encoding="utf-8"))
    (match,) = [entry for entry in catalogue.messages.values() if entry.id == english]
    return match
