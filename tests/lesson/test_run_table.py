"""Runs beside each other: which of them differ in one value alone."""

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.run_table import RunRow, along_one, in_short, row_of_kept


def row(setup: Setup, id: int = 1, iterations: int = 100_000) -> RunRow:
    """Return the row of a run that is known up to an iteration."""
    run = Run(setup)
    run.advance(iterations)
    trace, last = run.trace(), run.iteration
    return row_of_kept(KeptRun(id, "", COLOURS[0], setup, last, run.stop, trace, True))


def test_how_a_run_is_computed_is_told_once_whatever_its_name() -> None:
    mistaken = Mistaken("de_dw1", "sign_lost")
    made = row(Setup(method=mistaken, max_iterations=5))
    assert made._replace(name="Mine").full_name == f"Mine ({mistaken.title})"
    assert made._replace(name=mistaken.title).full_name == mistaken.title
    assert row(Setup())._replace(name="Mine").full_name == "Mine"
    assert in_short(made.setup, FILES).startswith(f"{mistaken.title}, ")


def test_runs_that_differ_in_one_value_stand_along_it() -> None:
    rows = [row(Setup(eta=eta)) for eta in (5.0, 0.9, 20.0)]
    found = along_one(rows)
    assert found
    assert (found[0].name, found[1]) == ("eta", tuple(rows))


def test_the_largest_family_is_shown_and_strangers_are_left_out() -> None:
    pair = [row(Setup(w1=w1, eta=7.0)) for w1 in (1.0, 2.0)]
    family = [row(Setup(w2=w2)) for w2 in (-1.0, 0.0, 1.0)]
    found = along_one([*pair, row(Setup(w1=3.0, w2=3.0, eta=3.0)), *family])
    assert found
    assert (found[0].name, found[1]) == ("w2", tuple(family))


def test_one_run_or_runs_that_differ_in_more_have_no_value_of_their_own() -> None:
    assert along_one([]) is None
    assert along_one([row(Setup()), row(Setup(), 2)]) is None
    assert along_one([row(Setup()), row(Setup(eta=5.0, w1=1.0))]) is None


def test_a_run_without_an_end_has_no_place_among_the_others() -> None:
    ended, other = row(Setup()), row(Setup(eta=5.0))
    goes_on = row(Setup(eta=0.1), iterations=10)
    assert goes_on.stop is None
    found = along_one([goes_on, ended, other])
    assert found
    assert found[1] == (ended, other)


def test_of_two_runs_with_one_setup_the_kept_one_is_shown() -> None:
    other, kept = row(Setup(eta=5.0)), row(Setup(), 2)
    found = along_one([row(Setup(), 1), other, kept])
    assert found
    assert {each.id for each in found[1]} == {other.id, kept.id}
    assert kept in found[1]
