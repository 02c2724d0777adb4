"""The order for a worked example with the person's own numbers."""

from pathlib import Path

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.making import Subject, carry_out
from backprop_gui.export.orders import ExampleOrder, OrderError
from backprop_gui.lesson.moment import START, moment_at
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking

RUN = Run(Setup())
HERE = moment_at(RUN, START)
OWN = NO_WORKING.with_texts({"net_h": "0.05"}, HERE)


def _carry_out(iteration: str, working: OwnWorking, path: Path, *, has_yours: bool = True) -> None:
    order = ExampleOrder(iteration, 5, has_yours=has_yours)
    subject = Subject(Run(Setup()), HERE, lambda *_: None, working=working)
    carry_out(order, subject, path)


def test_the_numbers_are_in_the_file_where_they_are_wanted_and_only_there(tmp_path: Path) -> None:
    for has_yours in (True, False):
        _carry_out("1", OWN, tmp_path / "e.md", has_yours=has_yours)
        assert ("Your numbers" in (tmp_path / "e.md").read_text()) is has_yours


@pytest.mark.parametrize(
    ("iteration", "working", "problem"),
    [
        ("1", NO_WORKING, "no numbers of your own"),
        ("2", OWN, "no numbers of your own for iteration 2"),
        ("1", OwnWorking(OWN.begins, OWN.lines, is_test=True), "hand it in first"),
    ],
    ids=["none", "of another iteration", "in a test"],
)
def test_numbers_that_there_are_not_or_that_a_test_keeps_are_refused_and_nothing_is_written(
    tmp_path: Path, iteration: str, working: OwnWorking, problem: str
) -> None:
    with pytest.raises(OrderError, match=problem):
        _carry_out(iteration, working, tmp_path / "e.md")
    assert not list(tmp_path.iterdir())
