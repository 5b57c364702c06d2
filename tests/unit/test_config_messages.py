"""Mistakes that operators make in hearth.toml: each is named with its place and the right way."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from hearth_cft.config import Config, ConfigError, settings_file

LINE = '[[crisis_lines]]\nname = "A"\nnumber = "12"\n'
WAY = '[[other_ways]]\nname = "A"\nabout = "B"\n'


def load(folder: Path, text: str, **environment: str) -> Config:
    file = folder / "hearth.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return Config.load(file, environment)


def refused(folder: Path, text: str, **environment: str) -> str:
    """Return the words of the refusal. "FILE" stands for the path of the settings."""
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **environment)
    return str(caught.value).replace(str(folder / "hearth.toml"), "FILE")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[contact]\nphnoe = "12"',
            "FILE:2: 'contact.phnoe' is not a setting; the settings are: phone, email, hours; "
            "did you mean 'phone'?",
        ),
        ('[contact]\nservice_name = "A"', "'service_name' belongs at the top of the file, above"),
        (f"{LINE}languages = ['en']", "FILE:4: [[crisis_lines]] 1: 'languages' is not a setting"),
        ('phone = "12"', "FILE:1: 'phone' is not a setting"),
        ('phone = "12"', "does it belong in the table 'contact'?"),
        ('servise_name = "x"', "did you mean 'service_name'?"),
        ("[limits]\nrecord = 1", "did you mean 'records'?"),
        ('third_system = "contentmant"', "did you mean 'contentment'?"),
        ('[crisis_lines]\nname = "A"', "write [[crisis_lines]], with two brackets"),
        ('[programme]\ntitle = "A"', "write [[programme]], with two brackets on each side"),
        ('[[contact]]\nphone = "12"', "'contact' is a list of tables: write [contact], with one"),
        ('contact = "12"', "'contact' is '12': must be a table of: phone, email, hours"),
        ('crisis_lines = ["12"]', "[[crisis_lines]]"),
        ("crisis_lines = []", "FILE:1: 'crisis_lines' is empty, but Help tells clients in danger"),
        ('crisis_lines = "116 123"', "must be a list"),
        ('host = "http://localhost"', "must be an address alone, such as 127.0.0.1, without http"),
        ('host = "127.0.0.1:8000"', "write the number after the colon as 'port'"),
        ('host = "my host"', "must be an address of this machine"),
        ('host = ""', "'host' is ''"),
        ('[contact]\nemail = "hello at example"', "must be an email address, such as"),
        (f'{LINE}text = "SHOUT!"', "must be the word to send: 1 to 20 letters"),
        (f'{LINE}nmae = "B"', "did you mean 'name'?"),
        (f'{LINE}urgnet = "B"', "did you mean 'urgent'?"),
        (f'{LINE}urgent = ""', "FILE:4: [[crisis_lines]] 1: 'urgent' is empty: write a text or"),
        (f"{LINE}urgent = {{ xx = 'B' }}", "'urgent' has 'xx', which is not a language"),
        ('[help]\nopenning = "A"', "FILE:2: 'help.openning' is not a setting; the settings are: "),
        ('[help]\nsuicide = ""', "FILE:2: 'help.suicide' is empty: write a text or leave"),
        ('[help]\nopening = { xx = "A" }', "'help.opening' has 'xx', which is not a language"),
        ('[other_ways]\nname = "A"', "write [[other_ways]], with two brackets on each side"),
        ('[[other_ways]]\nname = "A"', "FILE:1: [[other_ways]] 1: 'about' is missing"),
        (
            f'{WAY}text = "HELLO"',
            "FILE:4: [[other_ways]] 1: 'text' is a word to send, but there is no number: set "
            "'number' too",
        ),
        (f'{WAY}number = "call"', "[[other_ways]] 1: 'number' is 'call': must be a telephone"),
        (f'{WAY}website = "999bsl.co.uk"', "must be the address of a website, such as https://"),
        (f'{WAY}website = "javascript:alert(1)"', "must be the address of a website"),
        (f'{WAY}wbesite = "https://a.org"', "did you mean 'website'?"),
        ('[contact]\nhours = { en = "Mondays", xx = "Y" }', "has 'xx', which is not a language"),
        ('[contact]\nhours = { english = "Mondays" }', "has 'english', which is not a language"),
        ('[contact]\nhours = ""', "FILE:2: 'contact.hours' is empty"),
        ("[contact]\nhours = {}", "'contact.hours' is empty: must be a text"),
        ("[contact]\nhours = 9", "must be a table"),
        ("port = true", "'port' is true: must be a whole number"),
        ('port = "x"', "'port' is 'x': must be a whole number"),
        ("languages = []", "'languages' is empty: must list at least one"),
        ('languages = ["en", "en"]', "has 'en' twice"),
        ('service_name = " "', "'service_name' is empty"),
        (f'service_name = "{"x" * 41}"', "must be a text of at most 40 letters"),
        ('content_dir = ""', "'content_dir' is empty: name a folder or leave the setting out"),
        ('data_dir = ""', "'data_dir' is empty"),
        ("content_dir = 5", "must be a text"),
        ('service_name = "A', 'FILE:1: is not valid TOML: a quotation mark (") is missing'),
        ('service_name = A"', 'FILE:1: is not valid TOML: a text needs a quotation mark (")'),
        ("service_name = “A”", 'write straight quotation marks ("), not “ and ”'),
        ("behind_tls = True", "write true, in small letters"),
        ('content_dir = "C:\\Users\\me"', "write / or \\\\"),
        ("port: 8000", "write = instead of :, as in port = 8000"),
        ("[contact]\n[contact]", "FILE:2: is not valid TOML: 'contact' is there twice"),
        ("port = 1\nport = 2", "FILE:2: is not valid TOML: 'port' is there twice"),
        ("port =\u00a08000", "there is a special space outside the quotation marks"),
        ('service_name = """A\nB', "FILE:1: is not valid TOML: a quotation mark"),
        ('languages = ["en"', "FILE:1: is not valid TOML: a ] is missing"),
        ("content", "a line must be name = value, a [table] or a # comment"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_is_allowed(
    tmp_path: Path, text: str, message: str
) -> None:
    words = refused(tmp_path, text)

    assert message in words
    assert "valid tuple" not in words
    assert "pattern" not in words
    assert "\n" not in words


def test_each_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, 'prot = 1\nhost = "http://a"\n[contact]\nphone = "call"')

    assert len(caught.value.problems) == 3


def test_a_mistake_in_a_variable_names_the_variable(tmp_path: Path) -> None:
    words = refused(tmp_path, "port = 1", HEARTH_PORT="eighty")

    assert words == "HEARTH_PORT: 'port' is 'eighty': must be a whole number"
    assert "did you mean 'HEARTH_PORT'?" in refused(tmp_path, "", HEARTH_PROT="1")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_settings_may_be_saved_by_any_editor(tmp_path: Path, newline: str) -> None:
    text = f'\ufeffservice_name = "Ours"{newline}port = 81{newline}'

    config = load(tmp_path, text)

    assert (config.service_name, config.port) == ("Ours", 81)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252"])
def test_settings_in_another_encoding_are_named(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "hearth.toml"
    file.write_bytes('service_name = "Café"'.encode(encoding))

    with pytest.raises(ConfigError, match="save the file as UTF-8"):
        Config.load(file, {})


def test_a_text_that_no_client_sees_is_a_note(tmp_path: Path) -> None:
    text = '[contact]\nphone = "12"\nhours = { en = "Mondays", cy = "Dydd Llun" }'
    config = load(tmp_path, text)

    (note,) = config.notes
    assert note.is_note
    assert (note.line, note.message) == (
        3,
        "'contact.hours': the text in 'cy' is never shown, since 'languages' hasn't 'cy'",
    )


def test_hours_without_a_number_are_a_note(tmp_path: Path) -> None:
    (note,) = load(tmp_path, '[contact]\nhours = "Mondays"').notes

    assert (note.line, note.is_note) == (2, True)
    assert "it stands beside 'phone', which isn't set" in note.message


def test_own_crisis_lines_without_other_ways_are_a_note(tmp_path: Path) -> None:
    (note,) = load(tmp_path, LINE).notes

    assert (note.line, note.is_note) == (1, True)
    assert "Help says nothing to clients who can't speak or hear" in note.message
    assert load(tmp_path, f"other_ways = []\n{LINE}").notes == ()
    assert load(tmp_path, LINE + WAY).notes == ()


def test_a_number_that_is_wrong_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, WAY + 'number = "call"\ntext = "HELLO"')

    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("name", ["hearth.toml.txt", "Hearth.toml", "hearth.toml "])
def test_settings_under_another_name_are_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()

    with pytest.raises(ConfigError, match=r"is not read; name it hearth\.toml"):
        settings_file(None, tmp_path / "hearth.toml")


def test_without_a_settings_file_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "hearth.toml.old").touch()

    assert settings_file(None, tmp_path / "hearth.toml") is None
    assert settings_file(tmp_path / "other.toml", tmp_path / "hearth.toml") == (
        tmp_path / "other.toml"
    )


def test_a_content_folder_with_another_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    assert "did you mean 'content'?" in refused(tmp_path, 'content_dir = "contents"')
    (tmp_path / "file").touch()
    assert "that is a file, not a folder" in refused(tmp_path, 'content_dir = "file"')


def test_a_content_folder_from_a_mac_is_found(tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "Unterstützung")
    folder.mkdir()

    config = load(tmp_path, f"content_dir = {json.dumps('Unterstützung')}")

    assert config.content_dir == folder
