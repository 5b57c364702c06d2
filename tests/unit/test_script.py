"""Valid scripts of recordings, and each kind of mistake in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth_cft.library.script import Pause, Phrase, ScriptError, parse_script, script_sha256

SCRIPT = "## full\n\nSit\ndown.\n\n[pause 8]\n\nStand up.\n\n## short\n\nSit.\n"


def test_paragraphs_are_phrases_and_pauses_with_the_lines_of_the_file() -> None:
    versions = parse_script(SCRIPT, first_line=7)

    assert versions == {
        "full": (Phrase("Sit down.", 9), Pause(8, 12), Phrase("Stand up.", 14)),
        "short": (Phrase("Sit.", 18),),
    }


def test_one_version_alone_is_a_script() -> None:
    assert list(parse_script("## short\nSit.")) == ["short"]


@pytest.mark.parametrize("pause", ["[pause 8]", "[PAUSE 8]", "[ pause  8 ]"])
def test_a_pause_may_be_written_with_other_spaces_and_capitals(pause: str) -> None:
    versions = parse_script(f"## full\n\nSit.\n\n{pause}\n\nStand.")

    assert versions["full"][1] == Pause(8, 5)


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("", 1, "there is no script"),
        ("Sit.\n\n## full\n\nStand.", 1, "before '## full'"),
        ("## long\n\nSit.", 1, "'## long' must be '## full' or '## short'"),
        ("## full\n\nSit.\n\n### a part\n\nStand.", 5, "must be '## full' or '## short'"),
        ("## full\n\nSit.\n\n## full\n\nStand.", 5, "two '## full' sections"),
        ("## full\n\n## short\n\nSit.", 1, "'full' has no words"),
        ("## short\n\nSit.\n\n## full\n\n[pause 8]", 5, "'full' has no words"),
        ("## full\n\nSit.\n\n[pause 0]", 5, "1 to 60 seconds, not 0"),
        ("## full\n\nSit.\n\n[pause 61]", 5, "1 to 60 seconds, not 61"),
        ("## full\n\nSit.\n\n[pause ten]", 5, "'[pause ten]' is not a pause"),
        ("## full\n\nSit.\n\n[puase 8]", 5, "'[puase 8]' is not a pause"),
        ("## full\n\nSit. [pause 8]", 3, "a paragraph of its own"),
        ("## full\n\nSit. (breath: in)", 3, "a paragraph of its own"),
        ("## full\n\n(breath: in) Sit.", 3, "'(breath: in) Sit.' is not a breath mark"),
        ("## full\n\n(breath: up)\n\nSit.", 3, "'(breath: up)' is not a breath mark"),
        ("## full\n\n(breath: in 4, out 21)\n\nSit.", 3, "1 to 20 seconds"),
        ("## full\n\n(breath: in 0, out 4)\n\nSit.", 3, "1 to 20 seconds"),
        ("## full\n\nSit.\n\n(breath: in)", 5, "none after this one"),
        ("## full\n\nSit.\n\n(breath: in)\n\n## short\n\nSit.", 5, "none after this one"),
        ("## full\n\n(breath: in)\n\n(breath: out)\n\nSit.", 3, "none after this one"),
        ("(breath: in)\n\n## full\n\nSit.", 1, "before '## full'"),
    ],
)
def test_a_slip_is_named_with_its_line(body: str, line: int, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(body)

    assert caught.value.line == line
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("mark", "breath"),
    [
        ("(breath: in)", "in"),
        ("( Breath: OUT )", "out"),
        ("(breath: still)", "still"),
        ("(breath: in 4, out 6)", "4 6"),
        ("(breath: in 10 ,out 12)", "10 12"),
    ],
)
def test_a_breath_mark_belongs_to_the_next_phrase(mark: str, breath: str) -> None:
    versions = parse_script(f"## full\n\nSit.\n\n{mark}\n\n[pause 2]\n\nRest.\n\nStand.")

    assert versions["full"] == (
        Phrase("Sit.", 3),
        Pause(2, 7),
        Phrase("Rest.", 9, breath),
        Phrase("Stand.", 11),
    )


def test_a_breath_mark_makes_no_new_recording() -> None:
    plain = parse_script("## full\n\nSit.")["full"]

    marked = parse_script("## full\n\n(breath: in)\n\nSit.")["full"]

    assert script_sha256(marked) == script_sha256(plain)


@given(st.text(max_size=200), st.integers(min_value=1, max_value=99))
def test_any_text_is_a_script_or_an_error_with_a_line_inside_it(body: str, first: int) -> None:
    line = first
    try:
        parse_script(body, first)
    except ScriptError as error:
        line = error.line

    assert first <= line <= first + len(body.splitlines())


def test_the_hash_changes_with_words_and_pauses_but_not_with_their_place() -> None:
    digest = script_sha256([Phrase("Sit.", 3), Pause(8, 5)])

    assert digest == script_sha256([Phrase("Sit.", 30), Pause(8, 50)])
    assert digest != script_sha256([Phrase("Stand.", 3), Pause(8, 5)])
    assert digest != script_sha256([Phrase("Sit.", 3), Pause(9, 5)])
