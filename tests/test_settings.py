"""What is remembered from one start to the next."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backprop_gui import settings
from backprop_gui.core.network import Setup
from backprop_gui.settings import Settings

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


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in saved().items() if key != name}).encode()


DAMAGED = {
    "empty": b"",
    "truncated": but()[:-20],
    "two objects": but() * 2,
    "nought bytes": b"\0" * 500,
    "not UTF-8": b"\xff\xfe{}",
    "one byte in it is not UTF-8": but().replace(b"dark", b"d\xffrk"),
    "null": b"null",
    "a list": b"[]",
    "a number": b"5",
    "a text": b'"setup"',
    "an empty object": b"{}",
    "a number that is too long for Python": b"1" * 10_000,
    "deep nesting": b"[" * 50_000,
    "a file of another program, and large": b"{" + b" " * 10**6 + b"}",
    "no geometry": without("geometry"),
    "a setup that is null": but(setup=None),
    "a setup that is a list": but(setup=[0.1, 0.9]),
    "a setup that is empty": but(setup={}),
    "a weight that is a text": but_setup(w1="0.5"),
    "a weight that is true": but_setup(w1=True),
    "a weight that is a list": but_setup(w1=[0.5]),
    "a weight that is not a number": but_setup(w1=float("nan")),
    "a weight that is infinite": but_setup(w1=float("inf")),
    "a weight with 400 digits": but_setup(w1=10**400),
    "a negative learning rate": but_setup(eta=-0.9),
    "iterations with a fraction": but_setup(max_iterations=1.5),
    "iterations beyond the bound": but_setup(max_iterations=10**12),
    "an unknown theme": but(theme="blue"),
    "a theme that is a list": but(theme=["dark"]),
    "a speed that is a text": but(speed="fast"),
    "a speed of nought": but(speed=0),
    "a speed that is not a number": but(speed=float("nan")),
    "a scale that is a number": but(is_log_error=1),
    "a panel wider than any screen": but(layout={"columns": [3_000_000_000, 5]}),
    "a panel of less than nothing": but(layout={"columns": [-1, 5]}),
    "a geometry that is a number": but(geometry=5),
    "a geometry that is not hexadecimal": but(geometry="xyz"),
    "a geometry beyond ASCII": but(geometry="é"),
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


@pytest.mark.parametrize("speed", [10**400, True], ids=["401 digits", "true"])
def test_a_speed_that_no_trainer_can_use_is_damage(path: Path, speed: object) -> None:
    path.write_bytes(but(speed=speed))
    loaded, note = settings.load(path)
    assert (loaded, note is None) == (Settings(), False)


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


@pytest.mark.parametrize("digits", [2, 18, 4.0, True, "4", None])
def test_digits_that_do_not_exist_are_damage(path: Path, digits: object) -> None:
    settings.save(Settings(), path)
    values = json.loads(path.read_text()) | {"digits": digits}
    path.write_text(json.dumps(values))
    loaded, note = settings.load(path)
    assert loaded == Settings()
    assert note
