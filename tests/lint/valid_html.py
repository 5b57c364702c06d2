"""Check that every page is valid HTML: ``python -m tests.lint.valid_html``.

Render the pages of each language and the error pages into a temporary folder, and run
html-validate on it. The rules are in `.htmlvalidate.json`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from hearth_cft.application import load_site
from hearth_cft.config import Config
from hearth_cft.web.site.build import HTML

ROOT = Path(__file__).parents[2]
VALIDATOR = "node_modules/html-validate/bin/html-validate.mjs"


def main() -> int:
    site = load_site(Config())
    pages = {
        path: response.body
        for path, response in site.answers.items()
        if response.content_type == HTML
    }
    pages |= {f"/{tag}/error-{status}": html for (tag, status), html in site.errors.items()}
    with tempfile.TemporaryDirectory() as folder:
        for path, html in pages.items():
            file = Path(folder, path.strip("/").replace("/", "_") + ".html")
            file.write_bytes(html)
        settings = ROOT / ".htmlvalidate.json"
        node = Path(sys.executable).parent / "node"
        command = [node, VALIDATOR, "--config", settings, "--formatter", "text", folder]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    print(f"{len(pages)} pages checked")
    return code


if __name__ == "__main__":
    sys.exit(main())
