"""Errors of the command line.

If `hearth serve` can't start, it prints one line that says why, and exits with code 2.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from hearth_cft import cli
from tests.server import HEARTH, ROOT, ready
from tests.warm import Serve


def refused(folder: Path, *arguments: str) -> str:
    """Run `hearth serve` in a folder. Return its one line of stderr without the program's name."""
    result = subprocess.run(
        [HEARTH, "serve", *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = result.stderr.splitlines()
    assert result.returncode == 2
    assert len(lines) == 1, result.stderr
    return lines[0].removeprefix("hearth: ")


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        message = refused(tmp_path, "--port", str(port))

    assert message == f"can't listen on 127.0.0.1:{port}: Address already in use; try --port"


def test_a_data_folder_in_use_is_named(tmp_path: Path, serve: Serve) -> None:
    with ready(serve(tmp_path)) as server:
        message = refused(tmp_path, "--port", "0", "--data-dir", str(server.data))

    assert f"{server.data} is in use by another process" in message


def test_a_data_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")

    assert "data folder" in refused(tmp_path, "--port", "0")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 8000\n", "'prot' is not a setting; the settings are: service_name"),
        ("port = \n", "is not valid TOML"),
        ('languages = ["en", "xx"]\n', "'languages' has 'xx'; there are: en, ar"),
        ('languages = ["en", "es"]\n', "'languages' has 'es'; there are: en, ar"),
        ('store = "mongodb://x"\n', "tinydb:"),
        ('content_dir = "none"\n', "there is no such folder"),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "hearth.toml").write_text(text)

    assert message in refused(tmp_path, "--port", "0")


def test_a_file_that_can_not_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Refuse the folder as the system does, since the tests may run as root."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "content/recordings")

    monkeypatch.setattr(cli, "serve", refuse)
    monkeypatch.setattr(cli, "log_to_stderr", lambda: None)
    monkeypatch.chdir(tmp_path)

    assert cli.main(["serve"]) == 2
    assert capsys.readouterr().err == "hearth: content/recordings: Permission denied\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    """Close the reading end of stdout, as in `hearth translations status | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)

    result = subprocess.run(
        [HEARTH, "translations", "status"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writing)

    assert result.returncode == 128 + signal.SIGPIPE
    assert result.stderr == ""
