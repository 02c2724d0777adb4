"""Whether the desktop asks for less motion."""

import pytest

from backprop_gui import motion
from backprop_gui.window import MainWindow

REDUCED = {key: wanted for _namespace, key, wanted in motion.REQUESTS}


@pytest.mark.parametrize(
    ("key", "answer", "is_reduced"),
    [
        ("reduced-motion", [1], True),
        ("reduced-motion", [0], False),
        ("enable-animations", [False], True),
        ("enable-animations", [True], False),
        ("enable-animations", [], False),  # the portal does not know the key
        ("enable-animations", [""], False),
        ("reduced-motion", [None], False),
    ],
)
def test_only_the_answer_that_asks_for_it_reduces_motion(
    key: str, answer: list[object], is_reduced: bool
) -> None:
    assert motion.is_wanted(answer, REDUCED[key]) is is_reduced


@pytest.mark.window
def test_what_the_desktop_asks_is_shown_and_what_the_person_chose_is_remembered(
    window: MainWindow,
) -> None:
    window._on_less_motion_asked()
    assert not window._motion_action.isChecked()
    assert not window.network._is_moving
    assert window.settings().is_moving
    window._motion_action.trigger()
    assert window.network._is_moving
    window._motion_action.trigger()
    assert not window.settings().is_moving
