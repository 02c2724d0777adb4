"""The experiment file: what is written is read again, and nothing else is."""

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Stop
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.own_working import Beginning, Help, OwnWorking
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.lesson.samples import SAMPLE_BY_NAME, SAMPLES
from backprop_gui.storage import experiment_file
from backprop_gui.storage.experiment_file import (
    Document,
    ExperimentError,
    View,
    decoded,
    encoded,
)
from backprop_gui.system.resources import resource
from tests.extent import extent, spread

finite = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(0, allow_infinity=False)
iterations = st.integers(1, MOST_ITERATIONS)
setups = st.builds(Setup, finite, finite, finite, finite, positive, positive, iterations)
notes = st.text(st.characters(blacklist_categories=("C", "Z")) | st.just("\n"), max_size=80)


def kept(*runs: tuple[Setup, int]) -> tuple[KeptRun, ...]:
    """Return so many iterations of setups, kept one after the other."""
    return tuple(KeptRun.numbered(n, *run) for n, run in enumerate(runs, start=1))


kept_runs = st.lists(
    st.builds(
        KeptRun,
        iterations,
        st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=80),
        st.sampled_from(["muted", "forward", "backward", "update", "text", "line"]),
        setups,
        iterations,
        st.none() | st.sampled_from(Stop),
    ),
    max_size=8,
    unique_by=lambda run: run.id,
).map(tuple)
documents = st.builds(
    Document,
    setups,
    st.builds(Position, iterations, st.integers(1, 15)),
    kept_runs,
    st.none() | st.builds(View, st.integers(3, 17), st.booleans(), st.booleans()),
    notes,
)


@given(document=documents)
@settings(deadline=None, max_examples=100)
def test_what_is_written_is_read_again_to_the_last_bit(document: Document) -> None:
    assert repr(decoded(encoded(document))) == repr(document)


PLACES = [Position(MOST_ITERATIONS + 1, 1), Position(0, 1), Position(1, 0), Position(1, 16)]
UNREADABLE = {f"position {each.iteration}:{each.step}": Document(position=each) for each in PLACES}
UNREADABLE |= {
    "25 compared": Document(kept=kept(*[(Setup(), 1)] * 25)),
    "compared at no iteration": Document(kept=kept((Setup(), 0))),
    "compared beyond": Document(kept=kept((Setup(), MOST_ITERATIONS + 1))),
    "a note too long": Document(note="a" * 2_001),
    "kept under one id": Document(kept=kept((Setup(), 5)) * 2),
    "kept without a name": Document(kept=(replace(kept((Setup(), 5))[0], name=" "),)),
    "kept in two lines": Document(kept=(replace(kept((Setup(), 5))[0], name="a\nb"),)),
    "kept under a name too long": Document(kept=(replace(kept((Setup(), 5))[0], name="a" * 81),)),
    "kept in no colour": Document(kept=(replace(kept((Setup(), 5))[0], colour="pink"),)),
    "18 digits": Document(view=View(digits=18)),
    "a scale that is a number": Document(view=View(is_log_error=2)),
}


@pytest.mark.parametrize("document", UNREADABLE.values(), ids=UNREADABLE)
def test_what_would_not_open_again_is_not_written(document: Document) -> None:
    with pytest.raises(ExperimentError):
        encoded(document)


RUNS = ((Setup(), 813), (Setup(eta=2.0), 300))
FORMER = {
    "experiment.backprop": kept(*RUNS),  # version 1
    "experiment-2.backprop": (
        KeptRun(3, "The article’s", "muted", *RUNS[0], Stop.TOLERANCE),
        KeptRun(1, "Größer", "backward", *RUNS[1]),
    ),
    "experiment-3.backprop": (
        KeptRun(3, "η = 5", "run-7", *RUNS[0], Stop.TOLERANCE, is_shown=False, is_own=True),
        KeptRun(1, "Größer", "muted", *RUNS[1]),
    ),
}


WORKING = OwnWorking(
    Beginning(Setup(w1=1 / 3), 7, -0.25, 1e300),
    (("net_h", "0,05"), ("de_dw2", "½ … “x” \u202a\u202c"), ("new_w2", "400" * 9)),
    (("de_dw2", Help.QUESTION), ("new_w2", Help.LINE)),
    is_test=True,
    is_handed_in=True,
)


def test_a_working_opens_as_it_was_saved() -> None:
    document = Document(Setup(w1=1 / 3, eta=5e-324), Position(7, 9), working=WORKING)
    content = (Path(__file__).parents[1] / "former" / "experiment-3-working.backprop").read_bytes()
    assert decoded(content) == document
    assert decoded(encoded(document)) == document
    assert json.loads(content)["working"]["lines"]["net_h"] == "0,05"


WRONG_WORKINGS: dict[str, dict[str, Any]] = {
    "lines": {"lines": {"net_x": "1"}},
    "no text": {"lines": {"net_h": 0.05}},
    "an empty line": {"lines": {"net_h": ""}},
    "two lines": {"lines": {"net_h": "1\n2"}},
    "a line too long": {"lines": {"net_h": "1" * 1001}},
    "no iteration": {"iteration": ...},
    "iteration 0": {"iteration": 0},
    "no weight": {"w1": "0.5"},
    "help for a line that is empty": {"help": {"error": 1}},
    "help beyond the last": {"help": {"net_h": 4}},
    "a flag": {"is_test": 1},
    "one more field": {"score": 15},
}


@pytest.mark.parametrize("wrong", WRONG_WORKINGS.values(), ids=WRONG_WORKINGS)
def test_a_working_that_says_something_else_is_refused_with_the_name_of_its_field(wrong) -> None:
    whole = json.loads(encoded(Document(working=WORKING)))
    values = whole["working"] | wrong
    whole["working"] = {name: value for name, value in values.items() if value is not ...}
    with pytest.raises(ExperimentError, match="working"):
        decoded(json.dumps(whole).encode())


def test_a_file_without_a_working_is_one_that_older_programs_open() -> None:
    assert "working" not in json.loads(encoded(Document()))
    whole = json.loads(encoded(Document())) | {"working": {}}
    with pytest.raises(ExperimentError, match="does not know"):
        decoded(json.dumps(whole).encode())


@pytest.mark.parametrize("name", FORMER)
def test_what_former_versions_have_saved_opens_for_ever(name: str) -> None:
    document = Document(
        Setup(w1=1 / 3, eta=5e-324),
        Position(7, 9),
        FORMER[name],
        View(7, False, True),
        "Für η,\nzwei Zeilen",
    )
    content = (Path(__file__).parents[1] / "former" / name).read_bytes()
    assert repr(decoded(content)) == repr(document)
    assert decoded(encoded(document)) == document


METHODS = Document(
    Setup(w1=1 / 3, method=Rounded(4, is_of_decimals=True, is_cut=True)),
    Position(7, 9),
    (KeptRun(2, "η left out", "run-2", Setup(method=Mistaken("new_w1", "rate_left_out")), 300),),
)


def test_methods_open_as_they_were_saved_and_older_programs_are_told_of_a_newer_version() -> None:
    content = (Path(__file__).parents[1] / "former" / "experiment-4.backprop").read_bytes()
    assert decoded(content) == METHODS == decoded(encoded(METHODS))
    assert json.loads(content)["version"] == 4


@pytest.mark.parametrize("code", [3, "", "9s", "de_dw1.no_such"])
def test_a_method_that_there_is_not_is_refused_by_its_field(code: object) -> None:
    values = json.loads(encoded(METHODS))
    values["setup"]["method"] = code
    with pytest.raises(ExperimentError, match=r"“setup\.method” "):
        decoded(json.dumps(values).encode())


def test_a_sample_of_the_first_version_opens_as_it_was_saved() -> None:
    content = (Path(__file__).parents[1] / "former" / "sample.backprop").read_bytes()
    assert json.loads(content)["version"] == 1
    today = Document.of_sample(SAMPLE_BY_NAME["overshooting-rate"])
    note = (
        "With η = 100 an update jumps over the lowest point and lands on the other side: watch E "
        "zigzag from iteration 5 on. The faded curve has η = 10, and falls in each iteration."
    )
    setup = replace(today.setup, max_iterations=10_000_000)
    runs = kept((replace(setup, eta=10.0), 13))
    assert decoded(content) == replace(today, setup=setup, kept=runs, note=note)


def test_without_kept_runs_older_programs_can_open_the_file() -> None:
    whole = json.loads(encoded(Document()))
    assert (whole["version"], whole["compared"]) == (1, [])


def test_a_person_can_read_the_file() -> None:
    runs = (replace(kept((Setup(), 813))[0], stop=Stop.TOLERANCE),)
    document = Document(Setup(w1=1 / 3), Position(12, 9), runs, View(), "Mine")
    assert json.loads(encoded(document)) == {
        "format": "backprop experiment",
        "version": 2,
        "note": "Mine",
        "setup": {
            "input": 0.1,
            "target": 0.9,
            "w1": 0.3333333333333333,
            "w2": 0.5,
            "eta": 0.9,
            "tolerance": 5e-05,
            "max_iterations": 10_000_000,
        },
        "position": {"iteration": 12, "step": 9},
        "kept": [
            {
                "id": 1,
                "name": "Run 1",
                "colour": "muted",
                "setup": json.loads(encoded(Document()))["setup"],
                "iterations": 813,
                "stop": "tolerance",
            }
        ],
        "view": {"digits": 4, "is_log_error": True, "is_log_iterations": False},
    }


def test_a_setup_alone_is_enough() -> None:
    values = json.loads(encoded(Document(Setup(eta=2.0))))
    short = {name: values[name] for name in ("format", "version", "setup")}
    assert decoded(json.dumps(short).encode()) == Document(Setup(eta=2.0))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_are_those_of_the_lesson(sample) -> None:
    path = resource(f"samples/{sample.name}.backprop")
    assert path.read_bytes() == encoded(Document.of_sample(sample))
    assert experiment_file.read(path) == Document.of_sample(sample)


def test_every_sample_says_in_two_sentences_what_to_look_at() -> None:
    assert len(SAMPLES) == 11
    for sample in SAMPLES:
        assert sample.note.endswith(".")
        assert sample.note.count(". ") == 1, sample.note


def changed(**values: Any) -> bytes:
    """Return a whole file with some fields changed; a field of ... is left out."""
    whole = json.loads(encoded(Document(view=View()))) | values
    return json.dumps({name: value for name, value in whole.items() if value is not ...}).encode()


def changed_in(group: str, **values: Any) -> bytes:
    inner = json.loads(changed())[group] | values
    return changed(**{group: {name: v for name, v in inner.items() if v is not ...}})


def changed_kept(**values: Any) -> bytes:
    """Return a whole file of version 2 in which the second of three kept runs is changed."""
    whole = json.loads(encoded(Document(kept=kept(*[(Setup(), 9)] * 3))))
    run = whole["kept"][1] | values
    whole["kept"][1] = {name: value for name, value in run.items() if value is not ...}
    return json.dumps(whole).encode()


COMPARED = {"setup": json.loads(changed())["setup"], "iterations": 5}
ODD = [*range(0x300), *range(0x2000, 0x2100), *range(0xD7F0, 0xE010), *range(0xFDC0, 0x10010)]


def test_a_note_that_opens_can_be_saved_and_opens_again_whatever_characters_it_has() -> None:
    """The odd ones of Unicode's first plane: those that end lines, turn, join, or are none."""
    refused = []
    known = [*map(ord, "\t\n\u2028\u2029\u200d\u202e\ufeff")]
    for code in {*spread(ODD, 400), *known}:
        for note in (chr(code), f"a{chr(code)}b{chr(code)}{chr(code)}\n"):
            try:
                opened = decoded(changed(note=note))
            except ExperimentError:
                refused.append(code)
            else:
                assert decoded(encoded(opened)) == opened, f"{code:04x}"
                assert encoded(opened) == encoded(Document(note=note, view=View()))
    assert not {*known} & {*refused}


@pytest.mark.parametrize("end", ["\n", "\u2028", "\u2029"])
def test_lines_of_a_note_end_as_everywhere_whatever_ended_them_in_a_file(end: str) -> None:
    longest = end.join(["a" * 99] * 20)
    assert decoded(changed(note=longest)).note == longest.replace(end, "\n")


BAD = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\t ", "it is empty"),
    "truncated": (changed()[:-20], "ends too early"),
    "a binary": (bytes(range(256)) * 4, "UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "UTF-8"),
    "nought bytes": (b"\0" * 1000, "JSON"),
    "another kind of JSON": (b"[1, 2]", "another kind of JSON"),
    "a number": (b"5", "another kind of JSON"),
    "another format": (b'{"format": "notebook"}', "“format”"),
    "no format": (b"{}", "“format”"),
    "nested 100,000 deep": (b"[" * 100_000, "nested too deeply"),
    "objects nested 40,000 deep": (b'{"a":' * 40_000, "nested too deeply"),
    "NaN": (changed_in("setup", w1=float("nan")), "“setup.w1” must be a finite number"),
    "Infinity": (changed_in("setup", eta=float("inf")), "“setup.eta” must be a finite number"),
    "1e400": (changed().replace(b"0.9", b"1e400", 1), "“setup.target” must be a finite number"),
    "a huge integer": (changed_in("setup", w2=10**399), "“setup.w2” must be a finite number"),
    "an integer of 100,000 digits": (
        changed().replace(b"0.1", b"1" * 100_000, 1),
        "“setup.input” must be a finite number",
    ),
    "a duplicate among 20,000 keys": (
        b"{" + b"".join(b'"%d": 1, ' % number for number in range(20_000)) + b'"19999": 1}',
        "“19999” appears twice",
    ),
    "a duplicate key": (changed().replace(b'"w1"', b'"w2"', 1), "“w2” appears twice"),
    "an unknown key": (changed(momentum=0.9), "“momentum” is a field that"),
    "an unknown key with a line break and letters from right to left": (
        changed(**{"a\n\u202eb\x07": 1}),
        "“a␊⟨U+202E⟩b␇” is a field that Backprop does not know",
    ),
    "an unknown key in the setup": (changed_in("setup", momentum=0.9), "“setup.momentum” is a"),
    "a key that is missing": (changed_in("setup", eta=...), "“setup.eta” is missing"),
    "no setup": (changed(setup=...), "“setup” is missing"),
    "a setup that is a list": (changed(setup=[]), "“setup” must be an object"),
    "a text for a number": (changed_in("setup", w1="0.5"), "“setup.w1” must be a number"),
    "true for a number": (changed_in("setup", w1=True), "“setup.w1” must be a number"),
    "null for a number": (changed_in("setup", w1=None), "“setup.w1” must be a number"),
    "a negative rate": (changed_in("setup", eta=-1), "“setup.eta”"),
    "a fraction of iterations": (changed_in("setup", max_iterations=1.5), "“setup.max_iterations”"),
    "iterations beyond the bound": (
        changed_in("setup", max_iterations=10**12),
        "“setup.max_iterations” must be a whole number from 1 to",
    ),
    "a newer version": (changed(version=5), "“version” is 5, and this program reads 4"),
    "a version that is a text": (changed(version="1"), "“version” must be a whole number"),
    "no version": (changed(version=...), "“version” is missing"),
    "step 16": (changed_in("position", step=16), "“position.step”"),
    "iteration 0": (changed_in("position", iteration=0), "“position.iteration”"),
    "a position that is a number": (changed(position=9), "“position” must be an object"),
    "18 digits": (changed_in("view", digits=18), "“view.digits”"),
    "a scale that is 1": (changed_in("view", is_log_error=1), "“view.is_log_error” must be true"),
    "nine compared setups": (changed(compared=[COMPARED] * 9), "“compared” has more than 8"),
    "compared setups that are no list": (changed(compared={}), "“compared” must be a list"),
    "a compared one that is wrong": (
        changed(compared=[COMPARED, {"setup": {}, "iterations": 1}]),
        "“compared[2].setup.input” is missing",
    ),
    "compared setups in version 2": (changed(version=2), "“compared” is a field that"),
    "kept runs in version 1": (changed(kept=[]), "“kept” is a field that"),
    "a kept run without an id": (changed_kept(id=...), "“kept[2].id” is missing"),
    "a kept run with the id of another": (changed_kept(id=1), "“kept” has two entries with"),
    "a kept run that has no number": (changed_kept(id="a"), "“kept[2].id” must be a whole"),
    "a kept run without a name": (changed_kept(name=""), "“kept[2].name” must be a line"),
    "a kept run with a long name": (changed_kept(name="a" * 81), "“kept[2].name” is longer"),
    "a kept run in another colour": (changed_kept(colour="pink"), "“kept[2].colour” must be one"),
    "a kept run that stops elsewhere": (changed_kept(stop="later"), "“kept[2].stop” must be one"),
    "a kept run with a trace": (changed_kept(trace=[]), "“kept[2].trace” is a field that"),
    "a kept run of a wrong setup": (changed_kept(setup={}), "“kept[2].setup.input” is missing"),
    "a note that is a number": (changed(note=5), "“note” must be text"),
    "a note that is too long": (changed(note="a" * 2_001), "“note” is longer than 2,000"),
    "a note that rings the bell": (changed(note="\a"), "“note” has characters that cannot"),
    "a key as long as a book": (changed(**{"k" * 200_000: 1}), "is a field that"),
}


@pytest.mark.parametrize(("content", "problem"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_one_sentence_that_names_the_field(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "mine.backprop"
    path.write_bytes(content)
    begun = time.process_time()
    with pytest.raises(ExperimentError) as caught:
        experiment_file.read(path)
    assert time.process_time() - begun < 0.5
    sentence = str(caught.value)
    assert problem in sentence
    assert sentence.startswith("mine.backprop cannot be opened: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.backprop"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    begun = time.process_time()
    with pytest.raises(ExperimentError, match="larger than 256 KB"):
        experiment_file.read(path)
    assert time.process_time() - begun < 0.5


LIMITED = """
import resource, sys
from pathlib import Path
from backprop_gui.storage import experiment_file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name in sys.argv[1:]:
    try:
        experiment_file.read(Path(name))
    except experiment_file.ExperimentError:
        continue
    raise SystemExit(f"{name} was read")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_no_bad_file_takes_a_hundred_megabytes(tmp_path: Path) -> None:
    paths = []
    for number, (content, _problem) in enumerate(BAD.values()):
        paths.append(tmp_path / f"{number}.backprop")
        paths[-1].write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, paths)], capture_output=True, text=True
    )
    assert done.stderr == ""
    kilobytes = int(done.stdout)
    assert kilobytes < 100 << 10


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the content with a few bytes or parts of it changed, moved, doubled or cut out."""
    data = bytearray(content)
    for _each in range(chance.randrange(1, 5)):
        place, length = chance.randrange(len(data) + 1), chance.randrange(1, 30)
        match chance.randrange(5):
            case 0:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place : place + length]
            case 2:
                data[place:place] = data[chance.randrange(len(data) + 1) :][:length]
            case 3:
                data[place:place] = chance.choice(
                    [
                        b"NaN",
                        b"1e400",
                        b"-",
                        b'"',
                        b"{",
                        b"[",
                        b"null",
                        b"\xff",
                        b"0",
                        b"true",
                        b",",
                    ]
                )
            case _:
                data[place : place + length] = data[place : place + length][::-1]
    return bytes(data)


def test_of_a_hundred_thousand_mutated_files_each_is_read_or_refused_as_our_own_error() -> None:
    chance = random.Random(20261124)
    document = Document(Setup(w1=-1 / 3), Position(7, 3), kept((Setup(), 9)), View(), "Für η")
    content = encoded(document)
    refused = 0
    count = extent(100_000, 10_000)
    for _each in range(count):
        try:
            decoded(mutated(content, chance))
        except ExperimentError:
            refused += 1
    assert count // 2 < refused < count


# Saves one of two documents again and again, in children that are killed at any moment.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from backprop_gui.storage import experiment_file, files
from backprop_gui.core.network import Setup
path, times = Path(sys.argv[1]), int(sys.argv[2])
documents = [experiment_file.Document(Setup(w1=w1), note="x" * 2000) for w1 in (1, 2)]
contents = [experiment_file.encoded(document) for document in documents]
files.write(path, contents[0])
chance = random.Random(1)
seen = set()
for each in range(times):
    child = os.fork()
    if child == 0:
        while True:
            for content in contents[:: 1 if each % 2 else -1]:
                files.write(path, content)
    time.sleep(chance.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seen.add(contents.index(path.read_bytes()))
print(sorted(seen))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_killed_while_saving_a_thousand_times_the_file_is_always_the_old_or_the_new_one(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "mine.backprop"), str(extent(1000, 400))],
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("[0, 1]\n", "")
