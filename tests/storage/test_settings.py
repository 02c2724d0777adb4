"""What is remembered from one start to the next."""

import dataclasses
import errno
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.storage import files, settings
from backprop_gui.storage.settings import Settings
from tests.extent import extent, spread
from tests.odd_files import ODD, odd

finite = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(0, allow_infinity=False)

remembered = st.builds(
    Settings,
    st.builds(
        Setup, finite, finite, finite, finite, positive, positive, st.integers(1, 2_000_000_000)
    ),
    st.sampled_from(["system", "light", "dark"]),
    st.none() | st.floats(0, exclude_min=True, allow_infinity=False),
    st.booleans(),
    st.booleans(),
    st.integers(3, 17),
    st.booleans(),
    st.binary(max_size=200),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@given(values=remembered)
@examples(deadline=None, max_examples=50)
def test_what_is_saved_is_loaded_again_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, values: Settings
) -> None:
    path = tmp_path_factory.getbasetemp() / "backprop-gui" / "settings.json"
    settings.save(values, path)
    loaded, note = settings.load(path)
    assert (repr(loaded), note) == (repr(values), None)


def test_without_a_file_there_are_the_defaults_and_no_note(path: Path) -> None:
    assert settings.load(path) == (Settings(), None)
    assert settings.load(path.parent / "nowhere" / path.name) == (Settings(), None)


def test_a_disk_that_fails_is_told_from_a_file_that_is_wrong(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(Settings(theme="dark"), path)

    def fail(_path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as failing:
        failing.setattr(files, "open_regular", fail)
        with pytest.raises(OSError, match="Input/output"):
            settings.load(path)
    assert settings.load(path) == (Settings(theme="dark"), None)


def test_the_method_of_the_setup_is_remembered_and_one_that_there_is_not_is_named(
    path: Path,
) -> None:
    given = Settings(setup=Setup(w1=0.3, method=Rounded(3)))
    settings.save(given, path)
    assert settings.load(path) == (given, None)
    path.write_text(path.read_text().replace('"3s"', '"9s"'))
    found, note = settings.load(path)
    assert found.setup == Setup(w1=0.3)
    assert note is not None
    assert "setup.method" in note


def test_the_defaults_begin_with_the_article_s_setup() -> None:
    assert Settings().setup == Setup()


@pytest.mark.parametrize("theme", ["", "blue", None])
def test_settings_refuse_a_theme_that_does_not_exist(theme: str) -> None:
    with pytest.raises(ValueError, match="theme"):
        Settings(theme=theme)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf"), float("nan")])
def test_settings_refuse_a_speed_that_is_none(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        Settings(speed=speed)


def saved() -> dict[str, object]:
    """Return what a whole file has, so that a damaged one can differ from it in one thing."""
    return {
        "setup": {
            "input": 0.1,
            "target": 0.9,
            "w1": 0.5,
            "w2": 0.5,
            "eta": 0.9,
            "tolerance": 5e-05,
            "max_iterations": 10_000_000,
        },
        "theme": "dark",
        "speed": 100.0,
        "is_log_error": True,
        "is_log_iterations": False,
        "geometry": "",
    }


def but(**values: object) -> bytes:
    return json.dumps(saved() | values).encode()


def but_setup(**values: object) -> bytes:
    setup = saved()["setup"]
    assert isinstance(setup, dict)
    return but(setup=setup | values)


DAMAGED = {
    "empty": b"",
    "truncated": but()[:-20],
    "two objects": but() * 2,
    "a field twice": but().replace(b'"speed"', b'"theme"'),
    "nought bytes": b"\0" * 500,
    "not UTF-8": b"\xff\xfe{}",
    "one byte in it is not UTF-8": but().replace(b"dark", b"d\xffrk"),
    "null": b"null",
    "a list": b"[]",
    "a number": b"5",
    "a text": b'"setup"',
    "a number that is too long for Python": b"1" * 10_000,
    "deep nesting": b"[" * 50_000,
    "a file of another program, and large": b"{" + b" " * 10**6 + b"}",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_set_aside_with_a_note_and_the_defaults_are_used(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    loaded, note = settings.load(path)
    assert loaded == Settings()
    assert note is not None
    assert "settings.damaged.json" in note
    aside = path.with_name("settings.damaged.json")
    assert list(path.parent.iterdir()) == [aside]
    assert aside.read_bytes() == content
    assert settings.load(path) == (Settings(), None)  # the next start has nothing to complain of


WRONG: dict[str, tuple[bytes, str]] = {
    "a setup that is null": (but(setup=None), "setup"),
    "a setup that is a list": (but(setup=[0.1, 0.9]), "setup"),
    "a weight that is a text": (but_setup(w1="0.5"), "setup.w1"),
    "a weight that is true": (but_setup(w1=True), "setup.w1"),
    "a weight that is a list": (but_setup(w1=[0.5]), "setup.w1"),
    "a weight that is not a number": (but_setup(w1=float("nan")), "setup.w1"),
    "a weight that is infinite": (but_setup(w1=float("inf")), "setup.w1"),
    "a weight with 400 digits": (but_setup(w1=10**400), "setup.w1"),
    "a weight with 300 digits too many": (but_setup(w1=10**350), "setup.w1"),
    "a weight with 5,000 digits": (
        but().replace(b'"w1": 0.5', b'"w1": ' + b"1" * 5000),
        "setup.w1",
    ),
    "a negative learning rate": (but_setup(eta=-0.9), "setup.eta"),
    "iterations with a fraction": (but_setup(max_iterations=1.5), "setup.max_iterations"),
    "iterations beyond the bound": (but_setup(max_iterations=10**12), "setup.max_iterations"),
    "an unknown theme": (but(theme="blue"), "theme"),
    "a theme that is a list": (but(theme=["dark"]), "theme"),
    "a speed that is a text": (but(speed="fast"), "speed"),
    "a speed that is true": (but(speed=True), "speed"),
    "a speed of nought": (but(speed=0), "speed"),
    "a speed below nought": (but(speed=-1e300), "speed"),
    "a speed that is not a number": (but(speed=float("nan")), "speed"),
    "a speed with 401 digits": (but(speed=10**400), "speed"),
    "a scale that is a number": (but(is_log_error=1), "is_log_error"),
    "digits that are none": (but(digits=2), "digits"),
    "digits that are a fraction": (but(digits=4.0), "digits"),
    "a size of text between two": (but(text_percent=110), "text_percent"),
    "a decimal sign of another kind": (but(decimal_sign="·"), "decimal_sign"),
    "a panel wider than any screen": (
        but(layout={"columns": [3_000_000_000, 5]}),
        "layout.columns",
    ),
    "a panel of less than nothing": (but(layout={"columns": [-1, 5]}), "layout.columns"),
    "a panel of many parts": (but(layout={"columns": [1] * 17}), "layout.columns"),
    "a panel that is a text": (but(layout={"columns": "12"}), "layout.columns"),
    "a layout that is a list": (but(layout=[1]), "layout"),
    "a geometry that is a number": (but(geometry=5), "geometry"),
    "a geometry that is not hexadecimal": (but(geometry="xyz"), "geometry"),
    "a geometry that is another's": (but(geometry="SGVsbG8gd29ybGQ="), "geometry"),
    "a geometry beyond ASCII": (but(geometry="é"), "geometry"),
    "a geometry as long as a book": (but(geometry="00" * 50_000), "geometry"),
    "recent files that are a text": (but(recent="/home"), "recent"),
    "a recent file that is a number": (but(recent=[5]), "recent"),
    "a recent file with a nought byte": (but(recent=["a\0b"]), "recent"),
    "a recent file with half a letter": (but(recent=["\ud800"]), "recent"),
    "a folder that is half a letter": (but(folder="\ud800"), "folder"),
    "a folder as long as a book": (but(folder="a" * 50_000), "folder"),
}


@pytest.mark.parametrize(("content", "name"), WRONG.values(), ids=WRONG)
def test_a_field_that_is_wrong_falls_back_alone_and_is_named(
    path: Path, content: bytes, name: str
) -> None:
    path.write_bytes(content)
    loaded, note = settings.load(path)
    assert loaded == (Settings() if name == "theme" else Settings(theme="dark"))
    assert note is not None
    assert f"“{name}”" in note
    assert path.read_bytes() == content, "the file is not ours alone"
    settings.save(loaded, path)
    assert settings.load(path) == (loaded, None)


def test_several_fields_that_are_wrong_leave_all_others(path: Path) -> None:
    layout = {"columns": [5, 6], "upper": None, "right": [7, 8]}
    recent = ["/a", 5, "/b"]
    values = saved() | {"theme": 1, "digits": 9, "layout": layout, "recent": recent, "x": 2}
    values["setup"] = {"w1": 0.25, "w2": "0.75", "eta": 2, "input": None}
    path.write_text(json.dumps(values))
    loaded, note = settings.load(path)
    assert loaded == Settings(
        setup=Setup(w1=0.25, eta=2.0),
        digits=9,
        layout={"columns": (5, 6), "right": (7, 8)},
        recent=("/a", "/b"),
    )
    for name in ("theme", "layout.upper", "recent", "setup.w2", "setup.input"):
        assert f"“{name}”" in (note or "")


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Settings)])
def test_a_field_that_is_missing_is_as_by_default_without_a_word(path: Path, field: str) -> None:
    settings.save(FORMER_SETTINGS, path)
    values = json.loads(path.read_text())
    values.pop(field, None)
    path.write_text(json.dumps(values))
    expected = dataclasses.replace(FORMER_SETTINGS, **{field: getattr(Settings(), field)})
    assert settings.load(path) == (expected, None)


@pytest.mark.parametrize("content", [b"{}", b'{"setup": {}}', b"\n {} "])
def test_a_file_without_fields_has_the_defaults(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert settings.load(path) == (Settings(), None)


FORMER_SETTINGS = Settings(
    setup=Setup(w1=1 / 3, eta=0.25, max_iterations=5000),
    theme="dark",
    speed=20.0,
    is_log_error=False,
    is_log_iterations=True,
    digits=9,
    is_moving=False,
    layout={"columns": (600, 400), "narrow step": (2,)},
    text_percent=120,
    decimal_sign=",",
    opens_new_windows=True,
    is_welcome_wanted=False,
    recent=("/home/somebody/Ümläut.backprop", "/home/somebody/run.png"),
    folder="/home/somebody",
    landscape_layer="iterations",
    is_landscape_linear=True,
    landscape_beside="slices",
)
SINCE_LANDSCAPES = ("landscape_layer", "is_landscape_linear", "landscape_beside")
LATER = {"settings-1": ("digits", "is_moving"), "settings-2": ("digits", "is_moving")}
SINCE_LAYOUTS = tuple(field.name for field in dataclasses.fields(Settings))[8:]
LATER |= {"settings-3": ()}
LATER = {name: (*names, *SINCE_LAYOUTS) for name, names in LATER.items()}
LATER |= {"settings-4": SINCE_LANDSCAPES, "settings-5": ()}


@pytest.mark.parametrize("name", LATER)
def test_what_every_former_version_has_remembered_is_read_for_ever(path: Path, name: str) -> None:
    """The first one wrote the geometry in another way."""
    path.write_bytes((Path(__file__).parents[1] / "former" / f"{name}.json").read_bytes())
    loaded, note = settings.load(path)
    assert loaded.geometry.startswith(b"\x01\xd9\xd0\xcb")
    defaults = {field: getattr(Settings(), field) for field in LATER[name]}
    expected = dataclasses.replace(FORMER_SETTINGS, geometry=loaded.geometry, **defaults)
    assert (loaded, note) == (expected, None)


def test_what_another_version_remembers_is_kept_for_it(path: Path) -> None:
    others = {"momentum": 0.9, "panels": {"a": [1, None, "η\ud800"]}, "big": 10**300}
    values = saved() | others
    values["setup"] = {**values["setup"], "momentum": [1]}
    path.write_text(json.dumps(values))
    loaded, note = settings.load(path)
    assert note is None
    settings.save(dataclasses.replace(loaded, theme="light"), path)
    again = json.loads(path.read_text())
    assert {name: again[name] for name in others} == others
    assert again["setup"]["momentum"] == [1]
    assert again["theme"] == "light"


def nested(depth: int) -> object:
    value: object = 1
    for _each in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), nested(30), nested(900), "a" * 100_000, [1] * 50_000, 10**401],
    ids=["not a number", "infinite", "deep", "deeper", "long", "wide", "401 digits"],
)
def test_what_could_not_be_written_again_keeps_no_settings_from_being_saved(
    path: Path, value: object
) -> None:
    path.write_text(json.dumps(saved() | {"odd": value, "momentum": 0.9}))
    loaded, note = settings.load(path)
    assert (loaded, note) == (Settings(theme="dark"), None)
    settings.save(loaded, path)
    assert "momentum" in json.loads(path.read_text())
    assert settings.load(path) == (loaded, None)


def test_the_longest_settings_that_there_can_be_are_read_again(path: Path) -> None:
    paths = tuple("/" + chr(0xDC80 + number) * 4095 for number in range(settings.MOST_RECENT))
    others = {f"{number}": "\ud800" * 100 for number in range(90)}
    longest = Settings(
        recent=paths,
        folder=paths[0],
        geometry=b"\xff" * 4096,
        layout={f"{number}" + "\ud800" * 60: (100_000,) * 16 for number in range(64)},
        others=others,
    )
    settings.save(longest, path)
    loaded, note = settings.load(path)
    assert (loaded, note, loaded.others) == (longest, None, others)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recent": ("a\0b",)},
        {"recent": ("\ud800",)},
        {"folder": "a" * 4097},
        {"geometry": b"0" * 4097},
        {"layout": {"columns": (-1,)}},
        {"layout": {"columns": (1,) * 17}},
        {"layout": {str(number): () for number in range(65)}},
    ],
    ids=str,
)
def test_settings_refuse_what_a_file_could_not_give_back(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no such"):
        Settings(**wrong)


def test_settings_that_would_be_read_otherwise_replace_nothing(path: Path) -> None:
    settings.save(Settings(theme="dark"), path)
    before = path.read_bytes()
    odd = Settings(is_log_error=1)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="not read them back exactly"):
        settings.save(odd, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_keeps_no_start_waiting(path: Path, kind: str) -> None:
    odd(path, kind)
    loaded, note = settings.load(path)
    assert loaded == Settings()
    assert (note is None) == (kind == "link to nowhere")  # which saving makes a file of
    settings.save(Settings(theme="dark"), path)
    assert settings.load(path) == (Settings(theme="dark"), None)


def test_no_damage_to_settings_does_more_than_to_leave_defaults(path: Path) -> None:
    settings.save(dataclasses.replace(FORMER_SETTINGS, others={"later": [1, {"a": 2}]}), path)
    content, chance = path.read_bytes(), random.Random(11)
    contents = [content[:cut] for cut in spread(range(len(content)), 80)]
    odd = (
        b"null",
        b"[",
        b"{",
        b'"',
        b"1" * 5000,
        b"-",
        b"1e999",
        b"\xff",
        b"\\ud800",
        b"",
        b"true",
    )
    for _each in range(extent(1500, 150)):
        place = chance.randrange(len(content))
        until = place + chance.randrange(12)
        contents.append(content[:place] + chance.choice(odd) + content[until:])
    for each in contents:
        path.unlink(missing_ok=True)
        path.write_bytes(each)
        loaded, _note = settings.load(path)
        again = path.with_name("again.json")
        again.unlink(missing_ok=True)
        settings.save(loaded, again)
        assert settings.load(again) == (loaded, None)


def test_a_folder_in_the_file_s_place_is_set_aside(path: Path) -> None:
    (path / "inside").mkdir(parents=True)
    loaded, note = settings.load(path)
    assert (loaded, note is None) == (Settings(), False)
    settings.save(Settings(theme="dark"), path)
    assert settings.load(path)[0].theme == "dark"
    assert (path.parent / "settings.damaged.json" / "inside").is_dir()


def test_a_damaged_file_that_cannot_be_set_aside_is_no_more_than_a_note(path: Path) -> None:
    path.write_bytes(b"")
    (path.parent / "settings.damaged.json" / "in the way").mkdir(parents=True)
    loaded, note = settings.load(path)
    assert (loaded, note is None) == (Settings(), False)
    assert path.exists()


def test_what_a_later_version_adds_is_passed_over(path: Path) -> None:
    path.write_bytes(but(momentum=0.9))
    loaded, note = settings.load(path)
    assert (loaded, note) == (Settings(theme="dark"), None)


def test_a_folder_that_cannot_be_made_is_an_error_for_who_saves(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(OSError):
        settings.save(Settings(), path / "backprop-gui" / "settings.json")


def test_a_file_of_a_former_version_is_read_with_defaults_for_what_is_new(path: Path) -> None:
    settings.save(Settings(theme="dark", digits=9, is_moving=False), path)
    values = json.loads(path.read_text())
    del values["digits"], values["is_moving"]
    path.write_text(json.dumps(values))
    assert settings.load(path) == (Settings(theme="dark"), None)


def test_of_each_setting_what_was_changed_last_in_any_window_stays() -> None:
    start = Settings(theme="light", digits=5, speed=20.0)
    theirs = dataclasses.replace(start, theme="dark", speed=50.0, others={"momentum": 0.9})
    mine = dataclasses.replace(start, digits=9, speed=None)
    found = settings.merged(mine, start, theirs)
    assert (found.theme, found.digits, found.speed) == ("dark", 9, None)
    assert found.others == theirs.others


RECENT = {  # of this window before and now, in the file, and what is remembered
    "opened here": ("b a", "c b a", "b a", "c b a"),
    "opened there": ("b a", "b a", "c b a", "c b a"),
    "opened here and there": ("a", "b a", "c a", "b a c"),
    "removed here": ("b a", "a", "b a", "a"),
    "removed there": ("b a", "c b a", "a", "c a"),
    "cleared here": ("b a", "", "b a", ""),
    "cleared there": ("b a", "b a", "", ""),
    "cleared here, and opened there": ("b a", "", "c b a", "c"),
    "removed there, then opened here": ("b a", "a b", "b", "a b"),
    "opened there, with none here": ("", "", "a", "a"),
}


@pytest.mark.parametrize("lists", RECENT.values(), ids=RECENT)
def test_a_recent_file_that_was_removed_in_any_window_does_not_come_back(
    lists: tuple[str, ...],
) -> None:
    before, mine, theirs, expected = (Settings(recent=tuple(each.split())) for each in lists)
    assert settings.merged(mine, before, theirs) == expected


@pytest.mark.parametrize("name", ["landscape_layer", "landscape_beside"])
def test_a_look_of_the_landscape_that_does_not_exist_falls_back_alone(
    path: Path, name: str
) -> None:
    path.write_bytes(but(**{"landscape_layer": "ends", "landscape_beside": "relief", name: "no"}))
    loaded, note = settings.load(path)
    assert note is not None
    assert f"“{name}”" in note
    usual = getattr(Settings(), name)
    both = {"landscape_layer": "ends", "landscape_beside": "relief", name: usual}
    assert loaded == Settings(theme="dark", **both)
