"""A moment in words."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.spoken import spoken
from backprop_gui.lesson.steps import QUANTITIES

RUN = Run(Setup(input=0.0, w1=-0.5, tolerance=0.0))
RUN.advance(1500)


@pytest.mark.parametrize("step", range(1, 16))
def test_every_known_quantity_is_spoken_once_and_no_other(step: int) -> None:
    moment = moment_at(RUN, Position(3, step))
    sentences = spoken(moment).split(". ")
    for quantity in QUANTITIES.values():
        said = [s for s in sentences if s.startswith(f"{quantity.spoken} is ")]
        assert len(said) == (moment.value(quantity.name) is not None), quantity.name
    assert len(sentences) == 1 + 5 + step


def test_the_iteration_is_spoken_first() -> None:
    assert spoken(moment_at(RUN, Position(1234, 1))).startswith("Iteration 1,234. ")


def test_a_minus_sign_is_spoken_as_a_word() -> None:
    words = spoken(moment_at(RUN, Position(1, 15)))
    assert "w1 is minus 0.5000." in words
    assert not set(words) & {"-", "−"}
