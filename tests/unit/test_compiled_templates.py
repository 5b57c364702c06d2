"""The cache of compiled templates, in the folder where Python caches compiled modules."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.lexer import Lexer

from hearth_cft.web.site.templates import CompiledTemplates

SOURCE = {"page.html": "Hello {{ name }}"}


def rendered(folder: Path, sources: dict[str, str] = SOURCE) -> str:
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, bytecode_cache=CompiledTemplates(folder)
    )
    return environment.get_template("page.html").render(name="Maryam")


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(Lexer, "tokeniter", fail)


def test_a_second_start_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path)
    forbid_compiling(monkeypatch)

    assert rendered(tmp_path) == "Hello Maryam"


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    rendered(tmp_path)

    assert rendered(tmp_path, {"page.html": "Dear {{ name }}"}) == "Dear Maryam"


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_a_broken_file_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40] if content is None else content)

    assert rendered(tmp_path) == "Hello Maryam"
    forbid_compiling(monkeypatch)
    assert rendered(tmp_path) == "Hello Maryam"


def test_a_folder_that_can_not_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert rendered(tmp_path / "file" / "templates") == "Hello Maryam"
