"""Odd characters in texts of a person."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from backprop_gui.core.network import Setup
from backprop_gui.storage import experiment_file
from backprop_gui.system.letters import is_held, lines, one_line

# In a title, and in a note where that is another text.
SEEN = {
    "\0": "␀", "\a": "␇", "\x1b": "␛", "\x1f": "␟", "\x7f": "␡", "\x9b": "�",
    "\ud800": "�", chr(0xDCFF): "�", "\ufffe": "�", "\uffff": "�", "\ufdd0": "�", "\U0010ffff": "�",
}  # fmt: skip
ENDS = ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"]
KEPT = [
    "\u00a0", "\u2003", "\u202f", "\u3000", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200f",
    "\ufeff", "\ufe0f",
    "👩\u200d🔬", "\U0001faea", "\U0001f9d1", "\u0378", "\ue000", "\ufffd", "e\u0301",
]  # fmt: skip
texts = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_held_stays(text: str) -> None:
    assert one_line(f"a{text}b") == lines(f"a{text}b") == f"a{text}b"


@pytest.mark.parametrize("letter", SEEN)
def test_what_nothing_can_hold_is_seen(letter: str) -> None:
    expected = f"a{SEEN[letter]}b"
    assert one_line(f"a{letter}b") == lines(f"a{letter}b") == expected


@pytest.mark.parametrize("end", ENDS)
def test_a_line_ends_where_another_program_ended_it(end: str) -> None:
    assert lines(f"a{end}b") == "a\nb"
    assert one_line(f" a {end} b{end}") == "a b"


def test_two_halves_of_a_letter_are_the_letter() -> None:
    assert one_line("\ud83d\ude00") == lines("\ud83d\ude00") == "😀"


@given(texts)
def test_whatever_the_text_it_can_be_in_xml_and_json_and_is_not_changed_again(text: str) -> None:
    for made, again in ((one_line(text), one_line), (lines(text), lines)):
        assert again(made) == made
        assert is_held(made)
        element = etree.Element("title")
        element.text = made
        assert (etree.fromstring(etree.tostring(element)).text or "") == made
        assert json.loads(json.dumps(made, ensure_ascii=False).encode()) == made
    assert len(one_line(text).splitlines()) <= 1


@given(texts)
def test_no_character_is_lost_in_silence(text: str) -> None:
    kept = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cs")]
    made = one_line(text)
    assert len([c for c in made if not c.isspace()]) >= len(kept)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("\u202e", "\u202c"),
        ("\u2067a\u202eb", "\u202c\u2069"),
        ("\u2067a\u202eb\u2069", ""),
        ("\u202da\u202c", ""),
        ("\u202c\u2069", ""),
        ("\u2066\u2067\u2068\u2069", "\u2069\u2069"),
    ],
)
def test_what_follows_a_title_keeps_its_direction(text: str, ends: str) -> None:
    assert one_line(f"a{text}b") == f"a{text}b{ends}"


@given(texts)
def test_an_experiment_of_any_note_can_be_opened_again(note: str) -> None:
    document = experiment_file.Document(Setup(w1=-1 / 3), note=note)
    assert experiment_file.decoded(experiment_file.encoded(document)).note == lines(note)


@pytest.mark.parametrize("letter", [*SEEN, "\r", "\v"])
def test_a_file_with_what_is_never_written_is_refused(letter: str) -> None:
    values = json.loads(experiment_file.encoded(experiment_file.Document(note="a")))
    data = json.dumps(values | {"note": letter}).encode()
    with pytest.raises(experiment_file.ExperimentError, match="characters that cannot be shown"):
        experiment_file.decoded(data)
