"""Spelling by espeak-ng: its output becomes the letters of the voice model, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.tools.recordings.espeak import EspeakError, SpellingError, letters_of, spelling

# The output of espeak-ng 1.51 for these phrases.
PRINTED = {
    "Afloja la mandíbula": "aflˈoxa la mandˈiβula\n",
    "y deja que el aire se vaya": "i ðˈexa ke el ˈa^ɪɾe se βˈaʝa\n",
    "Estás aquí": "estˈas akˈi\n",
    "l'air est plus lent": "lˈɛʁ ɛ ply lˈɑ̃\n",
    "Laisse les yeux se fermer": "lˈɛs le-z jˈø sə- fɛʁmˈe\n",
    "Deixe o queixo se soltar": "dˈe^ɪʃj ʊ kˈe^ɪʃʊ sy sowtˈar\n",
    "Solte o ar": "sˈɔlt^ʃj u ˈar\n",
    "de dia": "d^ʒy d^ʒˈiæ\n",
    "un rythme": "œ̃ (^e^n)ɹˈɪθm(^f^r)\n",
    "le dos": "lə- (^e^n)dˈɒs(^f^r)\n",
    "two lines": "\nbjˌembenˈiða\nbˈamos\n",
}


def spelt(text: str) -> str:
    return spelling("es", PRINTED.__getitem__)(text)


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("Afloja la mandíbula", "aflˈoxa la mandˈiβula"),
        ("Deixe o queixo se soltar", "dˈAʃj ʊ kˈAʃʊ sy sowtˈar"),
        ("Solte o ar", "sˈɔlʧj u ˈar"),
        ("de dia", "ʤy ʤˈiæ"),
        ("y deja que el aire se vaya", "i ðˈexa ke el ˈIɾe se βˈaʝa"),
    ],
)
def test_tied_sounds_become_the_one_letter_that_the_voice_knows(words: str, letters: str) -> None:
    assert spelt(words) == letters


def test_other_tied_sounds_stay_two_letters() -> None:
    assert letters_of("sˈo^ɪs mˈaɾɐ̃^ʊ̃", "sois") == "sˈoɪs mˈaɾɐ̃ʊ̃"


def test_words_that_are_said_as_one_are_joined() -> None:
    assert spelt("Laisse les yeux se fermer") == "lˈɛs lez jˈø sə fɛʁmˈe"


def test_several_lines_of_output_are_one_phrase() -> None:
    assert spelt("two lines") == "bjˌembenˈiða bˈamos"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Solte o ar, de dia.", "sˈɔlʧj u ˈar, ʤy ʤˈiæ."),
        ("Estás aquí: solte o ar".replace("solte", "Solte"), "estˈas akˈi: sˈɔlʧj u ˈar"),
        ("¿Estás aquí?", "estˈas akˈi?"),
        ("«Estás aquí.»", "estˈas akˈi."),
        ("Solte o ar – de dia…", "sˈɔlʧj u ˈar— ʤy ʤˈiæ…"),
        ("Estás aquí... Solte o ar!", "estˈas akˈi. sˈɔlʧj u ˈar!"),
        ("L’air est plus lent\u00a0: de dia".replace("L’", "l’"), "lˈɛʁ ɛ ply lˈɑ̃: ʤy ʤˈiæ"),
    ],
)
def test_marks_are_kept_and_what_is_not_heard_is_left_out(text: str, letters: str) -> None:
    assert spelt(text) == letters


@pytest.mark.parametrize("words", ["un rythme", "le dos"])
def test_a_word_taken_for_english_is_refused_and_named(words: str) -> None:
    with pytest.raises(SpellingError, match=rf"a word of '{words}' for another language \(en\)"):
        spelt(words)


@pytest.mark.parametrize("flag", ["(en)", "(pt-pt)", "(^f^r^-^c^a)"])
def test_any_flag_of_a_language_is_refused(flag: str) -> None:
    with pytest.raises(SpellingError, match="another language"):
        letters_of(f"ˈun {flag}ɹˈɪθm", "un rythme")


def test_a_missing_program_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(EspeakError, match="apt-get install espeak-ng"):
        spelling("fr")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a fake espeak-ng that writes its arguments to a file and prints its input."""
    file = tmp_path / "espeak-ng"
    file.write_text('#!/bin/sh\necho "$@" >"$0.arguments"\n/bin/cat\n', encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return file


def test_words_go_to_the_program_as_text_in_the_language(program: Path) -> None:
    assert spelling("pt-br")("-v en; $(ls), ação") == "v en; $ls, ação"

    arguments = program.with_name("espeak-ng.arguments").read_text(encoding="utf-8").split()
    assert arguments[-3:] == ["-v", "pt-br", "--stdin"]
    assert {"--ipa", "--tie=^", "-q"} <= set(arguments)


def test_a_failing_program_is_told(program: Path) -> None:
    program.write_text("#!/bin/sh\necho no such voice >&2\nexit 1\n", encoding="utf-8")

    with pytest.raises(EspeakError, match="failed for 'tlh': no such voice"):
        spelling("tlh")("qapla")
