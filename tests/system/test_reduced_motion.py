"""Whether the desktop asks for less motion."""

import pytest

from backprop_gui.system import reduced_motion

REDUCED = {key: wanted for _namespace, key, wanted in reduced_motion.REQUESTS}


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
    assert reduced_motion.is_wanted(answer, REDUCED[key]) is is_reduced
