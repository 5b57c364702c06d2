"""List each class or id in the style sheets that no template and no script uses.

``python -m tests.lint.dead_styles`` exits with 1 if there are any. A template or script may build a
name: `field-{{ type }}` and `icon-${name}` use every name that begins with `field-` or `icon-`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nhsuk_frontend_jinja

ROOT = Path(__file__).parents[2]
USERS = {
    ROOT / "hearth_cft": {".html", ".jinja", ".js"},
    ROOT / "static": {".js", ".svg"},
    Path(nhsuk_frontend_jinja.__path__[0]): {".html", ".jinja"},
}
# A word in a comment doesn't use a style. A "//" inside an address has no space before it.
COMMENT = re.compile(r"(?:^|(?<=\s))//[^\n]*|/\*.*?\*/|\{#.*?#\}", re.DOTALL | re.MULTILINE)
SELECTOR = re.compile(r"[.#]([a-zA-Z][\w-]*)(?=[^;{}]*\{)")
NAME = re.compile(r"[a-zA-Z][\w-]*")
BEGINNING = re.compile(r"([a-zA-Z][\w-]*-)(?:\{\{|\$\{)")


def main() -> int:
    used = "\n".join(texts())
    names, beginnings = set(NAME.findall(used)), tuple(BEGINNING.findall(used))
    unused = [
        f"{file.relative_to(ROOT)}: nothing uses '{name}'"
        for file in sorted((ROOT / "static" / "css").rglob("*.scss"))
        for name in sorted(set(SELECTOR.findall(COMMENT.sub("", file.read_text("utf-8")))))
        if name not in names and not name.startswith(beginnings)
    ]
    print("\n".join(unused) or "every selector is used")
    return 1 if unused else 0


def texts() -> Iterator[str]:
    """Yield the text of each file that may use a style. Skip built assets: they hold the styles."""
    for folder, endings in USERS.items():
        for file in folder.rglob("*"):
            if file.suffix in endings and "assets" not in file.parts:
                yield COMMENT.sub("", file.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
