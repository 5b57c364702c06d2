"""What README.md and SECURITY.md promise to operators is what the program does."""

from __future__ import annotations

import re
import subprocess

import pytest

from hearth_cft import CONTENT
from hearth_cft.config import Config
from hearth_cft.storage.tinydb.folder import RESERVE_BYTES
from hearth_cft.web.connection import KEEP_ALIVE_SECONDS
from hearth_cft.web.server import GRACE, IGNORED, STOPPING
from tests.server import ROOT

DOCUMENTS = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "hearth_cft/content/README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|[#/])([^)#]+)", text)

    assert [at for at in targets if not (ROOT / name).parent.joinpath(at).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md"])
def test_every_setting_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`([a-z][a-z0-9_]*) = ", text)
    named += re.findall(r"`((?:hsts|trusted|content|data|join|behind)_[a-z_]+)`", text)

    assert named
    assert [setting for setting in named if setting not in Config.model_fields] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, "translations/README.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)

    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= set(targets)


def test_a_translator_s_first_command_installs_those_that_follow() -> None:
    text = (ROOT / "translations" / "README.md").read_text(encoding="utf-8")
    target, command = re.findall(r"`(make [a-z-]+|\.venv/bin/hearth)", text)[:2]
    [needs] = re.findall(rf"^{target.removeprefix('make ')}:(.*)", MAKEFILE, re.MULTILINE)

    assert command == ".venv/bin/hearth"
    assert ".venv/serving" in needs


def test_the_signals_are_those_that_the_server_handles() -> None:
    stopping, ignored = re.findall(r"((?:SIG\w+(?:, | and )?)+) (?:stop|do nothing)", README)

    assert set(re.findall(r"SIG\w+", stopping)) == {number.name for number in STOPPING}
    assert set(re.findall(r"SIG\w+", ignored)) == {number.name for number in IGNORED}


@pytest.mark.parametrize(
    "words",
    [
        f"responses in progress have {GRACE} s",
        f"keeps them for {KEEP_ALIVE_SECONDS:.0f} s",
        f"{RESERVE_BYTES // 1024} KiB in `reserve`",
    ],
)
def test_the_figures_are_those_of_the_program(words: str) -> None:
    assert words in " ".join(README.split())


def test_there_is_as_much_to_read_and_to_hear_as_is_promised() -> None:
    numbers = {16: "sixteen", 18: "eighteen", 21: "twenty-one"}
    found = {
        folder: numbers[len(list((CONTENT / folder).glob("*.*")))]
        for folder in ("pages", "worksheets", "recordings")
    }
    text = " ".join(README.split())

    assert f"There are {found['recordings']} exercises, nine of them in a full and a short" in text
    assert f"There are {found['pages']} pages and {found['worksheets']} worksheets" in text


def test_what_an_operator_copies_is_in_git() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "contrib"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()

    assert {"contrib/nginx.conf", "contrib/Caddyfile", "contrib/hearth.service"} <= set(listed)
